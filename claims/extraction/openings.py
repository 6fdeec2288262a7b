"""What stands before the words of a line: the time of a post, the bullet or number of a list item."""

import re
from typing import Final

_ZONE: Final = r"(?:GMT|BST|UTC|CES?T|IST|[ECMP][SD]?T|AE[SD]T|[ECMP]astern|local time)(?:\s*/\s*[A-Z]{2,4})?"
_HALF: Final = r"\s*[ap]\.?m\b\.?"
_CLOCK: Final = (
    rf"(?:\d{{1,2}}:\d\d(?::\d\d)?(?:{_HALF})?(?:\s*{_ZONE}\b)?"
    rf"|\d{{1,2}}(?:\.\d\d)?(?:{_HALF}(?:\s*{_ZONE}\b)?|\s*{_ZONE}\b))"
)
_PUT: Final = r"(?:(?:last\s+)?(?:updated|posted|published|modified|edited)(?:\s+(?:at|on))?\s*:?\s*)?"
_DAY: Final = r"(?:\s*[,–—|-]?\s*(?:on\s+)?(?:today|yesterday|[\w ,]{0,25}\d{4}))?"
_TIME: Final = re.compile(
    rf"[\[(]?{_PUT}(?:{_CLOCK}|(?:\d+|an?)\s?(?:s|m|h|d|sec|min|minute|hour|day)s? ago)[\])]?{_DAY}\W*", re.I
)
_STAMP: Final = re.compile(
    rf"(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK})(?:\s*[:|–—-]+\s+|\s+(?=(?-i:[A-Z\"“‘])))", re.I
)
_BULLET: Final = re.compile(r"(?:[•·▪●◦‣*–—|>»✓→-]\s+|\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)]\s+(?=\S))")


def is_time(line: str) -> bool:
    """Whether the line is the time of a post and nothing else."""
    return len(line) < 60 and _TIME.fullmatch(line) is not None


def time_before(line: str) -> int:
    """The length of the time before the words of a post; 0 where there is none."""
    found = _STAMP.match(line)
    return found.end() if found else 0


def bullet_before(line: str) -> int:
    """The length of the mark of a list item; 0 where there is none."""
    found = _BULLET.match(line)
    return found.end() if found else 0
