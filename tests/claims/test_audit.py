"""Every edit of what is not a verdict leaves an event with its values."""

import pghistory
import pytest

from claims import triage
from claims.models import Claim
from tests.factories import NOW, make_claim, make_user

pytestmark = pytest.mark.django_db


def test_an_edit_keeps_the_words_before_and_after_and_who_changed_them() -> None:
    claim, rita = make_claim(text="Before."), make_user()
    with pghistory.context(user=rita.pk):
        triage.edit(claim=claim, revision=1, text="After.", by=rita, at=NOW)
    first, second = Claim.pgh_event_model.objects.filter(pgh_obj=claim).order_by("pgh_id")
    assert (first.text, second.text) == ("Before.", "After.")
    assert second.pgh_context.metadata["user"] == rita.pk


def test_bulk_updates_are_caught_too() -> None:
    claim = make_claim()
    Claim.objects.filter(pk=claim.pk).update(state="new")
    assert Claim.pgh_event_model.objects.filter(pgh_obj=claim, state="new").exists()
