"""Which entity a pronoun stands for: the nearest that agrees and stands out; none where two are about equal."""

from typing import Final

from claims.extraction.attribution import ParsedUnit
from claims.extraction.ledger import Entity, Ledger, Mention
from claims.extraction.lexicon import REPORTING
from claims.extraction.mentions import is_subject, verb_of
from claims.extraction.tree import Word

FARTHEST: Final = 3  # sentences back
LOOKED_AT: Final = 60  # mentions back: keeps the work per pronoun constant
_NEARNESS: Final = (60, 50, 30, 15)  # by sentences back
_SUBJECT: Final = 35
_OBJECT: Final = 10
_OWNER: Final = 8
_NAMED: Final = 10
_PARALLEL: Final = 12
_OWN_CLAUSE: Final = 30  # "his" after the subject of its own clause
_REPORTER: Final = 25  # "Roe said he …"
_OFTEN: Final = 8
MARGIN: Final = 12  # calibrated on the gold articles: a smaller lead is a guess


def choose(ledger: Ledger, word: Word, sort: str, unit: ParsedUnit) -> Entity | None:
    """The antecedent of a third-person pronoun, None where no candidate leads clearly."""
    best: dict[int, tuple[float, Entity]] = {}
    verb = verb_of(word)
    for mention in reversed(ledger.mentions[-LOOKED_AT:]):
        back = unit.sentence - mention.sentence
        if back > FARTHEST:
            break
        entity = mention.entity
        if not _agrees(entity, sort, word) or _excluded(mention, word, verb):
            continue
        points = _points(mention, word, verb, back)
        if entity.number not in best or points > best[entity.number][0]:
            best[entity.number] = (points, entity)
    ranked = sorted(best.values(), key=lambda b: (-b[0], b[1].number))
    if not ranked:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
        return None
    return ranked[0][1]


def _agrees(entity: Entity, sort: str, word: Word) -> bool:
    match sort:
        case "male" | "female":
            return entity.kind == "person" and not entity.plural and entity.gender in (None, sort)
        case "thing":
            return entity.kind != "person" and not entity.plural
        case _:
            return entity.plural or (entity.kind == "organisation" and not entity.named)


def _excluded(mention: Mention, word: Word, verb: Word | None) -> bool:
    """An object is not its own clause's subject ("he met him")."""
    if mention.verb is not verb or verb is None:
        return False
    if word.tag == "PRP$" or word.lower.endswith(("self", "selves")):
        return False
    return True


def _points(mention: Mention, word: Word, verb: Word | None, back: int) -> float:
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
    if back == 0 and mention.role == "subject":
        if word.tag == "PRP$" and mention.verb is verb:
            points += _OWN_CLAUSE
        if verb is not None and mention.verb is not None and mention.verb in verb.ancestors():
            points += _REPORTER if mention.verb.lemma in REPORTING else _PARALLEL
    return points + min(_OFTEN, 2 * mention.entity.mentions)
