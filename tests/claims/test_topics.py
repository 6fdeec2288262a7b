"""What claims are about: chosen when one is added or edited, and for many at once."""

import pytest

from claims import triage
from claims.errors import Forbidden, Invalid
from claims.models import Claim, Topic, User
from tests.factories import NOW, make_article, make_claim, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour() -> Topic:
    return Topic.objects.create(name="Harbour")


def add(topic: str) -> Claim:
    return triage.add_claim(
        article=make_article(), start=4, end=30, text="A.", kind="event", topic=topic, by=make_user(), at=NOW
    )


def test_a_claim_is_added_about_a_topic(harbour: Topic) -> None:
    assert add("harbour").topic == harbour


def test_an_unknown_topic_is_refused_and_nothing_is_added() -> None:
    with pytest.raises(Invalid) as refused:
        add("Fish")
    assert refused.value.field == "topic"
    assert not Claim.objects.exists()


def test_a_topic_is_edited_and_taken_away(harbour: Topic) -> None:
    claim = triage.edit(claim=make_claim(), revision=1, topic="Harbour", by=make_user(), at=NOW)
    assert claim.topic == harbour
    assert triage.edit(claim=claim, revision=2, topic="", by=make_user(), at=NOW).topic is None


def test_many_get_a_topic_and_those_that_have_it_do_not_count(harbour: Topic) -> None:
    claims = [make_claim(), make_claim(topic=harbour), make_claim()]
    assert triage.set_topic(claims=claims, topic=harbour, by=make_user("contributor"), at=NOW) == 2
    assert set(Claim.objects.values_list("topic", "revision")) == {(harbour.pk, 2), (harbour.pk, 1)}
    assert triage.set_topic(claims=claims, topic=None, by=make_user("contributor"), at=NOW) == 3
    assert not Claim.objects.filter(topic=harbour).exists()


def test_who_has_no_role_sets_none(harbour: Topic) -> None:
    with pytest.raises(Forbidden):
        triage.set_topic(claims=[make_claim()], topic=harbour, by=User.objects.create_user("x"), at=NOW)
