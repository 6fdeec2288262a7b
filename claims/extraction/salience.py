"""Which entity a pronoun stands for: the subject its grammar points to, else the one that clearly stands
out."""

from collections.abc import Mapping
from typing import Final

from claims.extraction.attribution import ParsedUnit
from claims.extraction.binding import effective_subject, governing_subjects
from claims.extraction.ledger import Entity, Ledger, Mention
from claims.extraction.lexicon import ORGANISATION_NOUNS
from claims.extraction.mentions import POINTERS, PRONOUNS, is_subject, verb_of
from claims.extraction.speech import QUOTING
from claims.extraction.tree import Word

FARTHEST: Final = 3  # sentences back
LOOKED_AT: Final = 60  # mentions back: keeps the work per pronoun constant
MOST_ENTITIES: Final = 400  # of an article with one hero; keeps the work per pronoun constant
_NEARNESS: Final = (60, 50, 30, 15)  # by sentences back
_SUBJECT: Final = 35
_OBJECT: Final = 10
_OWNER: Final = 8
_NAMED: Final = 20
_PARALLEL: Final = 12
_OFTEN: Final = 20
_OTHER_VOICE: Final = 40  # inside a quotation against outside
_ONLY_SPOKE: Final = 20  # who was named as a speaker is the one who goes on to speak, more than to act
MARGIN: Final = {"male": 14, "female": 14, "thing": 20, "plural": 20}  # a smaller lead is a guess


def choose(
    ledger: Ledger, word: Word, sort: str, unit: ParsedUnit, entity_of: Mapping[Word, Entity]
) -> Entity | None:
    """The antecedent of a third-person pronoun, None where no candidate leads clearly."""
    if is_one_of_two(word):
        return None
    for subject in governing_subjects(word):
        entity = entity_of.get(subject)
        if entity is None:
            if PRONOUNS.get(subject.lower) == sort or (sort == "thing" and subject.lower in POINTERS):
                return None  # as unclear as the one before it
            continue
        own_clause = word.tag == "PRP$" and verb_of(word) is verb_of(subject)
        if agrees(entity, sort) or may_agree(entity, sort) or (own_clause and is_somebody(entity, sort)):
            if _rival(ledger, word, sort, subject, entity) or _better_known(ledger, sort, unit, entity):
                return None
            return entity
        if sort in ("male", "female") and entity.named and entity.kind in ("thing", "organisation"):
            return None  # a person's name that was not recognised as one
    if sort in ("thing", "plural") and not (is_subject(word) or word.tag == "PRP$"):
        return None  # objects and "of it" look too many ways
    return _most_salient(ledger, word, sort, unit, barred(word, entity_of))


def is_one_of_two(word: Word) -> bool:
    """ "He and Jane left": one of the two, and not the other."""
    return word.dep == "conj" or word.child("conj") is not None


def agrees(entity: Entity, sort: str) -> bool:
    """Whether gender and number allow the pronoun to stand for the entity."""
    match sort:
        case "male" | "female":
            return entity.kind == "person" and not entity.plural and entity.gender in (None, sort)
        case "thing":
            return entity.kind != "person" and not entity.plural
        case _:
            return entity.plural or (entity.kind == "organisation" and entity.head in ORGANISATION_NOUNS)


def may_agree(entity: Entity, sort: str) -> bool:
    """A name of two words that the recogniser knows nothing of is a person's when "he" follows in its
    clause."""
    if sort in ("male", "female"):
        unknown = entity.kind == "thing" or (entity.kind == "organisation" and " " not in entity.text)
        return unknown and entity.named and not entity.plural and not entity.article
    return sort == "plural" and entity.kind == "organisation"


def is_somebody(entity: Entity, sort: str) -> bool:
    """ "A player lost their shoe"."""
    return sort == "plural" and entity.kind == "person" and not entity.named and entity.gender is None


def _better_known(ledger: Ledger, sort: str, unit: ParsedUnit, entity: Entity) -> bool:
    """Somebody just named whose gender is known, where the subject's is not: "Chris Roe said he …" of
    another."""
    if sort not in ("male", "female") or entity.gender is not None:
        return False
    lately = (m.entity for m in ledger.mentions[-LOOKED_AT:] if unit.sentence - m.sentence <= FARTHEST)
    return any(e is not entity and e.kind == "person" and e.gender == sort for e in lately)


def _rival(ledger: Ledger, word: Word, sort: str, subject: Word, entity: Entity) -> bool:
    """Somebody else named between the subject and the pronoun who would do as well."""
    if is_subject(word) or word.lower.endswith(("self", "selves")) or verb_of(word) is verb_of(subject):
        return False
    between = (m.entity for m in reversed(ledger.mentions[-LOOKED_AT:]) if subject.end <= m.at < word.start)
    return any(
        e is not entity and agrees(e, sort) and (sort != "thing" or (e.named and e.kind != "place"))
        for e in between
    )


def barred(word: Word, entity_of: Mapping[Word, Entity]) -> Entity | None:
    """The subject of an object's own clause: "they dropped them" are two."""
    if is_subject(word) or word.tag == "PRP$" or word.lower.endswith(("self", "selves")):
        return None
    verb = verb_of(word)
    subject = effective_subject(verb) if verb is not None else None
    return entity_of.get(subject) if subject is not None else None


def _most_salient(
    ledger: Ledger, word: Word, sort: str, unit: ParsedUnit, kept_out: Entity | None
) -> Entity | None:
    best: dict[int, tuple[float, Entity]] = {}
    verb = verb_of(word)
    for mention in reversed(ledger.mentions[-LOOKED_AT:]):
        back = unit.sentence - mention.sentence
        if back > FARTHEST:
            break
        entity = mention.entity
        if sort == "thing" and unit.quoted and not mention.quoted:
            continue  # what is spoken of may never have been named in the article's own words
        if entity is kept_out or not agrees(entity, sort) or excluded(mention, word, verb):
            continue
        points = points_of(mention, word, back, unit)
        if entity.number not in best or points > best[entity.number][0]:
            best[entity.number] = (points, entity)
    ranked = sorted(best.values(), key=lambda b: (-b[0], b[1].number))
    if not ranked and sort in ("male", "female"):
        return _only_one(ledger, sort)
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN[sort]):
        return None
    chosen = ranked[0][1]
    return None if _better_known(ledger, sort, unit, chosen) else chosen


def _only_one(ledger: Ledger, sort: str) -> Entity | None:
    """The one person of the article who may be called so, however long ago the name was said."""
    if len(ledger.entities) > MOST_ENTITIES:
        return None
    persons = [e for e in ledger.entities if e.named and not e.plural and agrees(e, sort)]
    return persons[0] if len(persons) == 1 and persons[0].gender == sort else None


def excluded(mention: Mention, word: Word, verb: Word | None) -> bool:
    """An object is not its own clause's subject ("he met him")."""
    if mention.verb is not verb or verb is None:
        return False
    return word.tag != "PRP$" and not word.lower.endswith(("self", "selves"))


def points_of(mention: Mention, word: Word, back: int, unit: ParsedUnit) -> float:
    """The salience of a mention `back` sentences before the pronoun (0 to `FARTHEST`), of about 100."""
    points: float = _NEARNESS[back]
    if mention.role == "subject":
        points += _SUBJECT
    elif mention.role == "object":
        points += _OBJECT
    if mention.owner:
        points += _OWNER
    if mention.entity.named:
        points += _NAMED
    if is_subject(word) and mention.role == "subject":
        points += _PARALLEL
    above = verb_of(word)
    if mention.verb is not None and mention.verb.lemma in QUOTING:
        points -= _ONLY_SPOKE * (above is None or above.lemma not in QUOTING)
    if mention.quoted != unit.quoted:
        points -= _OTHER_VOICE
    return points + min(_OFTEN, 2 * mention.entity.mentions)
