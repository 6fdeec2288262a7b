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
    r"|read more|see also|related(?: (?:articles?|stories|news|links|topics))?|more (?:from|on)"
    r"|most (?:read|popular)|sources?|references|external links|sister links|further reading|categories|tags"
    r"|topics|filed under|bookmark|copyright|©|all rights reserved|terms of (?:use|service)|privacy policy"
    r"|cookie|accessibility|breaking news|about (?:us|the author)|contact us|follow (?:us|@)|click here"
    r"|have an opinion|watch|listen|photo gallery|image|photo(?:graph)?|picture|video"
    r"|file (?:photo|image)|credit|caption|looking back"
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
    r"|;\s*(?:from )?file(?: photo)?,? ?\d{0,4})\.?\s*$",
    re.I,
)
BYLINE: Final = re.compile(r"^(?:By|BY|by)\s+(?:[A-Z][\w.'’-]*+[ ,]*+(?:and\s++)?){1,6}+(?:[|,–—-].{0,40})?$")
BULLET: Final = re.compile(r"^\s*[•·▪●*–—|>»-]\s")
ABOUT_US: Final = re.compile(
    r"\b(?:we (?:provide|believe|are a|bring|rely|report|need|deliver)"
    r"|our (?:journalists|reporters|readers|mission|newsletter|newsroom|website|coverage)"
    r"|journalists report the news|sign up|subscribe|newsletter|donate|your (?:inbox|support))\b",
    re.I,
)
