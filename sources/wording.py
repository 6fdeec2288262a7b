"""The words of a passage, and the facts in them that make it another passage when they change. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

# Scripts that put no space between words: each character is taken for one.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,:\u00a0\u202f]\d+)*)|[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W\d_])+(?:['’](?:(?![{_UNSPACED}])[^\W\d_])+)*|[%‰€$£¥°]"
)
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)]*\s+['\"“‘«(]*$")

NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
    if word != "one"  # "the one", "one of them"
} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80",
    "ninety": "90", "percent": "%", "per cent": "%",
}  # fmt: skip
AMOUNTS = frozenset(
    "half third quarter dozen hundred hundreds thousand thousands million millions billion billions trillion"
    " double twice triple % ‰ € $ £ ¥".split()
)
NEGATIONS = frozenset(
    # English, then the commonest of other languages.
    "not no never none nobody nothing neither nor without cannot hardly barely scarcely denied denies deny"
    " refused refuses fails failed unable false untrue"
    " nicht kein keine keinen keiner nie niemals ohne pas jamais aucun aucune sans nunca jamás sin ningún ninguna"
    " nessun nessuno mai senza niet geen nooit zonder ikke ingen aldri inte inga aldrig не нет никогда без"
    .split()
)
OPPOSITES = tuple(
    tuple(frozenset(side.split("/")) for side in pair.split(":"))
    for pair in (
        "open/opened/opens/opening/reopen/reopened:close/closed/closes/closing/shut",
        "rise/rose/risen/rises/rising/increase/increased/increases/up/grew/grow/grows/higher/gained"
        ":fall/fell/fallen/falls/falling/decrease/decreased/decreases/down/shrank/shrink/shrinks/lower/lost",
        "more/most/above/over/exceeded:less/fewer/least/below/under",
        "before:after", "approve/approved/approves/accept/accepted/accepts/adopted/passed"
        ":reject/rejected/rejects/refused/declined/dismissed",
        "win/won/wins:lose/lost/loses", "guilty/convicted:innocent/acquitted/cleared", "alive/survived:dead/died/killed",
        "true/correct/accurate:false/wrong/inaccurate", "support/supported/supports/backed:oppose/opposed/opposes",
        "allow/allowed/allows/permitted/legal/lawful:ban/banned/bans/forbidden/prohibited/illegal/unlawful",
        "confirmed/confirms/confirm:denied/denies/deny", "start/started/begin/began:stop/stopped/end/ended",
        "safe:unsafe/dangerous", "found:missing", "increase:cut/cuts", "keep/kept/remain/remains/remained:leave/left",
        "all/every/always:some/few/sometimes", "agreed/agree:disagreed/disagree/refused", "with:without", "can:cannot",
        "will:may/might/could", "must:may", "only:also", "first:last", "arrested/detained/held:released/freed",
        "likely:unlikely", "able:unable", "known:unknown", "yes:no", "north:south", "east:west", "buy/bought:sell/sold",
    )
)  # fmt: skip
# Words that begin sentences and are no names.
OPENERS = frozenset(
    "the a an this that these those there here it its he she they we i you his her their our my in on at of for by"
    " from to with as if when while where after before since until because although though but and or so yet then"
    " now today yesterday tomorrow some many most all both each every several few more no not what who how why which"
    " according under over between during about against however also just only even still one two three four five six"
    " seven eight nine ten der die das ein eine es er sie wir in im am und le la les un une il elle des en el los las"
    " una de"
    .split()
)


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
        Token(match[0].lower().replace("’", "'").removesuffix("'s"), match.start(), match.end(), match["number"] is not None)
        for match in _TOKEN.finditer(text)
    ]


def facts(passage: str) -> Facts:
    found = tokens(passage)
    words = [_one_spelling(token) for token in found]
    return Facts(
        words=frozenset(words),
        numbers=Counter(word for word in words if word[0].isdigit() or word in AMOUNTS),
        negations=Counter("not" for word in words if word in NEGATIONS or word.endswith("n't")),
        names=frozenset(
            word for word, token in zip(words, found, strict=True) if _is_name(passage, token)
        ),
    )


def _one_spelling(token: Token) -> str:
    """A number in digits without marks between thousands; a word as it is."""
    if not token.number:
        return NUMBER_WORDS.get(token.word, token.word)
    grouped = re.fullmatch(r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+", token.word)
    plain = re.sub(r"[.,\u00a0\u202f]", "", token.word) if grouped else token.word.replace(",", ".")
    return plain


def _is_name(passage: str, token: Token) -> bool:
    """Whether a word is written as a name. One that begins a sentence is none where it often begins one."""
    if token.number or not passage[token.start].isupper():
        return False
    begins = token.start == 0 or _SENTENCE_END.search(passage[max(0, token.start - 6) : token.start])
    return not (begins and token.word in OPENERS)
