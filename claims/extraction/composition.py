"""Step 12: from propositions to claims: wording, claimant, date, kind and worth put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp, log

from claims.extraction.anonymity import is_anonymous, leans_on_others
from claims.extraction.attribution import ParsedUnit, Speaker
from claims.extraction.checkworthiness import LEAST_WORTH, assess
from claims.extraction.dates import TimeExpression
from claims.extraction.kinds import kind_of
from claims.extraction.pieces import Proposition, trimmed
from claims.extraction.rendering import Rendered, render
from claims.extraction.sentences import Sentence
from claims.extraction.setting import place_claim
from claims.extraction.substitutions import References
from claims.extraction.surveys import with_survey
from claims.extraction.tree import Word
from claims.extraction.values import ExtractedClaim, Kind, SkipReason
from claims.extraction.worth import score

FEWEST_WORDS = 3
# Kinds that a reviewer would rather complete by hand than miss.
KEPT_UNRESOLVED = frozenset({"quantity"})
UNRESOLVED_SCORE = 0.3  # a draft that no reader understands alone goes to the end of the list
# Below it about every other claim is not worth a fact-checker's time (data/MODEL_CARD.md).
LEAST_LIKELY = 0.55


@dataclass(frozen=True, slots=True)
class Composed:
    """The claims of one unit, or the reason why it gave none."""

    claims: tuple[ExtractedClaim, ...]
    skip: SkipReason | None


def compose(
    text: str,
    sentence: Sentence,
    unit: ParsedUnit,
    propositions: Sequence[Proposition],
    speaker: Speaker | None,
    references: References,
    times: Sequence[TimeExpression],
    published_on: date | None,
) -> Composed:
    """Claims of the unit's propositions. The learned model is slower than all else here: how check-worthy the
    unit is, it is asked only where one of them could become a claim."""
    learned: float | None = None
    by_start = {t.start: t for t in times}
    question = "?" in text[unit.unit.end - 1 : unit.unit.end + 1]
    claims: list[ExtractedClaim] = []
    skips: list[SkipReason] = []
    for proposition in propositions:
        when = _when(proposition, times)
        kind = kind_of(proposition, ahead=is_ahead(when, published_on))
        worth = assess(proposition, kind, quoted=unit.quoted, question=question)
        if worth.skip or worth.score < LEAST_WORTH:
            skips.append(worth.skip or "opinion")
            continue
        survey: str | None = None
        own_voice = not unit.quoted and not proposition.claimant
        if own_voice:
            proposition, survey = with_survey(proposition, unit.sentence, references.surveys)
        rendered = render(proposition.pieces, references, by_start)
        if own_voice:
            rendered = place_claim(rendered, proposition, kind, references.scene.at(unit.tree.start))
        if unfit := _unfit(rendered, proposition, kind, references):
            skips.append(unfit)
            continue
        unresolved = bool(rendered.unclear)
        likely = UNRESOLVED_SCORE
        if not unresolved:
            if learned is None:
                (learned,) = score([text[unit.unit.start : unit.unit.end]])
            likely = _score(worth.score, learned, rendered.text)
            if likely < LEAST_LIKELY:
                skips.append("opinion")
                continue
        claims.append(
            ExtractedClaim(
                text=rendered.text,
                sentence=text[sentence.start : sentence.end],
                start=sentence.start,
                end=sentence.end,
                claimant=_claimant(proposition, speaker, references) or survey,
                when=when,
                kind=kind,
                score=likely,
                reasons=(*worth.reasons, *proposition.reasons),
                edits=rendered.edits,
                unresolved=unresolved,
            )
        )
    if claims and _has_lost_number(unit, claims):
        claims += _whole(text, sentence, unit, references, by_start, speaker)
    return Composed(tuple(claims), None if claims else (skips[0] if skips else "fragment"))


def _unfit(
    rendered: Rendered, proposition: Proposition, kind: Kind, references: References
) -> SkipReason | None:
    """Why it says nothing alone; None where it does, or where a reviewer is to complete it."""
    if len(rendered.text.split()) < FEWEST_WORDS:
        return "fragment"
    if is_anonymous(rendered, proposition) or leans_on_others(rendered, proposition):
        return "ambiguous"
    if _is_own_rival(proposition, references):
        return "ambiguous"
    unresolved = bool(rendered.unclear) and (kind not in KEPT_UNRESOLVED or len(rendered.unclear) > 1)
    return "ambiguous" if unresolved else None


def _is_own_rival(proposition: Proposition, references: References) -> bool:
    """ "Roe, his rival, …" gives no "Roe is his rival": whose, the claim does not tell."""
    owners = (w for w in proposition.words if w.tag == "PRP$" and w in references.unresolved)
    return "apposition" in proposition.reasons and any(owners)


def _has_lost_number(unit: ParsedUnit, claims: Sequence[ExtractedClaim]) -> bool:
    """Whether a number of the unit is in none of its claims."""
    said = " ".join(f"{c.text} {c.when or ''}" for c in claims)
    return any(w.text[0].isdigit() and w.text not in said for w in unit.tree.words)


def _whole(
    text: str,
    sentence: Sentence,
    unit: ParsedUnit,
    references: References,
    times: Mapping[int, TimeExpression],
    speaker: Speaker | None,
) -> list[ExtractedClaim]:
    """All words of a unit as one claim, at the end of the list: a number shall not be lost."""
    rendered = render(trimmed(unit.tree.words), references, times)
    if rendered.unclear or len(rendered.text.split()) > LONGEST_WHOLE:
        return []
    claimant = _name_of(speaker, references) if speaker else None
    told = {t.when for t in times.values() if t.when}
    return [
        ExtractedClaim(
            text=rendered.text,
            sentence=text[sentence.start : sentence.end],
            start=sentence.start,
            end=sentence.end,
            claimant=claimant,
            when=told.pop() if len(told) == 1 else None,
            kind="quantity",
            score=UNRESOLVED_SCORE,
            reasons=("quantity", "whole sentence"),
            edits=rendered.edits,
            unresolved=False,
        )
    ]


LONGEST_WHOLE = 40  # words


def with_date(composed: Composed, when: str) -> Composed:
    """The time of the sentence given to those of its events that have none of their own."""
    claims = tuple(
        replace(c, when=when) if c.when is None and c.kind == "event" and not _LASTING & set(c.reasons) else c
        for c in composed.claims
    )
    return replace(composed, claims=claims)


# Of the claims drawn from the gold articles 6 in 10 of these lengths were usable, 2 in 10 of others.
WELL_LONG = range(6, 24)  # words
ILL_LONG_FACTOR = 0.6
# Logistic regression on 737 claims of 22 articles; data/MODEL_CARD.md tells how it holds on others.
SLOPE, SHIFT, SURE = 0.88, 0.97, 0.02


def _score(by_rule: float, learned: float, text: str) -> float:
    """How likely a fact-checker finds the claim worth checking: the mean of both views, calibrated."""
    mean = (by_rule * _fitness(text) + learned) / 2
    odds = log(max(mean, SURE) / max(1 - mean, SURE))
    return round(1 / (1 + exp(-(SLOPE * odds + SHIFT))), 2)


def _fitness(text: str) -> float:
    return 1.0 if len(text.split()) in WELL_LONG else ILL_LONG_FACTOR


_LASTING = frozenset({"apposition", "relative", "reduced"})


def _claimant(proposition: Proposition, speaker: Speaker | None, references: References) -> str | None:
    words = proposition.claimant or speaker
    if speaker and words and (words[0].lower in _THINGS or words[0].tag in ("WP", "WDT")):
        words = speaker  # "it tells you that": whoever says so
    return _name_of(words, references) if words else None


_THINGS = frozenset({"it", "that", "this", "which", "what"})


def _name_of(words: Speaker, references: References) -> str | None:
    inside = set(words)
    head = next((w for w in words if w.head not in inside or w.head is w), words[0])
    beside = [head, *(c for c in head.children if c.dep in ("appos", "compound") and c in inside)]
    named = next((references.person_of[w] for w in beside if w in references.person_of), None)
    if named is not None:
        return named
    rendered: Rendered = render(words, references, {})
    if rendered.unclear:
        return None
    name = rendered.text.removesuffix(".")
    article, _, rest = name.partition(" ")
    return rest if article in ("The", "A", "An") and rest else name or None


def _when(proposition: Proposition, times: Sequence[TimeExpression]) -> str | None:
    """The time attached nearest to the verb."""
    words: Mapping[int, Word] = {w.start: w for w in proposition.words}
    found: list[tuple[int, int, str]] = []
    for time in times:
        word = next((words[s] for s in range(time.start, time.end) if s in words), None)
        if word is not None and time.when is not None:
            found.append((_depth(word, proposition.head), time.start, time.when))
    return min(found)[2] if found else None


def is_ahead(when: str | None, published_on: date | None) -> bool:
    """Whether the time begins after the day of publication."""
    if when is None or published_on is None:
        return False
    start = when.split("/")[0]
    return start > published_on.isoformat()[: len(start)]


def _depth(word: Word, head: Word) -> int:
    for depth, above in enumerate((word, *word.ancestors())):
        if above is head:
            return depth
    return 50
