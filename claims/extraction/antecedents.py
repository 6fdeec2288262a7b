"""What speaks for and against each candidate that a pronoun may stand for, as numbers for likelihood.py.

Only what is known up to the pronoun counts, as for the rules of salience.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.extraction.attribution import ParsedUnit, Speaker
from claims.extraction.binding import governing_subjects
from claims.extraction.ledger import Entity, Ledger, Mention
from claims.extraction.lexicon import ORGANISATION_NOUNS, PERSON_NOUNS
from claims.extraction.mentions import PRONOUNS, is_subject, verb_of
from claims.extraction.salience import (
    FARTHEST,
    LOOKED_AT,
    agrees,
    barred,
    excluded,
    is_one_of_two,
    is_somebody,
    may_agree,
    points_of,
)
from claims.extraction.speech import QUOTING
from claims.extraction.tree import NOUN_TAGS, Word

MOST: Final = 14  # candidates, the nearest first
LONG_AGO: Final = 6  # sentences back, for names of persons
_EMBEDDED: Final = frozenset({"advcl", "relcl", "ccomp", "acl", "pcomp", "csubj"})
_GENDERED: Final = ("male", "female")


@dataclass(frozen=True, slots=True)
class Case:
    """A pronoun of the sort "male", "female", "thing" or "plural", its candidates, the rules' choice.

    `fit`: which candidates may be taken; the others only make those less likely.
    `rows`: (candidates, features), without a unit, most of them from 0 to 1. `chosen` is an index into
    `candidates`, -1 where the rules declined.
    """

    pronoun: Word
    sort: str
    candidates: tuple[Entity, ...]
    fit: tuple[bool, ...]
    chosen: int
    rows: NDArray[np.float32]


@dataclass(slots=True)
class _Seen:
    """What the last mentions tell of one entity; `nearest` is its last mention."""

    nearest: Mention
    rank: int  # entities mentioned after it
    apart: int  # mentions after it
    points: float
    count: int = 0
    pronouns: int = 0
    subject_here: bool = False
    subject_before: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """The pronoun and what it stands in."""

    word: Word
    sort: str
    unit: ParsedUnit
    verb: Word | None
    verbs: frozenset[Word]  # above it
    governing: list[Entity | None]
    speaker: frozenset[str]  # of the quotation it stands in
    titled: frozenset[str]
    topic: str
    shared: list[float] = field(default_factory=list)


def consider(
    ledger: Ledger,
    word: Word,
    sort: str,
    unit: ParsedUnit,
    speaker: Speaker | None,
    entity_of: Mapping[Word, Entity],
    chosen: Entity | None,
    titled: frozenset[str],
) -> Case | None:
    """The case of a third-person pronoun; None where nobody named lately may be meant, or the rules chose
    somebody named long ago.

    `chosen` is the rules' choice, `titled` the words of the article's title in lower case.
    """
    verb = verb_of(word)
    seen = _seen_lately(ledger, word, sort, unit, verb, entity_of, chosen)
    if not seen or (chosen is not None and chosen not in seen):
        return None
    topic = ledger.acquaintance.topic
    place = _Place(
        word,
        sort,
        unit,
        verb,
        frozenset(a for a in word.ancestors() if a.tag.startswith("VB")),
        [entity_of.get(s) for s in governing_subjects(word)],
        frozenset(w.lower for w in speaker) if speaker and unit.quoted else frozenset(),
        titled,
        topic.text if topic is not None else "",
    )
    candidates = tuple(seen)
    place.shared.extend(_of_pronoun(place, candidates, chosen))
    leads = _leads([s.points for s in seen.values()])
    most = max(e.mentions for e in candidates)
    rows = [
        [
            *place.shared,
            *_of_entity(entity, place, most),
            *_of_mention(known, place),
            *_of_standing(entity, known, place, candidates),
            entity is chosen,
            min(1.5, known.points / 100),
            lead,
        ]
        for (entity, known), lead in zip(seen.items(), leads, strict=True)
    ]
    at = candidates.index(chosen) if chosen is not None else -1
    fit = tuple(_may_be_taken(e, sort, known.nearest.head) for e, known in seen.items())
    return Case(word, sort, candidates, fit, at, np.array(rows, np.float32))


def _seen_lately(
    ledger: Ledger,
    word: Word,
    sort: str,
    unit: ParsedUnit,
    verb: Word | None,
    entity_of: Mapping[Word, Entity],
    chosen: Entity | None,
) -> dict[Entity, _Seen]:
    """The candidates, the nearest first."""
    kept_out = barred(word, entity_of)
    seen: dict[Entity, _Seen] = {}
    passed: set[Entity] = set()
    for apart, mention in enumerate(reversed(ledger.mentions[-LOOKED_AT:])):
        back = unit.sentence - mention.sentence
        if back > LONG_AGO:
            break
        entity = mention.entity
        known = seen.get(entity)
        if known is None:
            if entity in passed or len(seen) == MOST:
                continue
            if entity is not chosen and (
                entity is kept_out or not _may_be(entity, sort, back) or excluded(mention, word, verb)
            ):
                passed.add(entity)
                continue
            points = points_of(mention, word, min(back, FARTHEST), unit)
            known = seen[entity] = _Seen(mention, len(seen), apart, points)
        elif mention.role == "subject" and back <= FARTHEST:
            known.points = max(known.points, points_of(mention, word, back, unit))
        known.count += 1
        known.pronouns += mention.head is not None and mention.head.lower in PRONOUNS
        if mention.role == "subject":
            known.subject_here |= back == 0
            known.subject_before |= back == 1
    return seen


def _may_be(entity: Entity, sort: str, back: int) -> bool:
    """Whether to weigh it at all: more than the rules would take, since what competes makes them unsure."""
    if back > FARTHEST and not (entity.named and sort in _GENDERED):
        return False
    return agrees(entity, sort) or may_agree(entity, sort) or is_somebody(entity, sort)


def _may_be_taken(entity: Entity, sort: str, head: Word | None) -> bool:
    """Whether it may be taken against the rules: no organisation for "he", and nobody of "A and B left", who
    are equals."""
    if head is not None and is_one_of_two(head):
        return False
    return agrees(entity, sort) or (sort in _GENDERED and entity.label == "PERSON")


def _leads(points: list[float]) -> list[float]:
    """How far each is ahead of the best other, in hundreds."""
    if len(points) == 1:
        return [1.0]
    second, best = sorted(points)[-2:]
    return [max(-1.0, min(1.0, (p - (second if p == best else best)) / 100)) for p in points]


def _of_pronoun(place: _Place, candidates: tuple[Entity, ...], chosen: Entity | None) -> Iterator[float]:
    """The same for all candidates."""
    word, verb = place.word, place.verb
    yield is_subject(word)
    yield word.tag == "PRP$"
    yield word.dep in ("dobj", "dative")
    yield word.dep == "pobj"
    yield word.lower.endswith(("self", "selves"))
    yield place.unit.quoted
    yield bool(place.speaker)
    yield log1p(word.i) / 4
    yield verb is not None and verb.dep in _EMBEDDED
    yield verb is not None and verb.lemma in QUOTING
    yield verb is not None and verb.lemma == "be"
    yield verb is not None and verb.child("ccomp", "xcomp", "advcl") is not None
    yield verb is not None and verb.child("acomp", "attr") is not None
    yield len(place.verbs) / 3
    yield place.sort == "female"
    yield place.sort == "thing"
    yield place.sort == "plural"
    yield log1p(len(candidates)) / 3
    yield sum(e.named for e in candidates) / 5
    yield sum(e.gender == place.sort for e in candidates) / 4
    yield chosen is None
    yield bool(place.governing)
    yield bool(place.governing) and place.governing[0] is None
    yield chosen is not None and chosen in place.governing


def _of_entity(entity: Entity, place: _Place, most: int) -> Iterator[float]:
    """What it is, wherever it was mentioned."""
    text = entity.text.lower().split()
    yield agrees(entity, place.sort)
    yield entity.kind == "person"
    yield entity.kind == "organisation"
    yield entity.kind == "place"
    yield entity.named
    yield entity.plural
    yield entity.gender == place.sort
    yield entity.gender is None
    yield entity.label == "PERSON"
    yield entity.label == "ORG"
    yield entity.label in ("GPE", "LOC")
    yield entity.label == "NORP"
    yield not entity.label
    yield bool(entity.roles)
    yield bool(entity.speaks_for)
    yield entity.clear
    yield entity.holds_name
    yield entity.article
    yield entity.head in ORGANISATION_NOUNS
    yield entity.head in PERSON_NOUNS
    yield len(text) == 1
    yield min(1.0, len(text) / 8)
    yield entity.plural and "and" in text
    yield log1p(entity.mentions) / 3
    yield entity.mentions / most
    yield min(1.0, entity.in_full / 3)
    yield entity.leading
    yield entity.named and text[-1] in place.titled
    yield entity.text == place.topic
    yield entity.named and text[-1] in place.speaker


def _of_mention(known: _Seen, place: _Place) -> Iterator[float]:
    """Where it was mentioned last."""
    mention = known.nearest
    back = place.unit.sentence - mention.sentence
    verb = mention.verb
    yield back == 0
    yield back == 1
    yield back >= 2
    yield max(0, back - 2) / 4
    yield mention.at > place.word.start
    yield log1p(abs(place.word.start - mention.at)) / 7
    yield mention.role == "subject"
    yield mention.role == "object"
    yield mention.owner
    yield from _of_head(mention.head)
    yield mention.quoted == place.unit.quoted
    yield mention.role == "subject" and is_subject(place.word)
    yield mention.owner and place.word.tag == "PRP$"
    yield verb is not None and verb.lemma in QUOTING
    yield verb is not None and verb is place.verb
    yield verb is not None and verb in place.verbs
    yield verb is not None and place.verb is not None and verb.lemma == place.verb.lemma
    yield verb is not None and verb.head is verb
    yield verb is not None and verb.dep in _EMBEDDED
    yield place.verb is not None and verb is place.verb.head


def _of_head(head: Word | None) -> Iterator[float]:
    if head is None:
        yield from (0, 0, 0, 0, 0)
        return
    yield head.lower in PRONOUNS
    yield head.dep == "pobj"
    yield head.dep == "pobj" and head.head.head.tag in NOUN_TAGS  # "the head of Acme": Acme
    yield head.dep == "conj"
    yield head.dep in ("appos", "attr")


def _of_standing(
    entity: Entity, known: _Seen, place: _Place, candidates: tuple[Entity, ...]
) -> Iterator[float]:
    """How it stands beside the other candidates."""
    governing = place.governing
    yield min(1.0, known.rank / 6)
    yield known.rank == 0
    yield log1p(known.apart) / 4
    yield log1p(known.count) / 3
    yield min(1.0, known.pronouns / 3)
    yield known.subject_here
    yield known.subject_before
    yield bool(governing) and governing[0] is entity
    yield entity in governing[1:]
    yield len(candidates) == 1
    yield place.sort in _GENDERED and all(
        e is entity or (e.gender is None and entity.gender is not None) for e in candidates
    )
    yield all(e is entity or not e.named for e in candidates)
    yield all(e.number >= entity.number for e in candidates)
