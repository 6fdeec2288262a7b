"""Where an article's claims take place: the match told of last, or the event named in title and lead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.encounters import Encounter
from claims.extraction.ledger import Entity, Ledger
from claims.extraction.lexicon import EVENT_NOUNS


@dataclass(frozen=True, slots=True)
class Setting:
    """An event; `noun` says what sort of event, start..end is where the article names it."""

    text: str
    noun: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scene:
    """The setting of each unit by its start; where none is given the article has none there."""

    event: Setting | None
    matches: tuple[tuple[int, Setting], ...]

    def at(self, start: int) -> Setting | None:
        """The match told of at or before this offset, else the article's event."""
        told = [setting for begin, setting in self.matches if begin <= start]
        return told[-1] if told else self.event


NOWHERE = Scene(None, ())
MOST_MATCHES = 200  # told of in one article; beyond that it is a table


def set_scene(ledger: Ledger, told: Sequence[tuple[int, Encounter]], title: str) -> Scene:
    """The scene of an article; matches count only where it speaks of a match or a game."""
    sports = bool(ledger.common & {"match", "game"})
    matches = [
        (at, Setting(e.text, e.noun, e.sides[0].start, e.sides[0].end))
        for at, e in told
        if sports and e.noun == "match"
    ]
    return Scene(_event(ledger, title), tuple(matches[:MOST_MATCHES]))


def _event(ledger: Ledger, title: str) -> Setting | None:
    """The event that the title and the first sentences name."""
    titled = frozenset(re.findall(r"[^\W_]+", title.lower()))
    events = [e for e in ledger.entities if e.leading and e.is_event and _is_in(e, titled)]
    if not events:
        return None
    event = max(events, key=lambda e: (e.mentions, -e.number))
    noun = next((w for w in event.text.lower().split() if w in EVENT_NOUNS), event.head)
    return Setting(event.full, noun, event.start, event.end)


def _is_in(entity: Entity, titled: frozenset[str]) -> bool:
    """Whether the title has most words of a name of two words or more."""
    named = [w for w in re.findall(r"[^\W_]+", entity.text.lower()) if w != "the"]
    return len(named) > 1 and 3 * sum(w in titled for w in named) >= 2 * len(named)
