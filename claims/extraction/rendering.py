"""Step 9: a proposition as a sentence that stands alone, in source order, with what was put in and from
where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.binding import effective_subject
from claims.extraction.dates import TimeExpression
from claims.extraction.mentions import POINTERS, PRONOUNS, is_subject, verb_of
from claims.extraction.pieces import Added, Piece
from claims.extraction.proper_names import words_text
from claims.extraction.substitutions import References, Substitution
from claims.extraction.tree import FINITE_TAGS, Word
from claims.extraction.values import Edit
from claims.extraction.wordset import word_set

_NO_SPACE_BEFORE = frozenset(
    [
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        ")",
        "]",
        "}",
        "%",
        "'",
        "'s",
        "n't",
        "’s",
        "n’t",
        "”",
        "’",
        "'re",
        "'ve",
        "'ll",
        "'d",
        "'m",
        "’re",
        "’ve",
        "’ll",
        "’d",
        "’m",
    ]
)
_PRONOUN_REASONS = frozenset({"pronoun", "definite phrase", "the two"})
_PREPOSITIONS = word_set(
    "in on of since until till by from during for before after at through as over into within"
    " throughout between towards toward about"
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The claim's text, the changes made, and the pronouns in it that nothing stands behind."""

    text: str
    edits: tuple[Edit, ...]
    unclear: tuple[Word, ...]


def render(pieces: Sequence[Piece], references: References, times: Mapping[int, TimeExpression]) -> Rendered:
    """Put the pieces into words; a pronoun stays where its antecedent was already said in the claim."""
    writer = _Writer(_balanced(pieces), references, times)
    writer.write()
    return Rendered(_finished(writer.parts), tuple(writer.edits), tuple(writer.unclear))


_FULL_FORMS = {"'s": "is", "'re": "are", "'ll": "will", "'d": "would", "'ve": "have", "'m": "is"}


class _Writer:
    def __init__(
        self, pieces: Sequence[Piece], references: References, times: Mapping[int, TimeExpression]
    ) -> None:
        self.pieces = pieces
        self.references = references
        self.times = times
        self.parts: list[str] = []
        self.edits: list[Edit] = []
        self.unclear: list[Word] = []
        self.said: set[int] = set()
        self.last: Word | None = None
        self.spaced = False

    def write(self) -> None:
        at = 0
        while at < len(self.pieces):
            piece = self.pieces[at]
            at += self._added(piece) if isinstance(piece, Added) else self._word(piece, at)

    def _added(self, added: Added) -> int:
        self._put(added.text, space_before=added.text not in _NO_SPACE_BEFORE)
        source = added.source
        place = (
            (source[0].start, source[-1].end)
            if source
            else (self.last.end, self.last.end)
            if self.last
            else (0, 0)
        )
        original = " ".join(w.text for w in source)
        first, last = added.origin or (None, None)
        reason = "verb form" if source else added.reason
        self.edits.append(Edit(*place, original, added.text, first, last, reason))
        self.last = source[-1] if source else self.last
        self.spaced = True
        return 1

    def _word(self, word: Word, at: int) -> int:
        time = self.times.get(word.start)
        if time is not None and time.replacement is not None:
            covered = self._covered(at, time.end)
            if covered:
                following = next(iter(self.pieces[at + covered :]), None)
                self._time(word, self.pieces[at : at + covered], time, following)
                return covered
        known = self.references.substitutions.get(word)
        if known is not None:
            covered = self._covered(at, known.last.end)
            if covered and self._wanted(known):
                self._substitute(known, self.pieces[at : at + covered])
                return covered
        if word in self.references.unresolved and not (self._explained(word) or self._general(word)):
            self.unclear.append(word)
        entity = self.references.entity_of.get(word)
        if entity is not None:
            self.said.add(entity)
        if word in self.references.closes:
            self.said.add(self.references.closes[word])
        text = self._cased(word)
        self._put(text, space_before=self._space_before(word) or (text != word.text and word.text[0] in "'’"))
        self.last = word
        self.spaced = bool(word.space)
        return 1

    def _general(self, word: Word) -> bool:
        """ "Our" and "us" in a claim mean everybody as often as not, and "both sides" explains itself."""
        if not self.parts or word.lower in POINTERS:
            return False
        sort = PRONOUNS.get(word.lower)
        return sort is None or (sort in ("speakers", "hearer") and not is_subject(word))

    def _explained(self, word: Word) -> bool:
        """Whether something said before in the claim may be what the pronoun means, as in the sentence
        itself."""
        sort = PRONOUNS.get(word.lower, "")
        said = self.said
        if word.tag != "PRP$" and not is_subject(word):
            verb = verb_of(word)
            subject = effective_subject(verb) if verb is not None else None
            barred = self.references.entity_of.get(subject) if subject is not None else None
            if sort == "thing" or barred is None:
                return False
            said = said - {barred}
        return any(sort in self.references.sorts_of.get(entity, ()) for entity in said)

    def _covered(self, at: int, end: int) -> int:
        """How many pieces from `at` on are the words up to offset `end`; 0 where some are missing."""
        count, previous = 0, None
        for piece in self.pieces[at:]:
            if (
                not isinstance(piece, Word)
                or piece.start >= end
                or (previous is not None and piece.i != previous + 1)
            ):
                break
            count, previous = count + 1, piece.i
        last = self.pieces[at + count - 1] if count else None
        return count if isinstance(last, Word) and last.end >= end else 0

    def _wanted(self, known: Substitution) -> bool:
        if known.reason in _PRONOUN_REASONS and known.entity in self.said:
            return False
        if known.reason == "definite phrase" and self._has_names_of(known.text):
            return False
        return not (known.reason == "full name" and known.entity in self.said)

    def _has_names_of(self, text: str) -> bool:
        """ "Roe and Doe praised the meeting" need not say whose meeting."""
        names = [w for w in text.split() if w[:1].isupper()]
        said = "".join(self.parts)
        return bool(names) and all(name in said for name in names)

    def _substitute(self, known: Substitution, replaced: Sequence[Piece]) -> None:
        self.said.add(known.entity)
        spaced = known.reason == "agreement" or self._space_before(known.first)  # "I'm" is "Roe is"
        self._put(known.text, space_before=spaced)
        self.edits.append(
            Edit(
                known.first.start, known.last.end, _original(replaced), known.text,
                known.source_start, known.source_end, known.reason,
            )
        )  # fmt: skip
        self.last, self.spaced = known.last, bool(known.last.space)

    def _time(
        self, first: Word, replaced: Sequence[Piece], time: TimeExpression, following: Piece | None
    ) -> None:
        text = time.replacement or ""
        lead, _, rest = text.partition(" ")
        previous = self.last.lower if self.last is not None and self.last.end <= first.start else ""
        last = replaced[-1]
        assert isinstance(last, Word)
        if lead in ("in", "on") and (
            previous in _PREPOSITIONS or _is_noun(replaced) or (not self.parts and _is_finite(following))
        ):
            text = rest
        self._put(text, space_before=self._space_before(first))
        self.edits.append(Edit(first.start, last.end, _original(replaced), text, None, None, "date"))
        self.last, self.spaced = last, bool(last.space)

    def _space_before(self, word: Word) -> bool:
        if self.last is None:
            return False
        if word.i == self.last.i + 1:
            return self.spaced
        return word.text not in _NO_SPACE_BEFORE

    def _cased(self, word: Word) -> str:
        """A word that opened the sentence loses its capital inside the claim, unless it is a name."""
        if word.text[0] in "'’" and word.tag in ("VBZ", "VBP", "MD") and not self._follows(word):
            got = word.dep in ("aux", "auxpass") and word.head.lower in ("got", "been", "had")
            perfect = word.lemma == "have" or got or (word.dep == "aux" and word.head.tag == "VBN")
            full = _FULL_FORMS.get(word.lower.replace("’", "'"), word.text)
            return "has" if perfect and full == "is" else full
        moved = word.i == 0 and self.parts and word.tag not in ("NNP", "NNPS") and word.lower != "i"
        if moved and word.text[1:].islower() and not word.entity:
            return word.text[0].lower() + word.text[1:]
        return "a" if moved and word.text == "A" else word.text

    def _follows(self, word: Word) -> bool:
        """Whether the word before in the claim is the one before in the sentence, as it stands there."""
        return self.last is not None and self.last.i == word.i - 1 and self.parts[-1] == self.last.text

    def _put(self, text: str, *, space_before: bool) -> None:
        if self.parts and space_before and not self.parts[-1].endswith(" "):
            self.parts.append(" ")
        self.parts.append(text)


def _original(pieces: Sequence[Piece]) -> str:
    """The words as they stand in the article."""
    return words_text(p for p in pieces if isinstance(p, Word))


_NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "poss", "compound", "nmod"})


def _is_noun(pieces: Sequence[Piece]) -> bool:
    """Whether the words tell no time of the verb but are its subject or the like: "last year was wet"."""
    words = [p for p in pieces if isinstance(p, Word)]
    head = next((w for w in words if w.head not in words), words[-1])
    return head.dep in _NOUN_PLACES


def _is_finite(piece: Piece | None) -> bool:
    return isinstance(piece, Word) and piece.tag in FINITE_TAGS


def _balanced(pieces: Sequence[Piece]) -> list[Piece]:
    """Without quotation marks and brackets that have lost their partner."""
    gone: set[int] = set()
    opened: list[int] = []
    brackets: list[int] = []
    for at, piece in enumerate(pieces):
        text = piece.text
        if text in ('"', "“", "”", "``", "''"):
            if opened:
                opened.pop()
            else:
                opened.append(at)
        elif text in "([{" and len(text) == 1:
            brackets.append(at)
        elif text in ")]}" and len(text) == 1:
            if brackets:
                brackets.pop()
            else:
                gone.add(at)
    gone.update(opened, brackets)
    return [p for at, p in enumerate(pieces) if at not in gone]


def _finished(parts: Sequence[str]) -> str:
    text = " ".join("".join(parts).split()).strip(" ,;:–—")
    for opener in ("(", "[", "$", "#"):
        text = text.replace(f"{opener} ", opener)
    text = text.replace(" ,", ",").replace(",,", ",").replace(" .", ".").replace("( ", "(")
    if not text:
        return ""
    text = text.replace(",”", "”").replace(',"', '"') if text.endswith((",”", ',"')) else text
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" or text.endswith((".”", '."')) else text + "."
