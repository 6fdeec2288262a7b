"""Whatever is merged, split, judged and taken back in whatever order: nothing is lost."""

from datetime import datetime, timedelta

import pghistory
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import drafts, evidence, ledger, merging, review, splitting, standing, undo, verdicts
from claims.errors import Refused
from claims.models import Appearance, Claim, Evidence, Recheck, UndoStep, User, Verdict
from claims.splitting import Part
from tests.factories import NOW, make_article, make_claim, make_evidence, make_source, make_user

CLAIMS = 4
TEXT = "One bridge. Two bridges. Three bridges. Four bridges."
ACTS = ("merge", "merge", "split", "judge", "judge", "attach", "undo", "undo")

acts = st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 9))


class World:
    """Some claims that share sources and places, and two people."""

    def __init__(self) -> None:
        self.by: User = make_user()
        self.other: User = make_user("editor")
        store = SessionStore()
        store.create()
        self.session = store.session_key
        self.at: datetime = NOW
        self.sources = [make_source() for _ in range(3)]
        self.steps: list[UndoStep] = []
        article = make_article(TEXT)
        claims = [make_claim() for _ in range(CLAIMS)]
        for number, claim in enumerate(claims):
            make_evidence(claim, source=self.sources[number % 2], quote="x", added_by=self.by)
            make_evidence(claim, source=self.sources[2], quote=str(number), added_by=self.by)
            for start in (0, 12 * (number % 2)):
                Appearance.objects.get_or_create(
                    claim=claim, article=article, wording="x", **drafts.place(article, start, start + 11)
                )
        # What each claim had in the beginning: it must be there for ever.
        self.had = {claim.pk: had(claim.pk) for claim in claims}
        self.chains: list[tuple[int, int, str]] = []

    def claim(self, number: int) -> Claim:
        claims = list(Claim.objects.order_by("pk"))
        return claims[number % len(claims)]

    def act(self, what: str, one: int, two: int) -> None:
        self.at += timedelta(hours=1)
        given = {"by": self.by, "at": self.at}
        with pghistory.context(user=self.by.pk):
            if what == "merge":
                merging.merge(claims=[self.claim(one)], into=self.claim(two), reason="x", **given)
            elif what == "split":
                claim = self.claim(one)
                parts = [
                    Part(f"Part {n} of {claim.pk} at {self.at:%d %H}.", **belongings(claim.pk))
                    for n in range(2)
                ]
                splitting.split(claim=claim, parts=parts, reason="x", **given)
            elif what == "attach":
                source = self.sources[two % len(self.sources)]
                evidence.attach(claim=self.claim(one), source=source, stance="context", quote="y", **given)
            elif what == "judge":
                self.judge(self.claim(one), ("true", "false", "satire")[two % 3])
            elif self.steps:
                undo.undo(step=self.steps.pop(), **given)
            step = undo.record(session=self.session, **given)
        if step:
            self.steps.append(step)

    def judge(self, claim: Claim, rating: str) -> None:
        number = claim.latest_number
        proposal = verdicts.submit(
            claim=claim, follows=number, rating=rating, reason="x", applies_from=NOW.date(), by=self.by,
            change="new_evidence" if number else "first", at=self.at,
        )  # fmt: skip
        review.approve(proposal=proposal, by=self.other, at=self.at)

    def check(self) -> None:
        ends = standing.ends(self.had)
        for pk, had_once in self.had.items():
            assert had_once <= had(ends[pk]), f"claim {pk} has lost something"
        chains = list(Verdict.objects.order_by("pk").values_list("claim", "number", "hash"))
        assert chains[: len(self.chains)] == self.chains
        self.chains = chains
        assert not ledger.verify().faults
        merged = Claim.objects.exclude(merged_into=None)
        assert not Recheck.objects.open().filter(claim__in=merged).exists()
        assert not set(ends.values()) & set(merged.values_list("pk", flat=True))


def belongings(claim: int) -> dict[str, frozenset[int]]:
    return {
        "appearances": frozenset(Appearance.objects.filter(claim=claim).values_list("pk", flat=True)),
        "evidence": frozenset(Evidence.objects.filter(claim=claim).values_list("pk", flat=True)),
    }


def had(*claims: int) -> set[tuple[object, ...]]:
    """What these claims have, by what makes one appearance and one piece of evidence."""
    places = Appearance.objects.filter(claim__in=claims).values_list("article", "start", "end")
    passages = Evidence.objects.filter(claim__in=claims).values_list("source__url", "quote")
    return {*places, *passages}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(acts, min_size=4, max_size=14))
def test_nothing_is_lost_and_every_chain_proves(db: None, todo: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        world = World()
        for what, one, two in todo:
            try:
                with transaction.atomic():
                    world.act(what, one, two)
            except Refused:
                continue
            world.check()
        transaction.set_rollback(True)


def test_what_is_done_and_undone_leaves_the_claims_as_they_were(db: None) -> None:
    world = World()
    before = {claim.pk: had(claim.pk) for claim in Claim.objects.all()}
    for act in (("merge", 0, 1), ("attach", 1, 0), ("merge", 1, 2), ("split", 2, 0)):
        world.act(*act)
    for _ in range(4):
        world.act("undo", 0, 0)
    assert {claim.pk: had(claim.pk) for claim in Claim.objects.all()} == before
    assert not Claim.objects.exclude(state="in_progress").exists()
