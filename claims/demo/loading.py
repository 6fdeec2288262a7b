"""Loading the demo: two articles, six sources, and claims in every state, each with a past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from claims import evidence, intake, policy, rechecks, reminders, review, triage, verdicts
from claims.demo.articles import EXCHANGE, PUBLISHER, SOURCES, SUMMIT, DemoArticle, DemoSource
from claims.models import Article, Claim, Recheck, User
from sources.cataloguing import publisher_named, store_snapshot
from sources.fetching import Fetched
from sources.models import Source


@dataclass(frozen=True)
class Cast:
    editor: User
    reviewer: User


def load(*, editor: User, reviewer: User, now: datetime) -> None:
    """Write the demo through the domain's own functions, at the moments when it would have happened."""
    cast = Cast(editor, reviewer)
    summit, exchange = _article(SUMMIT, cast), _article(EXCHANGE, cast)
    while intake.work_article(at=now):
        pass
    sources = {source.key: _source(source) for source in SOURCES}
    _sailors(summit, sources, cast, now)
    _new_start(summit, sources, cast, now)
    _inf(summit, sources, cast)
    _waiting_for_review(exchange, sources, cast, now)
    _in_progress(summit, sources, cast, now)
    _retired(exchange, cast, now)
    while reminders.remind_due(at=now):
        pass


def _sailors(article: Article, sources: dict[str, Source], cast: Cast, now: datetime) -> None:
    """True, looked at again and again, then false: the world changed."""
    claim = _claim(
        article, "still holds 24", "Russia still holds 24 Ukrainian sailors.", Claim.Kind.STATUS, cast
    )
    _attach(
        claim,
        sources["lawyers"],
        "supports",
        "All 24 sailors are still held in Moscow.",
        cast,
        _at(2019, 6, 28),
    )
    _attach(
        claim,
        sources["tribunal"],
        "supports",
        "The 24 detained servicemen shall be released",
        cast,
        _at(2019, 6, 28),
    )
    reason = "The sailors' lawyers and the tribunal's order both say that all 24 are held in Moscow."
    _verdict(claim, "true", reason, "first", date(2018, 11, 25), cast, _at(2019, 6, 29))
    for day in (_at(2019, 7, 13), _at(2019, 7, 27), _at(2019, 8, 10), _at(2019, 8, 24)):
        _look(claim, Recheck.Outcome.STILL_SO, "Their detention was prolonged again.", cast, day)
    _look(claim, Recheck.Outcome.CHANGED, "They were exchanged on 7 September.", cast, _at(2019, 9, 7))
    _attach(claim, sources["arrival"], "refutes", "Among them are the 24 sailors", cast, _at(2019, 9, 7))
    reason = "All 24 came home in the prisoner exchange of 7 September 2019; until then they were held."
    enough = "The president's office received them itself."
    _verdict(claim, "false", reason, "world_changed", date(2019, 9, 7), cast, _at(2019, 9, 8), enough)
    # Looked at two weeks ago: due again since yesterday.
    looked = now - timedelta(days=15 + policy.spread(claim.pk, 14))
    _look(claim, Recheck.Outcome.STILL_SO, "Nothing new: they are home.", cast, looked)


def _new_start(article: Article, sources: dict[str, Source], cast: Cast, now: datetime) -> None:
    """A prediction that fell due when its date came."""
    text = "The New START treaty will expire in February 2021 unless Washington and Moscow extend it."
    claim = _claim(article, "New START treaty will expire", text, Claim.Kind.PREDICTION, cast, when="2021-02")
    triage.assign(claims=[claim], assignee=cast.editor, by=cast.editor, at=_at(2019, 6, 28))
    quote = "remains in force for ten years"
    _attach(claim, sources["treaty"], "supports", quote, cast, _at(2019, 6, 28))
    reason = "The treaty entered into force on 5 February 2011 for ten years and can be extended once."
    enough = "The treaty's own text says when it ends."
    _verdict(claim, "true", reason, "first", date(2019, 6, 28), cast, _at(2019, 6, 30), enough)
    _attach(claim, sources["extension"], "context", "extended until 4 February 2026", cast, _at(2021, 2, 3))
    reason = "Both sides extended it on 3 February 2021, so it did not expire then."
    _verdict(claim, "missing_context", reason, "world_changed", date(2021, 2, 3), cast, _at(2021, 2, 4))
    _look(claim, Recheck.Outcome.STILL_SO, "The extension is on record.", cast, now - timedelta(days=38))


def _inf(article: Article, sources: dict[str, Source], cast: Cast) -> None:
    """Published and then left alone: its status has gone stale."""
    text = "The Intermediate-Range Nuclear Forces Treaty will end in August 2019."
    claim = _claim(article, "Intermediate-Range", text, Claim.Kind.PREDICTION, cast, when="2019-08")
    triage.assign(claims=[claim], assignee=cast.editor, by=cast.editor, at=_at(2019, 6, 28))
    _attach(claim, sources["treaty"], "context", "", cast, _at(2019, 6, 28))
    reason = "Notice of withdrawal was given on 2 February 2019; it takes six months."
    enough = "The notice is a public act that nobody disputes."
    _verdict(claim, "mostly_true", reason, "first", date(2019, 6, 28), cast, _at(2019, 7, 1), enough)


def _waiting_for_review(article: Article, sources: dict[str, Source], cast: Cast, now: datetime) -> None:
    text = "Russia and Ukraine exchanged 35 prisoners each on September 7, 2019."
    claim = _claim(article, "exchanged 35 prisoners", text, Claim.Kind.EVENT, cast, when="2019-09-07")
    _attach(
        claim,
        sources["arrival"],
        "supports",
        "35 citizens returned to Ukraine",
        cast,
        now - timedelta(days=1),
    )
    verdicts.submit(
        claim=claim,
        follows=0,
        rating="mostly_true",
        reason="The president's office confirms 35 arrivals; the Russian side is not confirmed yet.",
        change="first",
        applies_from=date(2019, 9, 7),
        by=cast.reviewer,
        at=now - timedelta(hours=20),
    )


def _in_progress(article: Article, sources: dict[str, Source], cast: Cast, now: datetime) -> None:
    text = "Putin invited Trump to Moscow for the Victory Day parade in May 2020."
    claim = _claim(article, "invited Trump", text, Claim.Kind.EVENT, cast, claimant="Dmitry Peskov")
    _attach(claim, sources["agency"], "supports", "", cast, now - timedelta(days=2))
    triage.assign(claims=[claim], assignee=cast.editor, by=cast.editor, at=now - timedelta(days=2))


def _retired(article: Article, cast: Cast, now: datetime) -> None:
    text = "President Volodymyr Zelensky met the aircraft."
    claim = _claim(article, "met the aircraft", text, Claim.Kind.EVENT, cast)
    why = "Nobody disputes it and nothing hangs on it."
    triage.reject(claim=claim, why=why, by=cast.editor, at=now - timedelta(days=3))


def _article(demo: DemoArticle, cast: Cast) -> Article:
    at = datetime.combine(demo.published_on, datetime.min.time(), UTC) + timedelta(hours=15)
    article, _ = intake.add_article(
        by=cast.editor,
        at=at,
        text=demo.text,
        url=demo.url,
        title=demo.title,
        published_on=demo.published_on,
        publisher=PUBLISHER,
        language="en",
    )
    return article


def _source(demo: DemoSource) -> Source:
    """A source as it would stand after its fetch; nothing is asked of the network."""
    at = datetime.combine(demo.published_on, datetime.min.time(), UTC) + timedelta(hours=12)
    source = Source(
        url=demo.url,
        title=demo.title,
        publisher=publisher_named(name=demo.publisher),
        kind=demo.kind,
        published_on=demo.published_on,
        added_at=at,
        not_before=at,
        attempts=1,
    )
    if demo.gone:
        source.fail(at=at, code="gone", message="The page is gone (404 Not Found).", final=True)
        source.save()
        return source
    source.finish()
    source.save()
    fetched = Fetched(demo.url, 200, "text/plain", demo.text.encode(), {"content-type": "text/plain"})
    store_snapshot(fetched=fetched, text=demo.text, at=at, source=source)
    return source


def _claim(
    article: Article, passage: str, text: str, kind: str, cast: Cast, *, claimant: str = "", when: str = ""
) -> Claim:
    """The extractor's draft for the sentence with this passage, worded as given; else one added by hand."""
    offset = article.text.index(passage)
    found = article.appearances.filter(start__lte=offset, end__gt=offset).select_related("claim").first()
    at = article.added_at + timedelta(hours=1)
    if found is None:
        return triage.add_claim(
            article=article, start=offset, end=offset + len(passage), text=text, kind=kind, claimant=claimant,
            when=when, by=cast.editor, at=at,
        )  # fmt: skip
    claim = triage.edit(
        claim=found.claim, revision=found.claim.revision, text=text, kind=kind, claimant=claimant, when=when,
        by=cast.editor, at=at,
    )  # fmt: skip
    return triage.accept(claim=claim, by=cast.editor, at=at)


def _attach(claim: Claim, source: Source, stance: str, quote: str, cast: Cast, at: datetime) -> None:
    official = source.kind in (Source.Kind.OFFICIAL, Source.Kind.PRIMARY)
    evidence.attach(
        claim=claim, source=source, stance=stance, quote=quote, is_primary=official, by=cast.reviewer, at=at
    )


def _verdict(
    claim: Claim, rating: str, reason: str, change: str, applies_from: date, cast: Cast, at: datetime,
    override: str = "",
) -> None:  # fmt: skip
    proposal = verdicts.submit(
        claim=claim, follows=claim.latest_number, rating=rating, reason=reason, change=change,
        applies_from=applies_from, addressed=claim.evidence.values_list("pk", flat=True),
        by=cast.reviewer, at=at,
    )  # fmt: skip
    review.approve(proposal=proposal, override=override, by=cast.editor, at=at + timedelta(hours=2))


def _look(claim: Claim, outcome: str, note: str, cast: Cast, at: datetime) -> None:
    recheck = Recheck.objects.open().get(claim=claim)
    rechecks.record_outcome(recheck=recheck, outcome=outcome, note=note, by=cast.reviewer, at=at)


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)
