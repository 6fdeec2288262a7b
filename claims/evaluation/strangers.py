"""Names in a claim that neither its sentence nor what stands around it in the article account for."""

import re
from collections import Counter
from itertools import pairwise

# A name that the article says this often is what it is about, and may be put into any claim.
OFTEN = 3

_WORD = re.compile(r"[^\W\d_][\w-]*")
_CAPITALISED = re.compile(r"\b[A-Z][\w-]*")
# At the beginning of a sentence or a quotation a capital says nothing.
_NAME = re.compile(r"(?<!\A)(?<![.!?] )(?<![\"'\u201c\u2018(] )\b[A-Z][\w-]*")
_CALENDAR = frozenset(
    "january february march april may june july august september october november december"  # noqa: SIM905
    " monday tuesday wednesday thursday friday saturday sunday".split()
)


class Surroundings:
    """The words of an article: how often each is said, and what stands beside it."""

    def __init__(self, article: str) -> None:
        said = [word.lower() for word in _WORD.findall(article)]
        self.counts = Counter(said)
        self.beside: dict[str, set[str]] = {}
        for left, right in pairwise(said):
            self.beside.setdefault(left, set()).add(right)
            self.beside.setdefault(right, set()).add(left)

    def strangers(self, text: str, fair: str) -> frozenset[str]:
        """The names of `text`, in lower case, that come from nowhere near; `fair` is all that may be said."""
        known = {word.lower() for word in _WORD.findall(fair)} | _CALENDAR
        neighbours = {
            word for name in _CAPITALISED.findall(fair) for word in self.beside.get(name.lower(), ())
        }
        return frozenset(
            name
            for name in map(str.lower, _NAME.findall(text))
            if name not in known
            and name not in neighbours
            and self.counts[name] < OFTEN
            and not any(_inflects(name, word) for word in known)
        )


def _inflects(name: str, word: str) -> bool:
    """ "Greece" beside "Greek": all but the last two letters, and at least four of them, are the same."""
    return len(word) > 3 and name.startswith(word[: max(4, len(word) - 2)])
