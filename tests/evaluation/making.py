"""Ideal claims and extracted ones, made short."""

from dataclasses import dataclass
from datetime import date

from claims.evaluation import GoldArticle, GoldClaim

FIRST = "Ada Brook, who runs the mill at Elm End, sold it to Finch Foods in May for $3 million."
SECOND = "It has 40 workers."
TEXT = f"{FIRST} {SECOND}\n\nRead more about mills"


@dataclass(frozen=True)
class Said:
    text: str
    sentence: str = FIRST
    claimant: str | None = None
    when: str | None = None


def gold(text: str = "Ada Brook sold the mill.", **given) -> GoldClaim:
    values = {
        "sentence": FIRST,
        "elements": (("Brook",), ("sold",)),
        "standalone": (),
        "claimants": (),
        "when": None,
        "kind": "event",
        "priority": 2,
    }
    return GoldClaim(text=text, **(values | given))


SALE = gold(when="2024-05", standalone=(("Elm End", "mill"),))
RUNS = gold("Ada Brook runs the mill at Elm End.", elements=(("Brook",), ("runs",)), priority=1)
WORKERS = gold(
    "The mill at Elm End has 40 workers.",
    sentence=SECOND,
    elements=(("40",), ("worker",)),
    standalone=(("mill",),),
    claimants=("Ada Brook", "Brook"),
)


def article(*claims: GoldClaim, text: str = TEXT) -> GoldArticle:
    return GoldArticle("mill", "Mill sold", date(2024, 6, 1), text, claims, ("Read more about mills",))
