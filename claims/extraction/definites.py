"""What "the treaty" or "this company" stands for: something named before with the same noun, or of that
sort."""

from dataclasses import dataclass
from typing import Final

from claims.extraction.attribution import ParsedUnit
from claims.extraction.countries import COUNTRIES, STATES
from claims.extraction.edges import has_comma_before, left_edge
from claims.extraction.ledger import Entity, Ledger
from claims.extraction.lexicon import (
    EPITHETS,
    EVENT_NOUNS,
    FEMALE_NOUNS,
    FIRM_WORDS,
    MALE_NOUNS,
    NOUNS_OF_TYPE,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    SYNONYMS,
)
from claims.extraction.topics import OF_STATE, is_firm
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

FARTHEST: Final = 12  # sentences, for the same noun
ABOUT: Final = 5  # sentences, for what the article is about
NEAR: Final = 3  # sentences, for another noun ("the company" for a name)
LOOKED_AT: Final = 80  # mentions
LONGEST: Final = 9  # words that may stand in for a short phrase
_POINTING: Final = word_set("the this that these those")
# There is one of each: what was called so before with more words was another.
_UNIQUE: Final = word_set(
    "world public media press internet web sun moon earth future past economy market weather law truth way"
    " end"
)
# "The new poll" is the poll just spoken of.
_SAYING_NOTHING: Final = word_set("particular new latest same entire whole recent")
# "Mexico City" is not "the city" of an article as "Orange County" is its county.
_NO_SUCH: Final = word_set("city state country nation")
# With a capital they are the nation's, whatever other one was named before.
_OF_THE_NATION: Final = word_set("house senate congress parliament government army military police camp side")
# What an agency may be named.
_AGENCIES: Final = ("agency", "office", "commission", "bureau", "administration", "department", "authority")
_RESTRICTING: Final = word_set("prep relcl acl amod compound nummod poss conj appos")


@dataclass(frozen=True, slots=True)
class Known:
    """The entity a bare phrase means, and whether its words should be replaced by the entity's."""

    entity: Entity
    tells_more: bool


def find_meant(ledger: Ledger, head: Word, unit: ParsedUnit) -> Known | None:
    """What or whom a definite phrase means, the person named before rather than one called so."""
    known = find_known(ledger, head, unit.sentence)
    if known is None or (known.entity.kind == "person" and not known.entity.named):
        person = find_person(ledger, head, unit)
        known = Known(person, tells_more=True) if person is not None else known
    return known


def find_known(ledger: Ledger, head: Word, sentence: int) -> Known | None:
    """The entity meant by a bare "the treaty": the last one called so, else the one of that sort."""
    determiner = next((c for c in head.children if c.dep == "det"), None)
    if determiner is None or determiner.lower not in _POINTING or head.lemma in _UNIQUE:
        return None
    if any(c.dep == "appos" and c.tag == "NNP" for c in head.children):
        return None  # "the leader, Jane Roe"
    if any(
        c.dep in _RESTRICTING and not has_comma_before(c)
        for c in head.children
        if c.lower not in _SAYING_NOTHING
    ):
        return None
    same = _called_so(ledger, head, sentence)
    place = same is not None and not same.named and head.lemma in PLACE_NOUNS
    if same is None or place or not same.clear or len(same.text.split()) < 3:
        other = _of_that_sort(ledger, head, sentence)
        if other is not None:
            return Known(other, tells_more=True)
    if same is None:
        return None
    fewest = 2 if same.named and head.lemma in ORGANISATION_NOUNS | SYNONYMS["law"] else 3
    return Known(same, same.clear and fewest <= len(same.text.split()) <= LONGEST)


def is_part_of_name(ledger: Ledger, head: Word, sentence: int) -> bool:
    """ "The Department" after "the State Department"."""
    if head.lower not in ORGANISATION_NOUNS or head.lower in _OF_THE_NATION:
        return False
    known = find_known(ledger, head, sentence)
    return known is not None and known.entity.named and known.tells_more


def _called_so(ledger: Ledger, head: Word, sentence: int) -> Entity | None:
    nouns = SYNONYMS.get(head.lemma, frozenset({head.lemma}))
    plural = head.tag == "NNS"
    farthest = 1 if head.lemma == "party" else FARTHEST  # most articles speak of two parties
    for mention in reversed(ledger.mentions[-LOOKED_AT:]):
        if sentence - mention.sentence > (farthest if mention.entity.named else FARTHEST):
            continue
        if mention.entity.named and mention.entity.head in _NO_SUCH:
            continue
        if mention.entity.head in nouns and mention.entity.plural == plural:
            return mention.entity
    within = [
        e for e, at in ledger.within[-LOOKED_AT:] if sentence - at <= farthest and e.head in nouns - _NO_SUCH
    ]
    if within:
        return within[-1] if not plural and len({e.text for e in within}) == 1 else None
    return None if plural else _only_body(ledger, head)


def _only_body(ledger: Ledger, head: Word) -> Entity | None:
    """The one body of the lead that is called so, however long ago: "the commission"."""
    if head.lemma not in ORGANISATION_NOUNS or head.lemma in _OF_THE_NATION | {"party"}:
        return None
    called = ledger.by_head.get(head.lemma, [])
    return called[0] if len(called) == 1 and called[0].leading and called[0].clear else None


def _agency(ledger: Ledger, sentence: int) -> Entity | None:
    """The one public body named lately, else the one of the lead: "the agency"."""
    bodies = [e for noun in _AGENCIES for e in ledger.by_head.get(noun, ())]
    near = [e for e in _lately(ledger, sentence, NEAR) if e in bodies]
    leading = [e for e in bodies if e.leading]
    found = near or leading
    return found[0] if len(found) == 1 else None


def _of_that_sort(ledger: Ledger, head: Word, sentence: int) -> Entity | None:
    """ "The boy" for a named person called a boy, "the firm" for the one organisation named lately."""
    if head.tag == "NNS":
        return None
    if head.lemma in PERSON_NOUNS:
        called = ledger.by_role.get(head.lemma, [])
        return called[0] if len(called) == 1 and called[0].kind == "person" and called[0].named else None
    if head.lemma in EVENT_NOUNS:
        events = [
            e for e in _lately(ledger, sentence, FARTHEST) if e.is_event and (e.mentions > 1 or e.leading)
        ]
        events = [e for e in events if head.lemma in ("event", *e.text.lower().split())]
        return events[0] if len(events) == 1 or (events and head.lemma == "event") else None
    if head.lemma == "agency":
        return _agency(ledger, sentence)
    topic = ledger.acquaintance.topic
    about = topic is not None and is_firm(head) and ledger.called(topic.text)
    if about and about in _lately(ledger, sentence, ABOUT):
        return about
    for label, nouns in NOUNS_OF_TYPE.items():
        if head.lemma in nouns:
            named = [
                e
                for e in _lately(ledger, sentence, NEAR)
                if e.named and (e.label == label or _is_firm_name(e, label)) and not e.plural
            ]
            if label == "ORG":
                named = [e for e in named if e.text.lower().split()[-1] not in OF_STATE]
            if head.lemma == "state":
                return _state(ledger, sentence)
            if label == "GPE":
                country = head.lemma in ("country", "nation")
                named = [e for e in named if (e.text.lower() in COUNTRIES) == country]
            if len(named) == 1 and ledger.most_mentions(label) <= named[0].mentions:
                return named[0]
    return None


def _is_firm_name(entity: Entity, label: str) -> bool:
    """A firm by its last word, which the recogniser does not know: "Acme Mutual"."""
    return label == "ORG" and entity.kind == "organisation" and entity.text.lower().split()[-1] in FIRM_WORDS


def _state(ledger: Ledger, sentence: int) -> Entity | None:
    """The one state named lately, where none is named more often."""
    lately = {m.entity for m in ledger.mentions[-LOOKED_AT:] if sentence - m.sentence <= ABOUT}
    lately.update(_within(ledger, sentence, ABOUT))
    near = [e for e in lately if e.text.lower() in STATES]
    if len({e.text for e in near}) != 1:
        return None
    most = max((e.mentions for name in STATES if (e := ledger.called(name))), default=0)
    return near[0] if max(e.mentions for e in near) >= most else None


def _within(ledger: Ledger, sentence: int, farthest: int) -> list[Entity]:
    """The bodies and states lately named before a noun."""
    return [e for e, at in ledger.within[-LOOKED_AT:] if sentence - at <= farthest]


def _lately(ledger: Ledger, sentence: int, farthest: int) -> list[Entity]:
    """The entities mentioned in the last sentences, the nearest first."""
    found: list[Entity] = []
    for mention in reversed(ledger.mentions[-LOOKED_AT:]):
        if sentence - mention.sentence > farthest:
            break
        if mention.entity not in found:
            found.append(mention.entity)
    return found


def find_person(ledger: Ledger, head: Word, unit: ParsedUnit) -> Entity | None:
    """Whom "the Vermont senator" or "the real estate mogul" means: the one person just named who may be
    called so and is not named in this sentence too."""
    if not _is_passing_name(head):
        return None
    here = {w.lower for w in unit.tree.words if w.tag == "NNP"}
    near = [e for e in _lately(ledger, unit.sentence, 2) if e.kind == "person" and e.named and not e.plural]
    near = [e for e in near if not here & set(e.text.lower().split())]
    gender = "female" if head.lemma in FEMALE_NOUNS else "male" if head.lemma in MALE_NOUNS else None
    near = [e for e in near if gender is None or e.gender in (None, gender)]
    called = [e for e in near if head.lemma in e.roles]
    if len(called) == 1:
        return called[0]
    passing = head.lemma in EPITHETS and not unit.quoted
    hero = ledger.acquaintance.hero
    running = passing and head.lemma in _RUNNING and not called and not head.all("amod", "compound", "poss")
    about = [e for e in near if running and hero is not None and e.text == hero.text]
    if about:
        return about[0]
    if not passing or len(near) != 1 or not near[0].clear:
        return None
    return near[0] if not near[0].roles or near[0].roles & EPITHETS else None


def _is_passing_name(head: Word) -> bool:
    """A definite phrase for one person with all that tells who it is before the noun."""
    if head.tag != "NN" or head.dep not in _ARGUMENTS:
        return False
    if head.lemma not in EPITHETS and head.lemma not in PERSON_NOUNS:
        return False
    determiner = head.child("det")
    behind = [c for c in head.children if c.i > head.i and c.dep not in ("punct", "case")]
    return determiner is not None and determiner.lower == "the" and not behind


_RUNNING: Final = word_set("candidate nominee contender hopeful front-runner frontrunner")
_ARGUMENTS: Final = word_set("nsubj nsubjpass dobj pobj poss dative")


def name_before(head: Word) -> list[Word]:
    """The name in "the New START treaty"."""
    return [
        c
        for c in head.children
        if c.tag in ("NNP", "NNPS") and c.dep in ("compound", "nmod")
        for c in c.subtree()
    ]


def describe(head: Word) -> list[Word]:
    """The words that tell which one is meant, at most `LONGEST`: the phrase without its asides, cut from
    behind until it is short enough."""
    gone: set[Word] = set()
    for word in head.subtree():
        aside = word.dep in ("relcl", "parataxis") and word.i > head.i
        relative = word.i > head.i and word.dep in ("prep", "npadvmod") and _tells_relative_day(word)
        listed = word.head is head and word.dep in ("conj", "cc", "case", "punct") and word.i > head.i
        nested = word.dep == "advcl" and word.head.dep == "acl"
        if aside or listed or relative or nested or (word.dep in ("appos", "acl") and has_comma_before(word)):
            gone.update(word.subtree())
    emptied = [w for w in head.all("acl") if w not in gone and w.children and gone.issuperset(w.children)]
    words = [w for w in head.subtree() if w not in gone and w not in emptied]  # "the poll released"
    while len(words) > LONGEST:
        tails = [w for w in words if w.i > head.i and w.dep in _TAILS]
        if not tails:
            break
        last = max(tails, key=lambda w: left_edge(w).i)
        while last.head in tails and not any(c in words and last.i < c.i for c in last.head.children):
            last = last.head  # "equipped with" says nothing alone
        words = [w for w in words if w not in set(last.subtree())]
    if len(words) > LONGEST or head not in words:
        words = [w for w in words if w.i <= head.i]
    return words or [head]


def _tells_relative_day(word: Word) -> bool:
    """ "On Wednesday", "last week": a day that another sentence would make another one."""
    words = word.subtree()
    dated = any(w.entity in ("DATE", "TIME") for w in words) and not any(w.text[0].isdigit() for w in words)
    return dated and len(words) <= 4


_TAILS: Final = word_set("prep acl advcl npadvmod appos agent dobj xcomp ccomp pcomp")
