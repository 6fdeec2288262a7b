"""What no code path may store, the database refuses by itself."""

import pytest
from django.db import IntegrityError, transaction

from claims.models import Appearance, Article, Claim, Claimant, Recheck
from tests.factories import NOW, make_article, make_claim, make_user, propose, publish

pytestmark = pytest.mark.django_db


def refused(**fields: object) -> None:
    """An update of every row of a model is refused."""
    model = fields.pop("model")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**fields)  # type: ignore[attr-defined]


def test_claims() -> None:
    make_claim()
    refused(model=Claim, text="")
    refused(model=Claim, state="retired", retired_why="")
    refused(model=Claim, state="published", last_verified_at=None)


def test_appearances_have_a_length_and_a_score_from_0_to_1() -> None:
    make_claim(make_article())
    refused(model=Appearance, start=9, end=9)
    refused(model=Appearance, score=1.01)


def test_the_submitter_is_never_the_reviewer() -> None:
    proposal = propose(make_claim())
    with pytest.raises(IntegrityError, match="proposal_four_eyes"), transaction.atomic():
        type(proposal).objects.update(state="approved", reviewed_by=proposal.submitted_by, reviewed_at=NOW)


def test_one_recheck_is_open_per_claim() -> None:
    claim = make_claim()
    publish(claim)
    with pytest.raises(IntegrityError, match="recheck_one_open_per_claim"), transaction.atomic():
        Recheck.objects.create(claim=claim, due_at=NOW, rule="x", why="x", created_at=NOW)
    refused(model=Recheck, closed_at=NOW, closed_by=make_user(), outcome="")


def test_articles_have_a_text_or_an_address() -> None:
    make_article()
    refused(model=Article, text="", url=None)
    refused(model=Article, text_hash="")


def test_claimants_have_one_name() -> None:
    Claimant.objects.create(name="Ines Falk")
    with pytest.raises(IntegrityError), transaction.atomic():
        Claimant.objects.create(name="Ines Falk")
