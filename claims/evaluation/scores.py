"""Claims of an article against its ideal ones: what each of them is worth, and the measures over all.

coverage          ideal claims of priority 1 and 2 that a claim of the same sentence states, by priority
precision         claims that state at least one ideal claim
atomic            of those: state exactly one
standalone        of those: carry the context their sentence leaves out, and open with no bare pronoun
claimant          of those: name who asserts it, or nobody where the article itself does
clean             of those: neither padded nor with a name from elsewhere
when              of those whose ideal claim has a date: give it
usable            claims that state one, standing alone, rightly attributed and clean
usable_precision  usable claims, of all; usable_recall: ideal claims that a usable one states, by priority;
                  usable_f1: their harmonic mean
furniture         claims made of a line that makes none, of all
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Protocol

from claims.evaluation.gold import GoldArticle, GoldClaim
from claims.evaluation.strangers import Surroundings
from claims.evaluation.wordings import (
    has_all,
    opens_with_pronoun,
    plain,
    right_claimant,
    right_time,
    same_sentence,
    without_added_asides,
)

# A claim may have this many times the words of the ideal one, and a few more.
PADDING, SPARE_WORDS = 1.4, 4


class Stated(Protocol):
    """What is scored: a claim as the extractor gives it."""

    @property
    def text(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def claimant(self) -> str | None: ...
    @property
    def when(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Counts:
    """How many claims did what; the last three are sums of priorities of ideal claims."""

    predictions: int = 0
    matched: int = 0
    atomic: int = 0
    standalone: int = 0
    claimant: int = 0
    clean: int = 0
    dated: int = 0
    when: int = 0
    usable: int = 0
    furniture: int = 0
    weight: int = 0
    covered: int = 0
    usable_covered: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is right and wrong about one claim. `states` are the ideal claims it states, `ideal` the one of
    them that it states best, `dated` whether it gives that one's date (None where there is none)."""

    claim: Stated
    states: tuple[GoldClaim, ...] = ()
    ideal: GoldClaim | None = None
    furniture: bool = False
    standalone: bool = False
    claimant: bool = False
    padded: bool = False
    strangers: frozenset[str] = frozenset()
    dated: bool | None = None

    @property
    def usable(self) -> bool:
        return self.ideal is not None and not self.faults

    @property
    def faults(self) -> tuple[str, ...]:
        """Why a reviewer could not take the claim as it is; a wrong date is no such fault."""
        if self.ideal is None:
            return ("furniture",) if self.furniture else ("matches no ideal claim",)
        found = (
            (len(self.states) > 1, "not atomic"),
            (not self.standalone, "not standalone"),
            (not self.claimant, f"claimant {self.claim.claimant!r}"),
            (self.padded, "padded"),
            (bool(self.strangers), f"names {', '.join(sorted(self.strangers))}"),
        )
        return tuple(name for wrong, name in found if wrong)


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """An article's claims judged, and the ideal claims of priority 1 and 2 that none of them states."""

    article: GoldArticle
    judgements: tuple[Judgement, ...]
    missed: tuple[GoldClaim, ...]
    counts: Counts


def score(article: GoldArticle, claims: Iterable[Stated]) -> ArticleScore:
    surroundings = Surroundings(article.text)
    judgements = tuple(_judge(claim, article, surroundings) for claim in claims)
    stated = {id(ideal) for judgement in judgements for ideal in judgement.states}
    missed = tuple(ideal for ideal in article.claims if ideal.priority and id(ideal) not in stated)
    return ArticleScore(article, judgements, missed, _count(article, judgements, missed))


def measures(counts: Counts) -> dict[str, float]:
    """Name → share from 0 to 1, three decimals, 0 where there is nothing to divide by."""

    def share(part: int, whole: int) -> float:
        return round(part / whole, 3) if whole else 0.0

    precision = share(counts.usable, counts.predictions)
    recall = share(counts.usable_covered, counts.weight)
    both = precision + recall
    return {
        "coverage": share(counts.covered, counts.weight),
        "precision": share(counts.matched, counts.predictions),
        "atomic": share(counts.atomic, counts.matched),
        "standalone": share(counts.standalone, counts.matched),
        "claimant": share(counts.claimant, counts.matched),
        "clean": share(counts.clean, counts.matched),
        "when": share(counts.when, counts.dated),
        "usable_precision": precision,
        "usable_recall": recall,
        "usable_f1": round(2 * precision * recall / both, 3) if both else 0.0,
        "furniture": share(counts.furniture, counts.predictions),
    }


def _judge(claim: Stated, article: GoldArticle, surroundings: Surroundings) -> Judgement:
    said = without_added_asides(claim.text, claim.sentence)
    text = plain(said)
    here = [ideal for ideal in article.claims if same_sentence(claim.sentence, ideal.sentence)]
    states = tuple(ideal for ideal in here if has_all(text, ideal.elements))
    if not states:
        no_claim = any(same_sentence(claim.sentence, line) for line in article.not_claims)
        return Judgement(claim, furniture=no_claim and not here)

    def merit(ideal: GoldClaim) -> tuple[bool, bool, int]:
        right = right_claimant(claim.claimant, ideal.claimants, text)
        return has_all(text, ideal.standalone), right, ideal.priority

    ideal = max(states, key=merit)
    standalone, claimant, _ = merit(ideal)
    longest = PADDING * len(plain(ideal.text).split()) + SPARE_WORDS
    return Judgement(
        claim,
        states,
        ideal,
        standalone=standalone and not opens_with_pronoun(claim.text),
        claimant=claimant,
        padded=len(text.split()) > longest,
        strangers=surroundings.strangers(said, _fair(ideal)),
        dated=right_time(claim.when, ideal.when) if ideal.when else None,
    )


def _fair(ideal: GoldClaim) -> str:
    """All that a claim of this proposition may well say."""
    phrases = [phrase for group in ideal.elements + ideal.standalone for phrase in group]
    return " ".join([ideal.sentence, ideal.text, *phrases, *ideal.claimants])


def _count(article: GoldArticle, judgements: tuple[Judgement, ...], missed: tuple[GoldClaim, ...]) -> Counts:
    matched = [judgement for judgement in judgements if judgement.ideal]
    usable = [judgement for judgement in matched if judgement.usable]
    weight = sum(ideal.priority for ideal in article.claims)
    found = {id(judgement.ideal): judgement.ideal.priority for judgement in usable if judgement.ideal}
    return Counts(
        predictions=len(judgements),
        matched=len(matched),
        atomic=sum(len(judgement.states) == 1 for judgement in matched),
        standalone=sum(judgement.standalone for judgement in matched),
        claimant=sum(judgement.claimant for judgement in matched),
        clean=sum(not judgement.padded and not judgement.strangers for judgement in matched),
        dated=sum(judgement.dated is not None for judgement in matched),
        when=sum(judgement.dated is True for judgement in matched),
        usable=len(usable),
        furniture=sum(judgement.furniture for judgement in judgements),
        weight=weight,
        covered=weight - sum(ideal.priority for ideal in missed),
        usable_covered=sum(found.values()),
    )
