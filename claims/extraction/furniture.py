"""Lines that pages put around articles: navigation, credits, captions, "about us", datelines."""

import re
from typing import Final

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATELINE: Final = re.compile(
    r"^(?:(?:published|updated|posted|last modified)\W*(?:on|at)?\s*)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d)(?:\W.{{0,30}})?$",
    re.I,
)
# Words that stand alone, or before a colon, on lines around an article.
_ALONE: Final = (
    r"share|tweet|print|e-?mail|comments?|advertisement|subscribe|sign (?:up|in)|log ?in|menu|search|skip to"
    r"|read (?:more|also|next|on)|see also|recommended|you may also like|don['’]t miss"
    r"|related(?: (?:articles?|stories|news|links|topics))?|more (?:from|on)"
    r"|most (?:read|popular)|sources?|references|external links|sister links|further reading|categories|tags"
    r"|topics|filed under|bookmark|copyright|©|all rights reserved|terms of (?:use|service)|privacy policy"
    r"|cookie|accessibility|breaking news|about (?:us|the author)|contact us|follow (?:us|@)|click here"
    r"|have an opinion|watch|listen|photo gallery|image|photo(?:graph)?|picture|video"
    r"|file (?:photo|image)|credit|caption|looking back|pictured|main image|continue reading|editor['’]s note"
    r"|corrections?|clarifications?|most viewed|up next|trending"
)
OPENING: Final = re.compile(
    rf"^\W*(?:(?:{_ALONE})\b\s*(?:[:|.…»>-]|$)"
    r"|with (?:additional )?(?:reporting|contributions?) (?:by|from)\b|by (?:the )?associated press$"
    r"|(?:file|stock) (?:photo|image|picture)s?\b|©|\(c\) \d{4})",
    re.I,
)
CREDIT: Final = re.compile(
    r"(?:\b(?:image|photo(?:graph)?|picture|credit|file photo|illustration|photos? by|image by|screenshot)s?"
    r"\s*:\s*[^.!?]{2,60}"
    r"|\((?:photo|image|picture|ap|afp|reuters|getty)[^)]{0,60}\)"
    r"|;\s*(?:from )?file(?: photo)?,? ?\d{0,4}"
    r"|(?:/\s?|\bvia |\bcourtesy of |\bphotograph by |[—–-]\s?)"
    r"(?:getty|reuters|afp|epa|shutterstock|alamy|ap photo)\b[^.!?]{0,30})\.?\s*$",
    re.I,
)
# Sentences by which a page speaks of itself.
_PAGE: Final = r"(?:article|story|post|page|piece|headline|live ?blog|interview|conversation|transcript)"
_NETWORK: Final = (
    r"(?:twitter|facebook|instagram|linkedin|threads|bluesky|mastodon|tiktok|youtube|whatsapp|telegram|x\b)"
)
NOTICE: Final = re.compile(
    r"^\W*(?:"
    r"(?:correction|clarification|amendment|editor['’]s note)s?\s*"
    r"(?:\([^)]{1,30}\)|[,–—-]\s*[\w ,]{1,20})?\s*:"
    rf"|(?:this|the) {_PAGE}\b[^.]{{0,40}}? (?:was|has been|is) (?:\w+ )?"
    r"(?:amended|updated|corrected|edited|condensed|clarified|originally|first published)"
    rf"|an? (?:earlier|previous) version of (?:this|the) {_PAGE}"
    r"|(?:we|this (?:web)?site|our (?:web)?site)\b.{0,40}\b(?:uses?|stores?|sets?)\b.{0,30}\bcookies"
    r"|accept (?:all )?cookies|(?:manage|change) (?:your )?(?:cookies?|privacy|preferences|consent)"
    r"|by (?:clicking|continuing|using (?:this|our)|signing up|subscribing|registering|submitting)\b.{0,90}"
    r"\b(?:agree|accept|consent|confirm|acknowledge)"
    r"|(?:sign up|subscribe|register|join|get|download|become|start|enter your)\b.{0,90}"
    r"\b(?:newsletters?|inbox|alerts?|subscriber|digital access|our app|member(?:ship)?|briefing|mailing list"
    r"|e-?mail)\b"
    rf"|(?:follow|like|find|join) [\w @]{{2,40}} on {_NETWORK}"
    r"|your e-?mail address will not be published|required fields are marked|log in to (?:reply|comment)"
    r"|leave a (?:reply|comment)|join the (?:conversation|discussion)"
    r"|comments (?:are|have been) (?:closed|moderated)"
    r"|(?:this |the )?(?:story|article) continues|scroll (?:down )?to continue"
    r"|sponsored (?:content|by)|paid (?:post|content)|this content is (?:provided|sponsored|supplied)"
    r"|(?:have you (?:got )?a|do you have (?:a|any)) (?:story|tip|news)"
    r"|contact the (?:author|reporter|newsroom)|(?:click|tap) (?:here|on)\b)",
    re.I,
)
AUTHOR: Final = re.compile(
    r"\b(?:can be reached (?:at|by|on)|contact (?:her|him|them|the (?:author|reporter|writer)) at"
    r"|follow (?:her|him|them) (?:on|@|at)|e-?mail (?:her|him|them|the (?:author|reporter|writer)) at)",
    re.I,
)
COMMENTS: Final = re.compile(
    r"^(?:\d+ (?:reader )?comments?|(?:reader )?comments? ?(?:\(\d+\))?|leave a (?:reply|comment)"
    r"|join the (?:conversation|discussion))\W*$",
    re.I,
)
COMMENT_TOOLS: Final = re.compile(
    r"^(?:(?:reply|report|like|flag|share|upvote)\b.{0,20}"
    r"|.{0,40}\b\d+ (?:minute|hour|day|week|month|year)s? ago)$",
    re.I,
)
BYLINE: Final = re.compile(r"^(?:By|BY|by)\s+(?:[A-Z][\w.'’-]*+[ ,]*+(?:and\s++)?){1,6}+(?:[|,–—-].{0,40})?$")
ABOUT_US: Final = re.compile(
    r"\b(?:we (?:provide|believe|are a|bring|rely|report|need|deliver)"
    r"|our (?:journalists|reporters|readers|mission|newsletter|newsroom|website|coverage)"
    r"|journalists report the news|sign up|subscribe|newsletter|donate|your (?:inbox|support))\b",
    re.I,
)
