"""What a first reading of an article tells of the persons in it, for the second: full names and genders.

News prose may say "Roe" in its first sentence, "Jane Roe" in its third and "she" only in its fifth.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from claims.extraction.ledger import Acquaintance, Entity, Ledger
from claims.extraction.names import Gender
from claims.extraction.topics import find_topic

FEWEST_VOTES: Final = 2
FEWEST_OF_HERO: Final = 5  # mentions
LEAD_OF_HERO: Final = 1.5
MUCH_MORE_OFTEN: Final = 3
CLEAR_SHARE: Final = 0.75  # of the pronouns that were taken for this name


def learn(ledger: Ledger, votes: Mapping[Entity, Counter[Gender]]) -> Acquaintance:
    """What the ledger of a whole article and the pronouns resolved in it tell of its persons."""
    owners = {
        surname: persons[0]
        for surname, persons in ledger.by_surname.items()
        if len(persons) == 1 and persons[0].text.lower().endswith(f" {surname}")
    }
    doubtful = frozenset(
        surname for surname, owner in owners.items() if _may_be_another(ledger, surname, owner)
    )
    owners = {surname: owner for surname, owner in owners.items() if surname not in doubtful}
    for surname, namesakes in ledger.by_surname.items():
        main = _main_of(surname, namesakes)
        if main is not None:
            owners[surname] = main
    genders: dict[str, Gender] = {}
    for entity, cast in votes.items():
        gender, count = cast.most_common(1)[0]
        if entity.named and count >= FEWEST_VOTES and count >= CLEAR_SHARE * cast.total():
            genders[entity.text.lower()] = gender
    nobodys = frozenset(
        e.text.lower()
        for e in ledger.entities
        if e.named and e.kind == "person" and " " not in e.text and not e.roles and e not in votes
    )
    impersonal = nobodys - set(ledger.by_surname)
    return Acquaintance(owners, genders, impersonal, doubtful, find_topic(ledger, impersonal), _hero(ledger))


def _hero(ledger: Ledger) -> Entity | None:
    """The person of the lead who is spoken of much more often than any other."""
    persons = sorted(
        (e for e in ledger.entities if e.kind == "person" and e.named and not e.plural),
        key=lambda e: -e.mentions,
    )
    if not persons or not persons[0].leading or persons[0].mentions < FEWEST_OF_HERO:
        return None
    second = persons[1].mentions if len(persons) > 1 else 0
    return persons[0] if persons[0].mentions >= LEAD_OF_HERO * second else None


def _main_of(surname: str, namesakes: Sequence[Entity]) -> Entity | None:
    """Of several persons with a surname the one the article is about, whom it calls by the surname alone."""
    bearers = [e for e in namesakes if e.text.lower().endswith(f" {surname}")]
    leading = [e for e in bearers if e.leading]
    if len(bearers) < 2 or len(leading) != 1:
        return None
    others = sum(e.mentions for e in bearers if e is not leading[0])
    return leading[0] if leading[0].mentions >= MUCH_MORE_OFTEN * others else None


def _may_be_another(ledger: Ledger, surname: str, owner: Entity) -> bool:
    """Whether the bare surname stood first and its only full name comes late and once: who is so well known
    that the surname will do may be another of that name."""
    bare = [e for e in ledger.by_name.get(surname, ()) if e is not owner and e.start < owner.start]
    return bool(bare) and owner.in_full < 2 and not owner.leading
