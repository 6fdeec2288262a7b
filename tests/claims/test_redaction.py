"""Words that a court or a person's privacy forbids are erased everywhere; the chain still holds."""

from typing import Any

import pghistory
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection, transaction

from claims import evidence, ledger, merging, redaction, review, splitting, undo, verdicts
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Evidence, Redaction, User, Verdict
from claims.splitting import Part
from tests.factories import NOW, days, make_claim, make_evidence, make_source, make_user, propose, publish

pytestmark = pytest.mark.django_db
SECRET = "Anna Example"


@pytest.fixture
def chief() -> User:
    return make_user("administrator")


@pytest.fixture
def verdict() -> Verdict:
    """Its reason, label and quote, and those of a proposal sent back before, hold the secret."""
    claim = make_claim()
    make_evidence(claim, quote=f"{SECRET} was there.", note=f"Ask {SECRET}.", locator=f"{SECRET}, page 2")
    draft = propose(claim, reason=f"{SECRET} says so.", label=SECRET)
    review.send_back(proposal=draft, note=f"Who is {SECRET}?", by=make_user("editor"), at=NOW)
    publish(claim, reason=f"{SECRET} did it.", label=f"As {SECRET} said")
    publish(claim, "false", reason="Something else.")
    return claim.verdicts.get(number=1)


def places_with(words: str) -> set[str]:
    """The tables of the database in which these words stand anywhere."""
    with connection.cursor() as cursor:
        tables = [
            table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"
        ]
        found = set()
        for table in tables:
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" t WHERE t::text LIKE %s)', [f"%{words}%"])
            if cursor.fetchone() == (True,):
                found.add(table)
    return found


def test_the_words_are_gone_and_the_rest_stays(verdict: Verdict, chief: User) -> None:
    redaction.redact(verdict=verdict, why="A court's order.", by=chief, at=NOW + days(1))
    now = Verdict.objects.get(pk=verdict.pk)
    assert (now.reason, now.label, now.basis, now.salt) == ("", "", [], "")
    assert now.redacted
    kept = ("number", "rating", "change", "applies_from", "decided_at", "decided_by_id", "hash", "words_hash")
    assert all(getattr(now, name) == getattr(verdict, name) for name in kept)
    written = Redaction.objects.get()
    assert (written.verdict, written.by, written.at) == (verdict, chief, NOW + days(1))
    assert written.why == "A court's order."


def test_the_chain_still_holds_and_goes_on(verdict: Verdict, chief: User) -> None:
    redaction.redact(verdict=verdict, why="A court's order.", by=chief, at=NOW)
    publish(verdict.claim, "half_true", at=NOW + days(2))
    proof = ledger.verify()
    assert (proof.verdicts, proof.redactions, proof.faults) == (3, 1, [])


def test_the_words_are_nowhere_but_in_the_evidence_that_stands(verdict: Verdict, chief: User) -> None:
    assert {"claims_verdict", "claims_proposal", "claims_proposalevent"} < places_with(SECRET)
    last = verdict.claim.verdicts.get(number=2)
    for one in (verdict, last):
        redaction.redact(verdict=one, why="Privacy.", by=chief, at=NOW)
    assert places_with(SECRET) == {"claims_evidence", "claims_evidenceevent"}


def test_the_evidence_goes_too_where_that_is_asked_for(verdict: Verdict, chief: User) -> None:
    removed = make_evidence(verdict.claim, quote=f"{SECRET} left.")
    last = publish(verdict.claim, "half_true", at=NOW + days(1))
    evidence.remove(evidence=removed, by=chief, at=NOW)
    for one in (verdict, verdict.claim.verdicts.get(number=2), last):
        redaction.redact(verdict=one, why="Privacy.", evidence=True, by=chief, at=NOW)
    assert places_with(SECRET) == set()
    assert Evidence.objects.get().stance == "supports"
    assert ledger.verify().faults == []


def test_two_quotes_of_one_source_leave_one_without(chief: User) -> None:
    claim, source = make_claim(), make_source()
    for quote in ("He came.", "He left."):
        make_evidence(claim, source=source, quote=quote)
    redaction.redact(verdict=publish(claim), why="Privacy.", evidence=True, by=chief, at=NOW)
    assert [item.quote for item in claim.evidence.all()] == [""]


def test_erased_words_cannot_be_guessed_from_the_digest(verdict: Verdict, chief: User) -> None:
    told = ledger.words(verdict)
    redaction.redact(verdict=verdict, why="Privacy.", by=chief, at=NOW)
    assert ledger.digest(told | {"salt": ""}) != verdict.words_hash
    assert places_with(told["salt"]) == set()


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor"])
def test_only_an_administrator_redacts(verdict: Verdict, role: str) -> None:
    with pytest.raises(Forbidden):
        redaction.redact(verdict=verdict, why="Privacy.", by=make_user(role), at=NOW)
    assert not Verdict.objects.get(pk=verdict.pk).redacted


def test_the_role_alone_allows_it(verdict: Verdict) -> None:
    chief = make_user("administrator")
    User.objects.filter(pk=chief.pk).update(is_superuser=False)
    redaction.redact(verdict=verdict, why="Privacy.", by=User.objects.get(pk=chief.pk), at=NOW)
    assert Redaction.objects.exists()


def test_a_reason_is_needed_and_once_is_enough(verdict: Verdict, chief: User) -> None:
    with pytest.raises(Invalid) as refused:
        redaction.redact(verdict=verdict, why=" ", by=chief, at=NOW)
    assert refused.value.field == "why"
    redaction.redact(verdict=verdict, why="Privacy.", by=chief, at=NOW)
    with pytest.raises(Conflict):
        redaction.redact(verdict=verdict, why="Privacy.", by=chief, at=NOW)


ERASED: dict[str, Any] = {"reason": "", "label": "", "basis": [], "salt": ""}


@pytest.mark.parametrize(
    "change",
    [
        ERASED | {"rating": "satire"},
        ERASED | {"hash": "x"},
        ERASED | {"words_hash": "x"},
        {"reason": "Softer words.", "label": "", "basis": [], "salt": ""},
        {"reason": "", "label": "", "basis": []},
        {"label": ""},
    ],
)
def test_the_database_lets_nothing_else_through(
    verdict: Verdict, chief: User, change: dict[str, Any]
) -> None:
    Redaction.objects.create(
        claim=verdict.claim, number=1, verdict=verdict, why="x", by=chief, at=NOW, hash="x"
    )
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(**change)


def test_the_database_erases_nothing_without_a_redaction(verdict: Verdict) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(**ERASED)


def test_a_proposal_that_waits_keeps_its_words(verdict: Verdict, chief: User) -> None:
    waiting = propose(verdict.claim, reason="It is new.")
    redaction.redact(verdict=verdict, why="Privacy.", by=chief, at=NOW)
    waiting.refresh_from_db()
    assert waiting.reason == "It is new."
    review.approve(proposal=waiting, by=make_user("editor"), at=NOW + days(1))


def test_a_redacted_verdict_is_still_the_status(verdict: Verdict, chief: User) -> None:
    last = verdict.claim.verdicts.get(number=2)
    redaction.redact(verdict=last, why="Privacy.", by=chief, at=NOW)
    now = verdicts.status_of(claim=verdict.claim, as_of=NOW.date(), known_at=NOW)
    assert now is not None
    assert (now.rating, now.redacted) == ("false", True)


def test_a_proposal_that_was_undone_and_evidence_that_was_copied_are_reached(chief: User) -> None:
    claim, other, by = make_claim(), make_claim(), make_user()
    source = make_source()
    for one in (claim, other):
        make_evidence(one, source=source, quote=f"{SECRET} was there.")
    session = SessionStore()
    session.create()
    with pghistory.context(user=by.pk):
        propose(claim, reason=f"{SECRET} did it.", by=by)
        step = undo.record(by=by, at=NOW, session=session.session_key)
    assert step
    with pghistory.context(user=by.pk):
        undo.undo(step=step, by=by, at=NOW)
    for one in (claim, other):
        publish(one)
    given: dict[str, Any] = {"reason": "x", "by": by, "at": NOW}
    merging.merge(claims=[other], into=claim, **given)
    parts = [Part("One.", evidence=frozenset({claim.evidence.get().pk})), Part("Two.")]
    splitting.split(claim=claim, parts=parts, **given)
    for verdict in Verdict.objects.all():
        redaction.redact(verdict=verdict, why="A court's order.", evidence=True, by=chief, at=NOW + days(1))
    assert places_with(SECRET) == set()
    assert not ledger.verify().faults
