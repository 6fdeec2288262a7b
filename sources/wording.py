"""The words of a passage, and the facts in them that make it another passage when they change. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

# Scripts that put no space between words: each character is taken for one.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
_LETTER = rf"(?![{_UNSPACED}])[^\W\d_]"
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,:\u00a0\u202f]\d+)*)|[{_UNSPACED}]|(?:{_LETTER})+(?:['’](?:{_LETTER})+)*|[%‰€$£¥°]"
)
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)]*\s+['\"“‘«(]*$")
_BETWEEN_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# "One" is left out: "the one", "one of them".
_COUNTED = """
    zero - two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
"""
NUMBER_WORDS = {word: str(number) for number, word in enumerate(_COUNTED.split())} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80",
    "ninety": "90", "percent": "%",
}  # fmt: skip
AMOUNTS = _words("""
    half third quarter dozen hundred hundreds thousand thousands million millions billion billions
    trillion double twice triple % ‰ € $ £ ¥
""")
# English, then the commonest of other languages.
NEGATIONS = _words("""
    not no never none nobody nothing neither nor without cannot hardly barely scarcely denied denies
    deny refused refuses fails failed unable false untrue
    nicht kein keine keinen keiner nie niemals ohne pas jamais aucun aucune sans nunca jamás sin
    ningún ninguna nessun nessuno mai senza niet geen nooit zonder ikke ingen aldri inte inga aldrig
    не нет никогда без
""")
OPPOSITES = tuple(
    (_words(one), _words(other))
    for one, other in (
        ("open opened opens opening reopen reopened", "close closed closes closing shut"),
        (
            "rise rose risen rises rising up grew grow grows higher",
            "fall fell fallen falls falling down lower",
        ),
        ("increase increased increases gained", "decrease decreased decreases cut cuts shrank shrink lost"),
        ("more most above over exceeded", "less fewer least below under"),
        ("before", "after"),
        ("approve approved approves accepted adopted passed", "reject rejected rejects declined dismissed"),
        ("win won wins", "lose lost loses"),
        ("guilty convicted", "innocent acquitted cleared"),
        ("alive survived", "dead died killed"),
        ("true correct accurate right", "false wrong inaccurate"),
        ("support supported supports backed", "oppose opposed opposes"),
        ("allow allowed allows permitted legal lawful", "ban banned forbidden prohibited illegal unlawful"),
        ("start started begin began", "stop stopped end ended"),
        ("safe", "unsafe dangerous"),
        ("keep kept remain remained", "leave left"),
        ("all every always", "some few sometimes"),
        ("agreed agree", "disagreed disagree"),
        ("will must", "might could"),
        ("first", "last"),
        ("arrested detained held", "released freed"),
        ("likely", "unlikely"),
        ("known", "unknown"),
        ("yes", "no"),
        ("north", "south"),
        ("east", "west"),
        ("buy bought", "sell sold"),
    )
)
# Words that begin sentences and are no names.
OPENERS = _words("""
    the a an this that these those there here it its he she they we i you his her their our my in on
    at of for by from to with as if when while where after before since until because although
    though but and or so yet then now today yesterday tomorrow some many most all both each every
    several few more no not what who how why which according under over between during about against
    however also just only even still one two three four five six seven eight nine ten der die das
    ein eine es er sie wir im am und le la les un une il elle des en el los las una de
""")
# Words that bear no meaning of their own; others are not exchanged without a look.
FUNCTION_WORDS = OPENERS | _words("""
    is are was were be been being am has have had having do does did will would shall should can could may
    might must than too very now again quite rather about around almost up out off down into onto upon them
    him me us who whom whose
""")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign, in lower case, and its place."""

    word: str
    start: int
    end: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What must stay the same for a passage to say the same."""

    words: frozenset[str]
    numbers: Counter[str]
    negations: Counter[str]
    names: frozenset[str]

    def agree(self, other: Facts) -> bool:
        return (
            self.numbers == other.numbers
            and self.negations == other.negations
            and self.names <= other.words
            and other.names <= self.words
            and not any(
                (self.words & one and other.words & two and not other.words & one)
                or (self.words & two and other.words & one and not other.words & two)
                for one, two in OPPOSITES
            )
        )


def tokens(text: str) -> list[Token]:
    return [
        Token(
            match[0].lower().replace("’", "'").removesuffix("'s"),
            match.start(),
            match.end(),
            match["number"] is not None,
        )
        for match in _TOKEN.finditer(text)
    ]


def meanings(passage: str) -> list[str]:
    """Its words in order, numbers and number words in one spelling."""
    return [_one_spelling(token) for token in tokens(passage)]


def facts(passage: str) -> Facts:
    found = tokens(passage)
    words = [_one_spelling(token) for token in found]
    return Facts(
        words=frozenset(words),
        numbers=Counter(word for word in words if word[0].isdigit() or word in AMOUNTS),
        negations=Counter("not" for word in words if word in NEGATIONS or word.endswith("n't")),
        names=frozenset(word for word, token in zip(words, found, strict=True) if _is_name(passage, token)),
    )


def _one_spelling(token: Token) -> str:
    """A number in digits without marks between thousands; a word as it is."""
    if not token.number:
        return NUMBER_WORDS.get(token.word, token.word)
    if _BETWEEN_THOUSANDS.fullmatch(token.word):
        return re.sub(r"\D", "", token.word)
    return token.word.replace(",", ".")


def _is_name(passage: str, token: Token) -> bool:
    """Whether a word is written as a name. One that begins a sentence is none where it often begins one."""
    if token.number or not passage[token.start].isupper():
        return False
    begins = token.start == 0 or _SENTENCE_END.search(passage[max(0, token.start - 6) : token.start])
    return not (begins and token.word in OPENERS)
