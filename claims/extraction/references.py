"""Step 8: what pronouns, bare surnames and phrases like "the treaty" stand for; declined where it is not clear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.asides import noun_phrase
from claims.extraction.attribution import ParsedUnit, Speaker
from claims.extraction.ledger import Entity, Ledger, Mention, Role
from claims.extraction.mentions import PRONOUNS, Spotted, is_subject, spot_mentions, verb_of
from claims.extraction.salience import choose
from claims.extraction.tree import Word

LONGEST_SUBSTITUTE = 9  # words


@dataclass(frozen=True, slots=True)
class Substitution:
    """`text` stands in for the words first..last; it was taken from source_start..source_end of the article."""

    first: Word
    last: Word
    text: str
    source_start: int
    source_end: int
    reason: str
    entity: int


@dataclass(frozen=True, slots=True)
class References:
    """Substitutions by their first word, the entity of each mention's head, and what stayed unclear."""

    substitutions: Mapping[Word, Substitution]
    entity_of: Mapping[Word, int]
    unresolved: frozenset[Word]
    names: Mapping[int, str]


def resolve_references(units: Sequence[ParsedUnit], speakers: Sequence[Speaker | None]) -> References:
    """Read the article once in text order; a mention may stand only for what was named before it."""
    reader = _Reader()
    for unit, speaker in zip(units, speakers, strict=True):
        reader.read(unit, speaker)
    reader.settle_speakers()
    return References(
        reader.substitutions, {w: e.number for w, e in reader.entity_of.items()}, frozenset(reader.unresolved),
        {e.number: e.text for e in reader.ledger.entities},
    )  # fmt: skip


class _Reader:
    def __init__(self) -> None:
        self.ledger = Ledger()
        self.substitutions: dict[Word, Substitution] = {}
        self.entity_of: dict[Word, Entity] = {}
        self.unresolved: set[Word] = set()
        self.spoken: list[tuple[Word, Speaker | None]] = []

    def read(self, unit: ParsedUnit, speaker: Speaker | None) -> None:
        for spotted in spot_mentions(unit.tree):
            match spotted.kind:
                case "name":
                    self._name(spotted, unit)
                case "phrase":
                    self._phrase(spotted, unit)
                case "pair":
                    self._pair(spotted, unit)
                case "pronoun":
                    self._pronoun(spotted.head, unit, speaker)

    def _note(self, entity: Entity, head: Word, unit: ParsedUnit) -> None:
        self.entity_of[head] = entity
        self.ledger.mentions.append(
            Mention(
                entity, unit.sentence, head.start, _role(head), verb_of(head), head.dep == "poss", unit.quoted
            )
        )
        self._close_group(head, unit)

    def _close_group(self, head: Word, unit: ParsedUnit) -> None:
        """After the last name of "A and B", the two are an entity of their own."""
        first = head
        while first.dep == "conj" and first.head in self.entity_of:
            first = first.head
        members = [first]
        while (following := members[-1].child("conj")) is not None and following in self.entity_of:
            members.append(following)
        if not 2 <= len(members) <= 3 or members[-1] is not head or head.child("conj") is not None:
            return
        entities = [self.entity_of[m] for m in members]
        if len({e.kind for e in entities}) > 1 or not all(e.named for e in entities):
            return
        text = ", ".join(e.text for e in entities[:-1]) + " and " + entities[-1].text
        group = Entity(
            len(self.ledger.entities), text, entities[0].start, entities[-1].end, entities[0].kind, entities[0].label,
            True, True, f"{len(members)}", None,
        )  # fmt: skip
        self.ledger.entities.append(group)
        self.ledger.mentions.append(
            Mention(
                group,
                unit.sentence,
                head.start,
                _role(first),
                verb_of(first),
                first.dep == "poss",
                unit.quoted,
            )
        )

    def _name(self, spotted: Spotted, unit: ParsedUnit) -> None:
        words = list(spotted.words)
        entity = self.ledger.name(words)
        self._note(entity, spotted.head, unit)
        if len(words) == 1 and entity.kind == "person" and entity.text != words[0].text:
            self._substitute(words[0], words[0], entity, entity.text, "full name")

    def _phrase(self, spotted: Spotted, unit: ParsedUnit) -> None:
        head = spotted.head
        known = self._same_thing(head, unit)
        if known is not None:
            entity, reason = known
            words = [w for w in noun_phrase(head) if w.i <= head.i]
            self._note(entity, head, unit)
            entity.mentions += 1
            if reason and words:
                self._substitute(words[0], head, entity, entity.text, reason)
            return
        phrase = list(noun_phrase(head)) or [head]
        if len(phrase) > LONGEST_SUBSTITUTE:
            phrase = [w for w in phrase if w.i <= head.i]
        if head not in phrase or (any(c.dep == "conj" for c in head.children) and len(phrase) > 4):
            phrase = [w for w in phrase if w.i <= head.i] or [head]
        entity = self.ledger.thing(head, phrase, self._said(phrase))
        self._note(entity, head, unit)

    def _said(self, phrase: list[Word]) -> str:
        """The phrase with its own references put in, and definite."""
        parts, skip = [], -1
        for word in phrase:
            if word.i <= skip:
                continue
            known = self.substitutions.get(word)
            if known is not None and known.last in phrase:
                parts.append(known.text + known.last.space)
                skip = known.last.i
            else:
                parts.append(word.text + word.space)
        text = "".join(parts).strip()
        first, _, rest = text.partition(" ")
        if first.lower() in ("a", "an", "another") and rest:
            return f"the {rest}"
        if first.lower() in ("the", "this", "these", "his", "her", "their", "its"):
            return f"{first.lower()} {rest}"
        return text

    def _same_thing(self, head: Word, unit: ParsedUnit) -> tuple[Entity, str] | None:
        """An entity named before that a bare "the treaty" means; no reason where the words may stay as they are."""
        determiner = next((c for c in head.children if c.dep == "det"), None)
        if determiner is None or determiner.lower not in ("the", "this", "that", "these", "those"):
            return None
        if any(
            c.dep in ("prep", "relcl", "acl", "amod", "compound", "nummod", "poss", "conj")
            for c in head.children
        ):
            return None
        for mention in reversed(self.ledger.mentions[-60:]):
            entity = mention.entity
            if unit.sentence - mention.sentence > 12:
                break
            if entity.head == head.lemma and entity.plural == (head.tag == "NNS"):
                specific = entity.named or len(entity.text.split()) > 2
                return entity, "definite phrase" if specific else ""
        return None

    def _pair(self, spotted: Spotted, unit: ParsedUnit) -> None:
        for mention in reversed(self.ledger.mentions[-60:]):
            if unit.sentence - mention.sentence > 8:
                break
            if mention.entity.head == "2":
                self._note(mention.entity, spotted.head, unit)
                self._substitute(
                    spotted.words[0], spotted.words[-1], mention.entity, mention.entity.text, "the two"
                )
                return
        self.unresolved.update(spotted.words)

    def _pronoun(self, word: Word, unit: ParsedUnit, speaker: Speaker | None) -> None:
        sort = PRONOUNS[word.lower]
        if sort in ("speaker", "speakers", "hearer"):
            self.spoken.append((word, speaker if unit.quoted else None))
            return
        if sort == "thing" and _is_empty_it(word):
            return
        entity = choose(self.ledger, word, sort, unit)
        if entity is None:
            self.unresolved.add(word)
            return
        entity.mentions += 1
        self._note(entity, word, unit)
        self._substitute(word, word, entity, _in_form_of(word, entity.text), "pronoun")

    def _substitute(self, first: Word, last: Word, entity: Entity, text: str, reason: str) -> None:
        self.substitutions[first] = Substitution(
            first, last, text, entity.start, entity.end, reason, entity.number
        )

    def settle_speakers(self) -> None:
        """ "I" in a quotation is its speaker, once the frame after it is read."""
        for word, speaker in self.spoken:
            entity = self._speaker_entity(speaker) if PRONOUNS[word.lower] == "speaker" and speaker else None
            if entity is None:
                self.unresolved.add(word)
                continue
            self.entity_of[word] = entity
            self._substitute(word, word, entity, _in_form_of(word, entity.text), "speaker")

    def _speaker_entity(self, speaker: Speaker) -> Entity | None:
        found = [self.entity_of[w] for w in speaker if w in self.entity_of]
        return next((e for e in found if e.kind == "person" and not e.plural), None)


def _role(head: Word) -> Role:
    first = head
    while first.dep == "conj" and first.head is not first:
        first = first.head
    if is_subject(first):
        return "subject"
    return "object" if first.dep in ("dobj", "attr", "dative") else "other"


def _in_form_of(pronoun: Word, text: str) -> str:
    if pronoun.tag == "PRP$" or pronoun.dep == "poss":
        return text + ("'" if text.endswith("s") else "'s")
    return text


def _is_empty_it(word: Word) -> bool:
    """ "It" that stands for nothing: "it is clear that …", "it rained", "made it hard to …"."""
    if word.lower != "it":
        return False
    verb = word.head
    if word.dep == "expl":
        return True
    if verb.lemma in ("rain", "snow", "seem", "appear", "turn", "take", "happen") and word.dep == "nsubj":
        return any(c.dep in ("ccomp", "xcomp", "advcl") for c in verb.children)
    complements = [c for c in verb.children if c.dep in ("acomp", "attr", "oprd")]
    clauses = [
        c
        for v in (verb, *complements)
        for c in v.children
        if c.dep in ("ccomp", "xcomp", "advcl", "csubj", "relcl", "acl")
    ]
    return verb.lemma in ("be", "become", "make", "find", "remain") and bool(complements) and bool(clauses)
