"""Step 2: the sentences of a block, by marks alone. A quotation is never cut off from its frame ("…?" she
asked)."""

import re
from dataclasses import dataclass

from claims.extraction.lexicon import ABBREVIATIONS, TITLES
from claims.extraction.speech import SPEECH_FORMS
from claims.extraction.wordset import word_set

_CLOSING = "\"'”’»)]}“"

_BOUNDARY = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]}“]*(?:\[\d+\])?\s+")
_NEXT_START = re.compile(
    r"[\"'“‘«„(\[]*[^\W_a-zß-öø-ÿ]|[\"'“‘«„(\[]+\w|[#@$€£]\w|[^\w\s.,;:!?)\]]+\s*[^\W_a-zß-öø-ÿ]"
)
# A caption run into its paragraph: a capital preposition after a few words without a mark.
_GLUED = re.compile(r"((?:[^\W\d_][\w'’.-]*\s+){2,12}?)(?=(?:In|At|On)\s+(?:the|a|an)\s)")
_TITLE_DOT = re.compile(rf"\b({'|'.join(sorted(TITLES))}|[a-z])\.", re.I)
_LAST_TOKEN = re.compile(r"[^\s\"'“”‘’(\[]*$")
_INITIAL = re.compile(r"^(?:[A-Z]\.)+$|^[A-Z]$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the text; `block` is the number of its block."""

    start: int
    end: int
    block: int


def split_sentences(text: str, start: int, end: int, block: int) -> tuple[Sentence, ...]:
    """Sentences between `start` and `end`; each is trimmed, nothing but white space lies between them."""
    sentences, begin = [], start
    glued = _GLUED.match(text, start, min(end, start + 120))
    if glued is not None:
        sentences.append(_trim(text, start, glued.end(1), block))
        begin = glued.end(1)
    for match in _BOUNDARY.finditer(text, start, end):
        if match.end() < end and _is_boundary(text, begin, match, end):
            sentences.append(_trim(text, begin, match.end(), block))
            begin = match.end()
    sentences.append(_trim(text, begin, end, block))
    return tuple(s for s in sentences if s.start < s.end)


def _trim(text: str, start: int, end: int, block: int) -> Sentence:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Sentence(start + lead, start + lead + len(piece.strip()), block)


def _is_boundary(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    mark = match.group().rstrip()
    after = text[match.end() : min(end, match.end() + 80)]
    if not _NEXT_START.match(after):
        return False
    if mark.startswith(".") and len(mark) == 1:
        token = _last_token(text, begin, match.start())
        return not _abbreviates(token, after)
    if mark[-1] in _CLOSING and mark[0] in "?!.…":
        return not _frame_follows(after)
    return True


def _last_token(text: str, begin: int, dot: int) -> str:
    found = _LAST_TOKEN.search(text[max(begin, dot - 20) : dot])
    return found.group() if found else ""


def _abbreviates(token: str, after: str) -> bool:
    plain = token.rstrip(".").lower()
    if plain in TITLES:
        return True
    if _INITIAL.match(token + ".") and not token.endswith("."):
        # "J. Smith" goes on; "in the U.S. The" ends, and so does "vitamin C. They".
        following = after.split(" ", 1)[0]
        return following.rstrip(".,").lower() not in _STARTERS
    if "." in token and _INITIAL.match(token + "."):
        return after.split(" ", 1)[0].lower() not in _STARTERS
    return plain in ABBREVIATIONS and after.split(" ", 1)[0].lower() not in _STARTERS


_STARTERS = word_set(
    "the a an this that these those he she it they we you i his her its their our my in on at for from"
    " but and or however meanwhile as after before when while if although since both some many most all no"
    " there here what who according with by to during under several other another"
)


def _frame_follows(after: str) -> bool:
    """Whether the words after a closing quotation mark are its frame: `…?" the mayor asked`."""
    after = _TITLE_DOT.sub(r"\1", after)
    clause = re.split(r"[.!?;:,“\"]", after, maxsplit=1)[0]
    words = clause.split()
    if not words or words[0][:1] in "“\"'‘":
        return False
    return any(word.strip("'’").lower() in SPEECH_FORMS for word in words[:6])
