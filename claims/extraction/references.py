"""Step 8: what pronouns, bare surnames and phrases like "the treaty" stand for; declined where it is not
clear."""

import re
import sys
from collections import ChainMap, Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from claims.extraction.acquaintance import learn
from claims.extraction.antecedents import consider
from claims.extraction.asides import noun_phrase
from claims.extraction.attribution import ParsedUnit, Speaker
from claims.extraction.binding import is_empty, points_ahead
from claims.extraction.deeds import Deeds
from claims.extraction.definites import LOOKED_AT, describe, find_meant, is_part_of_name, name_before
from claims.extraction.edges import left_edge
from claims.extraction.encounters import Encounter, find_encounters
from claims.extraction.ledger import Entity, Ledger, Mention
from claims.extraction.lexicon import COURTESIES
from claims.extraction.likelihood import Judge, likely
from claims.extraction.mentions import (
    PRONOUNS,
    THIRD_PERSON,
    Spotted,
    points_back,
    role_of,
    spot_mentions,
    verb_of,
)
from claims.extraction.names import Gender
from claims.extraction.pairs import choose_pair, form_group
from claims.extraction.proper_names import title_or_given, words_text
from claims.extraction.salience import FARTHEST, agrees, choose, is_one_of_two
from claims.extraction.scene import set_scene
from claims.extraction.substitutions import References, Substitution, in_form_of, possessive
from claims.extraction.surveys import surveys_in
from claims.extraction.topics import may_be_held
from claims.extraction.tree import Word
from claims.extraction.voices import agreeing_verb, is_called, voice_of
from claims.extraction.wordset import word_set

LEAD: Final = 2  # sentences that tell what the article is about
LONGEST_OWNER: Final = 5  # words that "'s" may follow
LARGEST_GROUP: Final = 5  # names in a row that "they" may mean
_MARKS: Final = frozenset({'"', "“", "”", "``", "''", "‘"})
# A phrase with one of these stands for nothing outside its sentence.
_UNFIT: Final = word_set("this these that neither no any each every")


def resolve_references(
    units: Sequence[ParsedUnit],
    speakers: Sequence[Speaker | None],
    title: str = "",
    judge: Judge = likely,
) -> References:
    """Read the article in text order, twice: the first time to get to know its persons.

    A mention may stand only for what was named before it. `judge` has the last word on pronouns.
    """
    common = frozenset(
        w.lower for u in units for w in u.tree.words if w.text.islower() and w.tag in ("NN", "NNS", "JJ")
    )
    spotted = [(u, s, spot_mentions(u.tree)) for u, s in zip(units, speakers, strict=True)]
    first = _Reader(Ledger(common))
    for unit, speaker, mentions in spotted:
        first.read(unit, speaker, mentions)
    first.ledger.lead_with(title)
    reader = _Reader(Ledger(common, learn(first.ledger, first.votes)), judge, title)
    for unit, speaker, mentions in spotted:
        reader.read(unit, speaker, mentions)
    reader.settle_speakers()
    entities = reader.ledger.entities
    return References(
        substitutions=reader.substitutions,
        entity_of={w: e.number for w, e in reader.entity_of.items()},
        unresolved=frozenset(reader.unresolved),
        sorts_of={e.number: frozenset(s for s in THIRD_PERSON if agrees(e, s)) for e in entities},
        person_of={w: e.text for w, e in reader.entity_of.items() if e.kind == "person" and e.named},
        closes={w: e.number for w, e in reader.closes.items()},
        surveys=surveys_in(reader.ledger.mentions),
        scene=set_scene(reader.ledger, reader.told, title),
    )


class _Reader:
    def __init__(self, ledger: Ledger, judge: Judge | None = None, title: str = "") -> None:
        self.ledger = ledger
        self.judge = judge
        self.titled = frozenset(re.findall(r"\w+", title.lower()))
        self.substitutions: dict[Word, Substitution] = {}
        self.entity_of: dict[Word, Entity] = {}
        self.unresolved: set[Word] = set()
        self.called_after: dict[str, Entity] = {}  # "New START": the New START treaty
        self.first = sys.maxsize  # the number of the first sentence of prose
        self.group_of: dict[Word, Entity] = {}  # by the first of its members
        self.closes: dict[Word, Entity] = {}  # by the last
        self.told: list[tuple[int, Encounter]] = []  # by the start of their unit
        self.spoken: list[tuple[Word, Speaker | None]] = []
        self.deeds = Deeds()
        self.votes: dict[Entity, Counter[Gender]] = {}

    def read(self, unit: ParsedUnit, speaker: Speaker | None, mentions: Sequence[Spotted]) -> None:
        later: list[Word] = []
        for spotted in mentions:
            match spotted.kind:
                case "name":
                    self._name(spotted, unit)
                case "modifier":
                    self._modifier(spotted, unit)
                case "phrase":
                    self._phrase(spotted, unit)
                case "pointer":
                    self.unresolved.add(spotted.head)
                case "pair":
                    self._pair(spotted, unit)
                case "pronoun" if points_ahead(spotted.head):
                    later.append(spotted.head)
                case "pronoun":
                    self._pronoun(spotted.head, unit, speaker)
        for word in later:
            self._pronoun(word, unit, speaker)
        self.deeds.note(unit.tree, unit.sentence, self.entity_of)
        for encounter in find_encounters(unit.tree, self.entity_of):
            self._encounter(encounter, unit)

    def _encounter(self, encounter: Encounter, unit: ParsedUnit) -> None:
        """ "The match" that is spoken of next is this one."""
        entity = self.ledger.event(encounter.noun, encounter.text, encounter.sides[0])
        self.ledger.mentions.append(
            Mention(entity, unit.sentence, unit.tree.end, "other", None, False, unit.quoted)
        )
        self.told.append((unit.tree.start, encounter))

    def _note(self, entity: Entity, head: Word, unit: ParsedUnit) -> None:
        self.entity_of[head] = entity
        self.first = min(self.first, unit.sentence)
        entity.leading = entity.leading or unit.sentence - self.first < LEAD
        self.ledger.mentions.append(_mention(entity, head, head, unit))
        self._close_group(head, unit)

    def _close_group(self, head: Word, unit: ParsedUnit) -> None:
        """After the last name of "A and B", the two are an entity of their own."""
        first = head
        while first.dep == "conj" and first.head in self.entity_of:
            first = first.head
        members = [first]
        while (following := members[-1].child("conj")) is not None and following in self.entity_of:
            members.append(following)
        if (
            not 2 <= len(members) <= LARGEST_GROUP
            or members[-1] is not head
            or head.child("conj") is not None
        ):
            return
        entities = [self.entity_of[m] for m in members]
        group = form_group(self.ledger, entities)
        group.clear = len(members) <= 3 and all(e.named for e in entities)
        self.group_of[first], self.closes[head] = group, group
        self.ledger.mentions.append(_mention(group, first, head, unit))

    def _name(self, spotted: Spotted, unit: ParsedUnit) -> None:
        words = list(spotted.words)
        if len(words) == 1 and is_part_of_name(self.ledger, spotted.head, unit.sentence):
            self._phrase(spotted, unit)
            return
        entity = self.ledger.name(words)
        self._note(entity, spotted.head, unit)
        called = self.called_after.get(words_text(words).casefold())
        if called is not None:
            self.ledger.mentions.append(replace(self.ledger.mentions[-1], entity=called))
        beside = spotted.head.head
        if spotted.head.dep == "appos" and beside.i < spotted.head.i and entity.kind == "person":
            self._same_person(beside, entity)
        around = [*unit.tree.words[words[0].i - 1 : words[0].i], *unit.tree.words[words[-1].i + 1 :][:1]]
        # "The pro-Roe group", "the Jane & Tom Roe Foundation"
        inside = any(w.tag == "HYPH" or w.entity == words[0].entity == "ORG" for w in around)
        short = len(words) == 1 or (len(words) == 2 and words[0].lower.rstrip(".") in COURTESIES)
        if (
            short
            and not inside
            and entity.kind == "person"
            and entity.text != words_text(words)
            and " " in entity.text
        ):
            self._substitute(words[0], words[-1], entity, entity.text, "full name")

    def _modifier(self, spotted: Spotted, unit: ParsedUnit) -> None:
        """ "Jane Roe supporters": she does nothing here, but two may now be called Roe; "the party" may
        mean that of "Acme Party chairman"."""
        words = list(spotted.words)
        if len(words) > 1 and title_or_given(words):
            self.ledger.name(words)
        else:
            self.ledger.name_within(words, unit.sentence)

    def _same_person(self, phrase: Word, entity: Entity) -> None:
        """ "Her brother, Jane's lawyer John Roe": the phrase before the name means the named one."""
        known = self.entity_of.get(phrase)
        if known is None or known.named or known.kind != "person":
            return
        entity.gender = entity.gender or known.gender
        self.ledger.add_role(entity, known.head)
        self.entity_of[phrase] = entity
        self.ledger.mentions = [
            replace(m, entity=entity) if m.entity is known else m for m in self.ledger.mentions[-LOOKED_AT:]
        ]

    def _phrase(self, spotted: Spotted, unit: ParsedUnit) -> None:
        head = spotted.head
        known = find_meant(self.ledger, head, unit)
        if known is not None:
            if not known.tells_more and not known.entity.named:
                self._own(head, unit)
            words = [w for w in noun_phrase(head) if (head.child("det") or head).i <= w.i <= head.i]
            self._note(known.entity, head, unit)
            known.entity.mentions += 1
            owns = head.dep == "poss" and not known.entity.named
            text = known.entity.short if owns else known.entity.full
            fits = head.dep != "poss" or len(text.split()) <= LONGEST_OWNER
            if known.tells_more and words and fits:
                self._substitute(words[0], head, known.entity, text, "definite phrase")
            return
        self._own(head, unit)
        if points_back(head) and left_edge(head) not in self.substitutions:
            self.unresolved.add(left_edge(head))
        phrase = describe(head)
        entity = self.ledger.thing(head, phrase, self._said(phrase))
        entity.clear = not any(w in self.unresolved or w.lower in _UNFIT for w in phrase)
        entity.holds_name = any(w.tag in ("NNP", "NNPS") or self._names(w) for w in phrase)
        if entity.kind == "person" and head.dep in ("attr", "oprd"):
            return  # "he is president" says what he is, it names nobody
        self._note(entity, head, unit)
        if name := name_before(head):
            self.called_after[words_text(name).casefold()] = entity

    def _own(self, head: Word, unit: ParsedUnit) -> None:
        """ "The proposal" is of who proposed, "revenue" that of the one organisation the article is about."""
        author = None if unit.quoted else self.deeds.author(head, unit.sentence)
        first = head.child("det") or left_edge(head)
        if author is not None:
            self._substitute(first, first, author, possessive(author.full), "owner")
            return
        topic = self.ledger.acquaintance.topic
        named = (m.entity.text for m in self.ledger.mentions[-LOOKED_AT:])
        if topic is None or not may_be_held(head) or topic.text not in named:
            return
        text = possessive(topic.full) if first.dep == "det" else f"{possessive(topic.full)} {first.lower}"
        self._substitute(first, first, topic, text, "owner")

    def _names(self, word: Word) -> bool:
        known = self.substitutions.get(word)
        return known is not None and self.ledger.entities[known.entity].named

    def _said(self, phrase: list[Word]) -> str:
        """The phrase with its own references put in, and definite."""
        parts, skip = [], -1
        for word in phrase:
            if word.i <= skip or word.text in _MARKS:
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

    def _pair(self, spotted: Spotted, unit: ParsedUnit) -> None:
        entity = choose_pair(self.ledger, spotted.head, unit.sentence)
        if entity is None:
            self.unresolved.update(spotted.words)
            return
        self._note(entity, spotted.head, unit)
        self._substitute(spotted.words[0], spotted.words[-1], entity, entity.text, "the two")

    def _pronoun(self, word: Word, unit: ParsedUnit, speaker: Speaker | None) -> None:
        sort = PRONOUNS[word.lower]
        if sort in ("speaker", "speakers", "hearer"):
            self.spoken.append((word, speaker if unit.quoted else None))
            return
        if sort == "thing" and is_empty(word):
            return
        entity = self._antecedent(word, sort, unit, speaker)
        if entity is not None and unit.quoted and speaker and is_called(entity, speaker):
            entity = None  # who speaks says "I"
        if entity is None or not entity.clear:
            self.unresolved.add(word)
            return
        entity.mentions += 1
        gender: Gender | None = "male" if sort == "male" else "female" if sort == "female" else None
        if gender is not None and not self._others(entity, sort, unit):
            self.votes.setdefault(entity, Counter())[gender] += 1
        self._note(entity, word, unit)
        self._substitute(word, word, entity, in_form_of(word, entity.full), "pronoun")

    def _antecedent(self, word: Word, sort: str, unit: ParsedUnit, speaker: Speaker | None) -> Entity | None:
        """The rules' choice, where the judge does not know better."""
        entity_of = self._known(sort)
        entity = choose(self.ledger, word, sort, unit, entity_of)
        if self.judge is None or is_one_of_two(word):
            return entity
        case = consider(self.ledger, word, sort, unit, speaker, entity_of, entity, self.titled)
        return self.judge(case) if case is not None else entity

    def _others(self, entity: Entity, sort: str, unit: ParsedUnit) -> bool:
        """Whether somebody else named lately may be meant as well."""
        lately = (m for m in self.ledger.mentions[-LOOKED_AT:] if unit.sentence - m.sentence <= FARTHEST)
        return any(m.entity is not entity and m.entity.named and agrees(m.entity, sort) for m in lately)

    def _known(self, sort: str) -> Mapping[Word, Entity]:
        """What subjects stand for; "they" looks to all of "A and B", "he" to A."""
        return ChainMap(self.group_of, self.entity_of) if sort == "plural" else self.entity_of

    def _substitute(self, first: Word, last: Word, entity: Entity, text: str, reason: str) -> None:
        self.substitutions[first] = Substitution(
            first, last, text, entity.start, entity.end, reason, entity.number
        )

    def settle_speakers(self) -> None:
        """ "I" in a quotation is its speaker, once the frame after it is read."""
        for word, speaker in self.spoken:
            entity = voice_of(word, speaker, self.ledger, self.entity_of)
            if entity is None:
                self.unresolved.add(word)
                continue
            self.entity_of[word] = entity
            self._substitute(word, word, entity, in_form_of(word, entity.full), "speaker")
            verb = agreeing_verb(word) if word.lower in ("i", "we") else None
            if verb is not None:
                self._substitute(verb.word, verb.word, entity, verb.form, "agreement")


def _mention(entity: Entity, head: Word, last: Word, unit: ParsedUnit) -> Mention:
    return Mention(
        entity, unit.sentence, last.start, role_of(head), verb_of(head), head.dep == "poss", unit.quoted, head
    )
