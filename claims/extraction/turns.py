"""Step 2: whose words a block is where no quotation marks tell: transcripts with labels, interviews."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from claims.extraction.lexicon import FEMALE_TITLES, MALE_TITLES, ORGANISATION_NOUNS, PERSON_NOUNS, TITLES
from claims.extraction.names import is_given_name, usual_gender
from claims.extraction.paragraphs import Block, Turn
from claims.extraction.speech import SPEECH_FORMS
from claims.extraction.wordset import word_set

Span = tuple[int, int]

FEWEST_LABELS: Final = 3  # of them one twice, for a text to be a transcript
FEWEST_QUESTIONS: Final = 3
QUESTION_SHARE: Final = 0.2  # of the blocks of prose, in an interview without labels
SPEAKING_SHARE: Final = 0.5  # of the answers that say "I" or "we"
LONGEST_QUESTION: Final = 400  # characters
LONGEST_LABEL: Final = 120
LONGEST_NAME: Final = 5  # words

_PART: Final = r"(?:[A-Z][\w.'’-]*|\d{1,2})"
_LABEL: Final = re.compile(
    rf"(?P<name>{_PART}(?: (?:{_PART}|de|del|van|von|der|den|al|bin|la)){{0,5}})"
    r"(?:,? \([^)\n]{1,40}\)|, [^:\n.!?]{1,60})?"
    r"(?:\s*[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?)?"
    r"\s?(?:[:：](?=\s|$|[\"“])\s*|$)"
)
_QA: Final = re.compile(r"(?P<name>Q|A)(?:[.:]|\s[–—-])\s+(?=\S)")
_RESULT: Final = re.compile(r"[^:]+:\s+[^a-z\d]*\d[^a-z]*(?:[a-z.%]+[^a-z]*){0,2}")  # "Roe: 547 votes."
_TIMED: Final = re.compile(r"\d{1,2}:\d\d")
_ASKS: Final = word_set(
    "moderator question q reporter interviewer questioner journalist audience host anchor press"
)
_NAMELESS: Final = word_set(
    "answer a unidentified unknown speaker narrator voice voiceover caller announcer operator crowd all"
    " participant interviewee respondent translator interpreter man woman male female guest"
)
# Words before a colon that name nobody.
_HEADS: Final = word_set(
    "age also analysis and answer at background breaking but caption chapter check claim conclusion"
    " cons context correction cost credit date disclaimer edit example fact facts false final for friday"
    " here how image in key live location monday more myth no note on opinion part party photo photos"
    " plus price pros ps rating read related remember result results saturday score scores section"
    " source sources step summary sunday that the there this thursday time tip today tomorrow true"
    " tuesday update updated venue verdict video warning watch wednesday what when where who why yes"
)
_CLOSES: Final = re.compile(
    r"\W*(?:this|the) (?:interview|conversation|transcript|exchange)\b|\W*(?:end|ends|end of transcript)\W*$",
    re.I,
)
_SPEAKING: Final = re.compile(r"\b(?:I|I['’]\w+|[Ww]e|my|[Oo]ur|me|us)\b")
_NAME: Final = re.compile(r"\b([A-Z][\w'’-]+)((?: [A-Z]\.)? [A-Z][\w'’-]+)\b")
_MET: Final = re.compile(
    r"(?:interview(?:ed|s)? (?:with )?|(?:spoke|talked|talks|speaks|sat down) (?:to|with) |conversation with "
    r"|Q&A with )[^.\n]{0,60}?$"
)
_BEFORE_NAME: Final = re.compile(r"([\w'’-]+)\.? $")
# After a name: a clause, and a pronoun of persons in it or in the next.
_IS_PERSON: Final = re.compile(
    r"(?:, | (?:has|is|was|who|[a-z]+s)\b)[^\n]{0,200}?\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im)\b"
)
_QUOTES: Final = "\"“'‘"


@dataclass(frozen=True, slots=True)
class _Label:
    """A label at the beginning of a block: where its name stands and where the words after it begin."""

    key: str
    name: Span
    body: int


def find_turns(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with the turn of those that are somebody's words, or a question to somebody."""
    labels = _labels(text, blocks)
    counts = Counter(label.key for label in labels.values())
    if len(labels) >= FEWEST_LABELS and max(counts.values()) > 1:
        return tuple(_transcript(text, blocks, labels))
    questions = _questions(text, blocks)
    if questions:
        return tuple(_interview(text, blocks, questions))
    return tuple(_announced(text, number, block, labels) for number, block in enumerate(blocks))


def _announced(text: str, number: int, block: Block, labels: dict[int, _Label]) -> Block:
    """ "Mayor Jane Roe: “…”" outside a transcript."""
    label = labels.get(number)
    if label is None or label.body >= block.end or text[label.body] not in _QUOTES:
        return block
    return replace(block, body=label.body, turn=_turn_of(text, number, label, None))


def _labels(text: str, blocks: Sequence[Block]) -> dict[int, _Label]:
    """The labels that name a person or a part, by the number of their block."""
    found: dict[int, _Label] = {}
    first = next((n for n, block in enumerate(blocks) if block.kind == "prose"), 0)
    for number, block in enumerate(blocks):
        label = _label_at(text, block)
        headline = number < first and label is not None and label.body < block.end
        if label is not None and not headline:
            found[number] = label
    counts = Counter(label.key for label in found.values())
    surnames = {name.group(2).split()[-1].casefold() for name in _full_names(text)}
    surnames |= {label.key.split()[-1] for label in found.values() if len(label.key.split()) > 1}
    return {
        number: label
        for number, label in found.items()
        if _names_somebody(text[slice(*label.name)], counts[label.key], surnames)
    }


def _label_at(text: str, block: Block) -> _Label | None:
    if _RESULT.fullmatch(text, block.body, min(block.end, block.body + LONGEST_LABEL)):
        return None
    # A transcript that is quoted has a mark before its labels.
    body = block.body + (text[block.body] in '"“' and text[block.body + 1 : block.body + 4].isupper())
    line = text[body : min(block.end, body + LONGEST_LABEL)]
    found = _QA.match(line) or _LABEL.match(line)
    if found is None or (":" not in found.group() and found.re is _LABEL):
        return None
    whole = found.end() == len(line)
    if whole and ":" in found.group() and not line.rstrip().endswith((":", "：")) and not _TIMED.search(line):
        return None
    start, end = found.span("name")
    key = " ".join(_plain(found.group("name")))
    return _Label(key, (body + start, body + end), body + found.end())


def _names_somebody(name: str, times: int, surnames: set[str]) -> bool:
    words = [w.strip(".").casefold() for w in name.split()]
    if words[0] in _ASKS | _NAMELESS and (len(words) < 4):
        return True
    if {words[0], words[-1]} & _HEADS or words[0] in SPEECH_FORMS or len(words) > LONGEST_NAME:
        return False
    if len(words) > 1 and (words[0] in TITLES | PERSON_NOUNS or is_given_name(words[0])):
        return True
    if words[-1] in surnames and (len(words) == 1 or times > 1):
        return True
    return name.isupper() and len(name) > 2 and times > 1


def _full_names(text: str) -> Iterator[re.Match[str]]:
    return (name for name in _NAME.finditer(text) if is_given_name(name.group(1)))


def _transcript(text: str, blocks: Sequence[Block], labels: dict[int, _Label]) -> Iterator[Block]:
    """Each label begins a turn; it lasts until the next, or until somebody speaks of the speaker."""
    answers = _interviewee(text, blocks[min(labels)].start)
    full = _in_full(text, labels.values())
    turn: Turn | None = None
    for number, block in enumerate(blocks):
        label = labels.get(number)
        if label is not None:
            turn = _turn_of(text, number, label, answers)
            if turn.name == label.name:
                turn = replace(turn, name=_fuller(text, label.name, full))
            alone = label.body >= block.end
            yield replace(
                block, kind="furniture" if alone else "prose", body=min(label.body, block.end), turn=turn
            )
            continue
        if turn is not None and block.kind == "prose" and _ends(text, block, turn):
            turn = None
        yield replace(block, turn=turn) if block.kind == "prose" else block


def _in_full(text: str, labels: Iterable[_Label]) -> dict[str, dict[str, Span]]:
    """Full names of the text and of its labels by their surname, each where it first stands."""
    full: dict[str, dict[str, Span]] = {}
    spans = [name.span() for name in _full_names(text)]
    spans += [label.name for label in labels if " " in label.key]
    for start, end in spans:
        words = _plain(text[start:end])
        if len(words) > 1:
            full.setdefault(words[-1], {}).setdefault(" ".join(words), (start, end))
    return full


def _fuller(text: str, name: Span, full: Mapping[str, Mapping[str, Span]]) -> Span:
    """Where the one full name stands that a label is short for; its title must not contradict."""
    words = _plain(text[slice(*name)])
    longer = full.get(words[-1], {}) if len(words) == 1 else {}
    if len(longer) != 1:
        return name
    ((whole, span),) = longer.items()
    title = text[slice(*name)].split()[0].rstrip(".").casefold()
    gender = "female" if title in FEMALE_TITLES else "male" if title in MALE_TITLES else None
    return span if gender is None or usual_gender(whole.split()[0]) in (gender, None) else name


def _plain(name: str) -> list[str]:
    """The words of a name without titles, in small letters."""
    return [w for w in name.casefold().split() if w.strip(".") not in TITLES] or [name.casefold()]


def _turn_of(text: str, number: int, label: _Label, answers: Span | None) -> Turn:
    words = label.key.split()
    if words[0] in _ASKS:
        return Turn(number, None, asks=True)
    if words[0] in ("a", "answer"):
        return Turn(number, answers)
    return Turn(number, None if words[0] in _NAMELESS else label.name)


def _ends(text: str, block: Block, turn: Turn) -> bool:
    """Whether the block is the article's own voice again: it speaks of the speaker or of the interview."""
    if _CLOSES.match(text, block.start, block.end):
        return True
    if turn.name is None:
        return False
    surname = text[slice(*turn.name)].split()[-1]
    return re.search(rf"\b{re.escape(surname)}\b", text[block.start : block.end], re.I) is not None


def _questions(text: str, blocks: Sequence[Block]) -> set[int]:
    """The numbers of the questions of an interview that sets its questions apart without labels."""
    prose = [i for i, b in enumerate(blocks) if b.kind == "prose"]
    asked = [
        i
        for i in prose
        if text[blocks[i].end - 1] == "?"
        and blocks[i].end - blocks[i].start <= LONGEST_QUESTION
        and text[blocks[i].start] not in _QUOTES
    ]
    if len(asked) < max(FEWEST_QUESTIONS, QUESTION_SHARE * len(prose)):
        return set()
    others = set(prose) - set(asked)
    answered = [i + 1 for i in asked if i + 1 in others]
    speaking = sum(
        _SPEAKING.search(text, blocks[i].start, blocks[i].end) is not None
        and text[blocks[i].start] not in _QUOTES
        for i in answered
    )
    return set(asked) if speaking >= max(2, SPEAKING_SHARE * len(asked)) else set()


def _interview(text: str, blocks: Sequence[Block], questions: set[int]) -> Iterator[Block]:
    name = _interviewee(text, blocks[min(questions)].start)
    turn: Turn | None = None
    for number, block in enumerate(blocks):
        if number in questions:
            turn = Turn(number, name)
            yield replace(block, turn=Turn(number, None, asks=True))
            continue
        if turn is not None and block.kind == "prose" and _ends(text, block, turn):
            turn = None
        yield replace(block, turn=turn) if block.kind == "prose" else block


def _interviewee(text: str, end: int) -> Span | None:
    """Whom the lines before the first question name: the only person of the first line, else the one they say
    somebody met, else the only person."""
    found: dict[str, Span] = {}
    met: dict[str, Span] = {}
    for name in _NAME.finditer(text, 0, end):
        if _is_person(text, name, end):
            found.setdefault(name.group(), name.span())
            if _MET.search(text, max(0, name.start() - 100), name.start()):
                met.setdefault(name.group(), name.span())
    first_line = text.find("\n", 0, end)
    named = {name: span for name, span in found.items() if span[1] <= first_line}
    return next((next(iter(some.values())) for some in (named, met, found) if len(some) == 1), None)


def _is_person(text: str, name: re.Match[str], end: int) -> bool:
    before = _BEFORE_NAME.search(text, max(0, name.start() - 30), name.start())
    word = before.group(1) if before else ""
    if word in ("by", "By", "BY") or name.group(2).split()[-1].casefold() in ORGANISATION_NOUNS:
        return False
    if is_given_name(name.group(1)):
        return word.islower() or not word or word.casefold() in TITLES | PERSON_NOUNS
    return not word and _IS_PERSON.match(text, name.end(), end) is not None
