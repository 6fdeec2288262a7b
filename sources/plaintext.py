"""Pasted or uploaded plain text: paragraphs, headline, day; nothing of the article's own words is lost.

Only lines that no article contains are dropped; what is left over is labelled, with its reason, when
claims are extracted.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby

from sources.pages import Page, Unreadable, clean, language_of

LONGEST_TITLE = 200
MOST_TITLE_WORDS = 25
LONGEST_DATELINE = 120
# A text whose lines were cut by a program is cut between these columns.
WRAPPED_AT = range(40, 101)
# The day stands near the top; some sites put it at the very end.
DATELINES_FROM_TOP, DATELINES_FROM_END = 10, 3

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})\b",
        rf"\b{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})\b",
        r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
    )
)
# What may stand beside the date in a line that does nothing but date the text.
_BESIDE_DATE = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:first |originally )?(?:published|posted|updated"
    r"|created|last (?:updated|modified)|date|released?)\b|\b(?:on|at|the)\b"
    r"|(?:\b|T)\d{1,2}[:.]\d\d(?:[:.]\d\d)?Z?\b|\b(?:[ap]\.?m\.?|gmt|utc|[a-z]{1,3}[sd]t|cet|cest|msk)\b|[+-]\d\d:?\d\d",
    re.I,
)
_UPDATED = re.compile(r"\b(?:updated|modified)\b", re.I)
_NAME = r"(?:(?:[A-ZÀ-ÖØ-Þ]|d['’]|(?:de|del|van|von|der|bin|al)\b)[\w.'’-]*)"
_BYLINE = re.compile(rf"(?:[Bb]y|BY)\s+({_NAME}(?:(?:,\s*|\s+and\s+|\s*&\s*|\s+){_NAME}){{1,7}})")
_AGENCY = re.compile(r"\b(?:press|reuters|afp|agency|staff|news|reporters?|editors?|service)\b", re.I)

_STOP = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_FURNITURE = re.compile(
    r"accessibility links|skip to (?:main |the )?(?:content|navigation|search)|breaking news|advertisements?"
    r"|(?:back )?to (?:the )?top|(?:share|print|tweet|e-?mail|save|menu|search|home|subscribe|sign in|log ?in"
    r"|sign up|comments?|read more|see also|follow us|share (?:this|on \w+)|print this (?:page|article))"
    r"|(?:facebook|twitter|whatsapp|telegram|linkedin|reddit|instagram)|\W*\d+x\d+ image"
    r"|\W*(?:image|photo|video)|(?:read more|see also|also read|related(?: stories)?)\s*:.{0,200}(?<![.!?])",
    re.I,
)
_CREDITS = re.compile(r"with (?:additional )?(?:reporting|contributions?) (?:by|from)\b", re.I)
_ABOUT_US = re.compile(
    r"\b(?:we (?:provide|believe|are an?|bring|rely|report|deliver)|our (?:journalists|reporters|mission"
    r"|newsletter|newsroom|website|coverage|readers)|journalists report the news|all rights reserved"
    r"|support (?:us|our)|donate|your inbox)\b",
    re.I,
)
_IMPRINT = re.compile(
    r"(?:©|\(c\) ?\d|copyright (?:©|\(c\)|\d)|all rights reserved).{0,200}"
    r"|(?:subscribe|sign up)\b.{0,100}\bnewsletters?\b.{0,100}",
    re.I,
)
_BULLET = re.compile(r"^[•·▪●◦]\s*")


def read_text(text: str) -> Page:
    """Read pasted text: its own words, and headline, day and authors where they can be told.

    Raises Unreadable.
    """
    paragraphs = without_furniture(_paragraphs(clean(text)))
    if not any(char.isalnum() for paragraph in paragraphs for char in paragraph):
        raise Unreadable("empty", "There is no text in it.")
    whole = "\n\n".join(paragraphs)
    return Page(
        title=_title(paragraphs),
        published_on=_published_on(paragraphs),
        publisher="",
        site="",
        authors=_authors(paragraphs),
        language=language_of(whole),
        text=whole,
    )


def day_in(line: str) -> date | None:
    """The day a line names in words or as an ISO date, None where it names none."""
    for pattern in _DATES:
        for found in pattern.finditer(line):
            month = found["month"].lower()
            number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
            try:
                return date(int(found["year"]), number, int(found["day"]))
            except ValueError:
                continue
    return None


def _paragraphs(text: str) -> list[str]:
    """Paragraphs are parted by blank lines, or by line breaks where no program has cut the lines."""
    found = []
    for block in re.split(r"\n\s*\n", text):
        lines = [" ".join(line.split()) for line in block.split("\n")]
        lines = [line for line in lines if line]
        found += [" ".join(lines)] if _is_wrapped(lines) else lines
    return found


def _is_wrapped(lines: list[str]) -> bool:
    """Whether one paragraph was cut into lines of much the same length, in mid-sentence."""
    if len(lines) < 2 or not all(len(line) in WRAPPED_AT for line in lines[:-1]):
        return False
    if len(lines[-1]) >= WRAPPED_AT.stop or any(_BULLET.match(line) for line in lines):
        return False
    open_ends = sum(not _STOP.search(line) or line.endswith(",") for line in lines[:-1])
    carried_on = sum(line[0].islower() for line in lines[1:])
    return open_ends * 2 > len(lines) - 1 and carried_on * 3 >= len(lines) - 1


def without_furniture(paragraphs: list[str]) -> list[str]:
    """Drop the lines that sites put around articles, whatever they are about."""
    kept = [paragraph for paragraph in _without_captions(paragraphs) if not _FURNITURE.fullmatch(paragraph)]
    kept = [_BULLET.sub("", paragraph) for paragraph in kept]
    return _without_tail([paragraph for paragraph in kept if paragraph]) or paragraphs


def _without_captions(paragraphs: list[str]) -> list[str]:
    """A line that stands there exactly twice in a row is a picture's description and its caption."""
    runs = (list(run) for _, run in groupby(paragraphs))
    return [line for run in runs if len(run) != 2 for line in run]


def _without_tail(paragraphs: list[str]) -> list[str]:
    """Cut the credits and what the publisher says about itself, at the very end only."""
    end = len(paragraphs)
    for i in range(end - 1, max(0, end - 4), -1):
        if _CREDITS.match(paragraphs[i]):
            return paragraphs[:i]
    while end > 1 and _IMPRINT.fullmatch(paragraphs[end - 1]):
        end -= 1
    while end > 3 and len(_ABOUT_US.findall(paragraphs[end - 1])) > 1:
        end -= 1
    return paragraphs[:end]


def _title(paragraphs: list[str]) -> str:
    """The first line that reads like a headline, if it comes before the first sentence."""
    for line in paragraphs[:4][: len(paragraphs) - 1]:
        if _dates_the_text(line) or _byline(line):
            continue
        words = len(line.split())
        if words > MOST_TITLE_WORDS or len(line) > LONGEST_TITLE or _STOP.search(line.rstrip("?!")):
            return ""
        if words > 2:
            return line
    return ""


def _published_on(paragraphs: list[str]) -> date | None:
    near = paragraphs[:DATELINES_FROM_TOP] + paragraphs[DATELINES_FROM_TOP:][-DATELINES_FROM_END:]
    lines = [line for line in near if _dates_the_text(line)]
    lines.sort(key=lambda line: bool(_UPDATED.search(line)))
    return day_in(lines[0]) if lines else None


def _dates_the_text(line: str) -> bool:
    """Whether a line is there to date the text: a day, and nothing beside it but a time or a byline."""
    if len(line) > LONGEST_DATELINE or day_in(line) is None:
        return False
    rest = _BESIDE_DATE.sub(" ", line)
    for pattern in _DATES:
        rest = pattern.sub(" ", rest)
    rest = rest.strip(" ,.;:|–—-·•()[]")
    return not re.search(r"\w", rest) or bool(_byline(rest))


def _byline(line: str) -> str:
    """The names of a line that says who wrote the text."""
    found = _BYLINE.fullmatch(line.strip(" ,.;:|–—-·•()[]")) if len(line) <= LONGEST_DATELINE else None
    return found[1] if found else ""


def _authors(paragraphs: list[str]) -> tuple[str, ...]:
    for line in paragraphs[:6]:
        if len(line) > LONGEST_DATELINE:
            continue
        for pattern in _DATES:
            line = pattern.sub(" ", line)
        names = _byline(_BESIDE_DATE.sub(" ", line))
        if names and not _AGENCY.search(names):
            found = (name.strip() for name in re.split(r",|&|\band\b", names))
            return tuple(name for name in found if name)
    return ()
