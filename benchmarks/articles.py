"""Made-up news for measuring: any number of articles of some 500 words, no two alike, all names invented."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

WORDS = 500
FIRST_DAY = date(2024, 1, 1)

_STARTS = ("Bar", "Bel", "Cor", "Dal", "Fen", "Gar", "Hal", "Kel", "Lan", "Mar", "Nor", "Pel", "Ran", "Tor")
_MIDDLES = ("a", "an", "ar", "e", "el", "en", "i", "il", "in", "o", "ol", "or", "u", "un", "ur")
_ENDS = ("bach", "berg", "dale", "den", "ford", "holm", "ley", "mond", "mouth", "ness", "port", "stad", "vik")
_FIRST = ("Ada", "Anton", "Boris", "Clara", "David", "Elena", "Emil", "Frida", "Greta", "Hugo", "Ida", "Nils")
_ROLES = (
    "mayor", "finance minister", "chief economist", "police spokesman", "head of the port authority",
    "opposition leader", "union president", "deputy governor", "director of the institute", "prosecutor",
)  # fmt: skip
_BODIES = (
    "city council", "regional court", "central bank", "health ministry", "rail company", "university",
    "election commission", "farmers' association", "energy regulator", "port authority",
)  # fmt: skip
_THINGS = (
    "bridge", "hospital", "harbour", "power station", "railway line", "stadium", "school", "reservoir",
    "airport terminal", "housing estate",
)  # fmt: skip
_SENTENCES = (
    "The {body} of {place} approved a budget of {number} million euros for the new {thing} on {weekday}.",
    "{first} {name}, the {role} of {place}, said the {thing} would open in {month} {year}.",
    "“We have waited {small} years for this {thing},” {name} told reporters in {place}.",
    "Unemployment in {place} fell to {small}.{digit} percent in {month}, from {ten} percent a year earlier.",
    "The {thing}, which was built in {past}, has been closed since {month} after engineers found cracks.",
    "About {number} people live in {place}, and {small} of {ten} of them work for the {body}.",
    "{name} denied that the {body} had known of the report before {weekday}.",
    "The {body} has until {month} {day} to appeal, but the {role} said it would not do so.",
    "According to the {body}, {number} tons of grain passed through {place} last year.",
    "The two towns of {place} and {other} signed an agreement on the {thing} in {past}.",
    "If the {body} refuses, {place} will lose {number} jobs and its only {thing}.",
    "Police in {other} arrested {small} men on {weekday} and searched {ten} houses.",
    "“That is wrong, and the {role} knows it,” said {first} {name}, who leads the {body}.",
    "The price of electricity rose by {small} percent in {month} and by {ten} percent in all of {past}.",
    "{name} was elected in {past} with {ten}.{digit} percent of the vote.",
    "Work on the {thing} began in {past}, was stopped twice, and cost {number} million euros in the end.",
    "Critics say the {body} spent too much on the {thing} while schools in {other} went without heating.",
    "He added that the {thing} could be finished by {month} unless the winter is hard.",
    "The {role} refused to comment.",
    "In {past}, the {body} counted {number} visitors, more than twice as many as in the year before.",
)


@dataclass(frozen=True)
class Made:
    """An invented article."""

    url: str
    title: str
    published_on: date
    publisher: str
    text: str


def articles(number: int, *, first: int = 0) -> Iterator[Made]:
    """The articles `first` to `first + number - 1`; each is always the same."""
    for n in range(first, first + number):
        yield _article(n)


def _article(n: int) -> Made:
    chance = Random(n)
    about = _facts(chance)
    title = f"{about['place']}: {about['body']} decides on {about['thing']}"
    paragraphs, words = [], 0
    while words < WORDS:
        # One fact in two is the article's own: the same people and places come back.
        facts = [{k: chance.choice((v, about[k])) for k, v in _facts(chance).items()} for _ in range(3)]
        chosen = zip(chance.sample(_SENTENCES, 3), facts, strict=True)
        paragraph = " ".join(sentence.format(**values) for sentence, values in chosen)
        paragraphs.append(paragraph)
        words += len(paragraph.split())
    return Made(
        url=f"https://daily.example/{n}",
        title=title,
        published_on=FIRST_DAY + timedelta(days=n % 700),
        publisher=f"{_ENDS[n % len(_ENDS)].capitalize()} Daily",
        text="\n\n".join(paragraphs),
    )


def _facts(chance: Random) -> dict[str, str]:
    return {
        "place": _town(chance),
        "other": _town(chance),
        "name": _town(chance),
        "first": chance.choice(_FIRST),
        "role": chance.choice(_ROLES),
        "body": chance.choice(_BODIES),
        "thing": chance.choice(_THINGS),
        "number": f"{chance.randrange(100, 90_000):,}",
        "small": str(chance.randrange(2, 10)),
        "ten": str(chance.randrange(10, 60)),
        "digit": str(chance.randrange(1, 10)),
        "day": str(chance.randrange(1, 29)),
        "month": calendar.month_name[chance.randrange(1, 13)],
        "weekday": calendar.day_name[chance.randrange(7)],
        "year": str(chance.randrange(2024, 2030)),
        "past": str(chance.randrange(1950, 2024)),
    }


def _town(chance: Random) -> str:
    return chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_MIDDLES) + chance.choice(_ENDS)
