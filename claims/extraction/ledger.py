"""The entities of an article in the order they are named: who "he", "the company" or "Roe" may stand for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from claims.extraction.countries import STATES
from claims.extraction.lexicon import (
    EVENT_NOUNS,
    FACILITIES,
    FEMALE_NOUNS,
    MALE_NOUNS,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    TITLE_ROLES,
)
from claims.extraction.names import Gender
from claims.extraction.proper_names import (
    EntityKind,
    gender_of,
    gender_of_title,
    has_article,
    head_of_name,
    inner_title,
    is_initial,
    kind_of_name,
    label_of,
    modifiers_of,
    represented_by,
    surname_of,
    title_or_given,
    without_title,
    words_text,
)
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

Role = Literal["subject", "object", "other"]


_PLURAL_IN_SENSE = word_set("police people folk public crew staff family cattle")
_WITH_ARTICLE = word_set(
    "party department court council committee commission ministry agency association union board museum"
)
MOST_NAMESAKES = 8  # two are enough to make a surname ambiguous; this keeps the look-up constant


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something named in the article. `text` is what stands in for it; votes gather as it is
    seen."""

    number: int
    text: str
    start: int
    end: int
    kind: EntityKind
    label: str
    plural: bool
    named: bool
    head: str
    gender: Gender | None = None
    mentions: int = 1
    clear: bool = True  # its text stands alone: no pronoun left in it
    article: bool = False  # a name said with "the"
    in_full: int = 0  # mentions by more than a surname
    speaks_for: str = ""  # the organisation or team whose spokesman, chief or coach a person is
    leading: bool = False  # named in the first sentences
    holds_name: bool = False
    roles: set[str] = field(default_factory=set)

    @property
    def is_event(self) -> bool:
        """Something that takes place and has a name: "the Berlin marathon", "Fan Expo"."""
        if not (self.named or self.holds_name) or self.plural or not self.clear or self.kind == "person":
            return False
        if self.head in FACILITIES or self.head in ORGANISATION_NOUNS:
            return False
        return self.head in EVENT_NOUNS or (
            self.named and any(w in EVENT_NOUNS for w in self.text.lower().split())
        )

    @property
    def short(self) -> str:
        """The text up to its noun, where that holds a name: "the Acme poll" for "the Acme poll of voters"."""
        before, noun, _ = self.text.partition(f" {self.head}")
        return before + noun if any(w[:1].isupper() for w in before.split()) else self.full

    @property
    def full(self) -> str:
        """The text with the article its name takes."""
        return f"the {self.text}" if self.article and self.kind != "person" else self.text


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an entity was mentioned: sentence number and place in it, and its grammatical role there.

    `head` is the head of the words, None where they are a whole sentence that tells of it.
    """

    entity: Entity
    sentence: int
    at: int
    role: Role
    verb: Word | None
    owner: bool
    quoted: bool
    head: Word | None = None


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """The person whom each surname belongs to, genders by full name, single names that are nobody's, surnames
    that may be another's (all in lower case), the organisation and the person that the article is about."""

    owners: Mapping[str, Entity] = field(default_factory=dict)
    genders: Mapping[str, Gender] = field(default_factory=dict)
    impersonal: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    topic: Entity | None = None
    hero: Entity | None = None


@dataclass(slots=True)
class Ledger:
    """Entities and mentions up to a point of the text."""

    common: frozenset[str] = frozenset()  # words the article writes without a capital
    acquaintance: Acquaintance = field(default_factory=Acquaintance)
    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    # Organisations and places named before a noun ("Acme Party chairman"), with the sentence.
    within: list[tuple[Entity, int]] = field(default_factory=list)
    by_name: dict[str, list[Entity]] = field(default_factory=dict)
    by_role: dict[str, list[Entity]] = field(default_factory=dict)
    by_surname: dict[str, list[Entity]] = field(default_factory=dict)
    by_head: dict[str, list[Entity]] = field(default_factory=dict)  # bodies of two words or more, by the noun
    most: dict[str, int] = field(default_factory=dict)  # mentions by name, of the leader of each label

    def name(self, words: list[Word]) -> Entity:
        """The entity of a proper name: known under this name, this surname, or new."""
        if words[-1].tag == "POS" and len(words) > 1 and self.called(words_text(words[:-1])):
            words = words[:-1]
        plain = without_title(words)
        key = " ".join(w.lower for w in plain if not is_initial(w))
        title = gender_of_title(words)
        known = self._known(key, title, single=len(plain) == 1)
        if known is None:
            known = self._expected(words, plain, title)
        if known is None:
            known = self._new_name(words, words if title and len(plain) == 1 else plain)
            known.gender = title
            self.by_name.setdefault(key, []).append(known)
        else:
            known.mentions += 1
            if known.kind != "person" and self._kind(words) == "person" and title_or_given(words):
                known.kind = "person"
        known.in_full += len(plain) > 1
        self.most[known.label] = max(self.most_mentions(known.label), known.mentions)
        known.article = known.article or has_article(words)
        self._vote(known, words)
        return known

    def name_within(self, words: list[Word], sentence: int) -> None:
        """Remember the body or state before a noun: "Acme Party" in "Acme Party chairman"."""
        text = words_text(words)
        body = len(words) > 1 and words[-1].lower in ORGANISATION_NOUNS
        if not body and text.lower() not in STATES:
            return
        entity = self.called(text) or next((e for e, _ in self.within if e.text == text), None)
        if entity is None:
            entity = self._new_name(words, words)
            entity.article = words[-1].lower in _WITH_ARTICLE
        self.within.append((entity, sentence))

    def lead_with(self, title: str) -> None:
        """What the title names leads the article."""
        titled = set(re.findall(r"\w+", title.lower()))
        for entity in self.entities:
            names = re.findall(r"\w+", entity.text.lower())
            surname = entity.kind == "person" and bool(names) and names[-1] in titled
            alone = surname and len(self.by_surname.get(names[-1], ())) == 1
            entity.leading |= entity.named and (alone or set(names) <= titled)

    def most_mentions(self, label: str) -> int:
        """Of the entity named most often among those of the recogniser's label; 0 where there is none."""
        return self.most.get(label, 0)

    def called(self, name: str) -> Entity | None:
        """The entity of exactly this name."""
        same = self.by_name.get(name.lower(), [])
        return same[0] if len(same) == 1 else None

    def _known(self, key: str, title: Gender | None, *, single: bool) -> Entity | None:
        """The one entity under this name, or with this surname, that the title does not contradict."""
        same = [e for e in self.by_name.get(key, ()) if title is None or e.gender in (None, title)]
        if single and key in self.acquaintance.doubtful:
            return same[0] if len(same) == 1 else None
        owners = [e for e in self.by_surname.get(key, ()) if title is None or e.gender in (None, title)]
        if single and len(owners) == 1:
            return owners[0]
        if single and key in self.acquaintance.owners:
            most = [e for e in owners if e.text == self.acquaintance.owners[key].text]
            return most[0] if len(most) == 1 else None
        if not single and not same:
            return self._by_outer_names(key)
        return same[0] if len(same) == 1 or (same and not owners and title is not None) else None

    def _by_outer_names(self, key: str) -> Entity | None:
        """ "Jane Doe" after "Jane Roe Doe" or the other way round, and "Roe Doe" after both."""
        parts = key.split()
        found = []
        for entity in self.by_surname.get(parts[-1], ()):
            names = [n for n in entity.text.lower().split() if len(n.rstrip(".")) > 1]
            outer = 2 in (len(names), len(parts)) and (names[0], names[-1]) == (parts[0], parts[-1])
            if outer or (len(parts) < len(names) and names[-len(parts) :] == parts):
                found.append(entity)
        return found[0] if len(found) == 1 else None

    def _expected(self, words: list[Word], plain: list[Word], title: Gender | None) -> Entity | None:
        """The person whose full name is still to come, where this is a bare surname."""
        owner = self.acquaintance.owners.get(plain[0].lower) if len(plain) == 1 else None
        if (
            owner is None
            or label_of(words) in ("GPE", "LOC")
            or (title and owner.gender not in (None, title))
        ):
            return None
        entity = replace(
            owner, number=len(self.entities), mentions=1, roles=set(), speaks_for="", leading=False
        )
        self.entities.append(entity)
        for name in (plain[0].lower, owner.text.lower()):
            self.by_name.setdefault(name, []).append(entity)
        for part in (owner.text.lower().split()[0], plain[0].lower):
            self.by_surname.setdefault(part, []).append(entity)
        return entity

    def _new_name(self, words: list[Word], plain: list[Word]) -> Entity:
        label = label_of(words)
        entity = Entity(
            number=len(self.entities),
            text=words_text(plain),
            start=plain[0].start,
            end=plain[-1].end,
            kind=self._kind(words),
            label=label,
            plural=words[-1].tag == "NNPS" and label != "GPE" and (label != "ORG" or has_article(words)),
            named=True,
            head=head_of_name(words).lemma.lower(),
        )
        self.entities.append(entity)
        if entity.head in ORGANISATION_NOUNS and len(plain) > 1:
            bodies = self.by_head.setdefault(entity.head, [])
            if len(bodies) < MOST_NAMESAKES and entity.text not in (b.text for b in bodies):
                bodies.append(entity)
        if entity.kind == "person" and len(plain) > 1:
            for part in (surname_of(plain), plain[0].lower):
                owners = self.by_surname.setdefault(part, [])
                if len(owners) < MOST_NAMESAKES:
                    owners.append(entity)
        return entity

    def _kind(self, words: list[Word]) -> EntityKind:
        """The recogniser calls ships and storms persons; a word that is common in the article is no part
        of a name."""
        kind = kind_of_name(words)
        if kind != "person" or title_or_given(words):
            return kind
        common = any(w.lower in self.common for w in words)
        return "thing" if common or words_text(words).lower() in self.acquaintance.impersonal else kind

    def thing(self, head: Word, phrase: list[Word], text: str) -> Entity:
        """A new entity for a phrase with a common noun."""
        lemma = head.lemma
        kind: EntityKind = "thing"
        if lemma in PERSON_NOUNS or head.lower in PERSON_NOUNS:
            kind = "person"
        elif lemma in ORGANISATION_NOUNS:
            kind = "organisation"
        elif lemma in PLACE_NOUNS:
            kind = "place"
        gender: Gender | None = "female" if lemma in FEMALE_NOUNS else "male" if lemma in MALE_NOUNS else None
        plural = head.tag == "NNS" or lemma in _PLURAL_IN_SENSE
        entity = Entity(
            len(self.entities), text, phrase[0].start, phrase[-1].end, kind, "", plural, False, lemma, gender
        )
        self.entities.append(entity)
        return entity

    def event(self, noun: str, text: str, first: Entity) -> Entity:
        """A new entity for a match or meeting of named sides, the first of them `first`."""
        entity = Entity(
            number=len(self.entities),
            text=text,
            start=first.start,
            end=first.end,
            kind="thing",
            label="",
            plural=False,
            named=False,
            head=noun,
            holds_name=True,
        )
        self.entities.append(entity)
        return entity

    def add_role(self, entity: Entity, role: str) -> None:
        """Remember what somebody was called: "mayor", "boy"."""
        if role not in entity.roles:
            entity.roles.add(role)
            self.by_role.setdefault(role, []).append(entity)

    def _vote(self, entity: Entity, words: list[Word]) -> None:
        roles = {w.lower for w in modifiers_of(words) if w.child("compound") is None}
        at = inner_title(words)
        if at and words[at - 1].lower in PERSON_NOUNS:
            roles.add(words[at - 1].lower)
        for title in (w.lower.rstrip(".") for w in words):
            roles.update(TITLE_ROLES.get(title, ()))
        for role in roles:
            self.add_role(entity, role)
        entity.speaks_for = entity.speaks_for or represented_by(words)
        if entity.gender is None and entity.kind == "person":
            entity.gender = gender_of(words, roles)
        met = self.acquaintance.genders.get(entity.text.lower())
        if entity.gender is None and met is not None:
            entity.gender, entity.kind = met, "person"
