"""An editor sets what reviews go by; what is sealed is sealed here too."""

import pytest
from django.urls import reverse

from claims import blind, gates
from claims.models import BlindSwitch, Claim, RatingGate, Topic
from tests.admin.conftest import list_of, page
from tests.factories import NOW, make_claim, make_user, propose, publish, set_gate

pytestmark = pytest.mark.django_db


def test_an_editor_sets_how_many_sources_a_rating_needs(client, enter):
    enter("editor")
    gate = RatingGate.objects.get(rating="true")
    assert client.post(page("ratinggate", gate.pk), {"sources": 3}).status_code == 302
    assert gates.needs()["true"] == 3


def test_a_number_out_of_range_is_refused_at_its_field(client, enter):
    enter("editor")
    gate = RatingGate.objects.get(rating="true")
    answer = client.post(page("ratinggate", gate.pk), {"sources": 11})
    assert answer.status_code == 200
    assert "less than or equal to 10" in answer.text
    assert gates.needs()["true"] == 0


def test_a_reviewer_does_not_set_it(client, enter):
    enter("reviewer")
    gate = RatingGate.objects.get(rating="true")
    assert client.post(page("ratinggate", gate.pk), {"sources": 3}).status_code == 403


def test_an_editor_asks_for_blind_ratings_and_ends_them(client, enter):
    edith = enter("editor")
    topic = Topic.objects.create(name="Harbour")
    assert client.post(page("blindswitch", what="add"), {"topic": topic.pk}).status_code == 302
    switch = BlindSwitch.objects.get()
    assert (switch.topic, switch.set_by) == (topic, edith)
    client.post(page("blindswitch", switch.pk, what="delete"), {"post": "yes"})
    assert not BlindSwitch.objects.exists()


def test_asking_twice_is_refused_in_words(client, enter):
    edith = enter("editor")
    blind.switch_on(by=edith, at=NOW)
    answer = client.post(page("blindswitch", what="add"), {})
    assert answer.status_code == 200
    assert "already exists" in answer.text
    assert BlindSwitch.objects.count() == 1


def test_a_sealed_proposal_is_for_its_submitter_alone(client, enter):
    edith, ravi = make_user("editor"), make_user()
    blind.switch_on(by=edith, at=NOW)
    proposal = propose(make_claim(), "mostly_false", by=ravi, reason="The minutes decide it.")
    enter(edith)
    for query in ("", "q=minutes", "rating__exact=mostly_false"):
        assert proposal.claim.text not in client.get(list_of("proposal", query)).text
    assert client.get(page("proposal", proposal.pk)).status_code == 302
    around = client.get(page("claim", proposal.claim_id)).text
    assert "waits for review" in around
    assert "mostly false" not in around.partition("rc-around")[2]
    assert "The minutes decide it." not in around
    audit = client.get(reverse("admin:pghistory_events_changelist")).text
    assert "The minutes decide it." not in audit
    enter(ravi)
    assert "The minutes decide it." in client.get(page("proposal", proposal.pk)).text


def test_a_topic_is_made_and_given_to_a_claim(client, enter):
    edith = enter("editor")
    assert client.post(page("topic", what="add"), {"name": "Harbour", "desk": [edith.pk]}).status_code == 302
    topic = Topic.objects.get()
    assert list(topic.desk.all()) == [edith]
    claim = make_claim()
    form = {"text": claim.text, "kind": claim.kind, "when": "", "revision": 1, "topic": topic.pk}
    assert client.post(page("claim", claim.pk), form).status_code == 302
    assert Claim.objects.get().topic == topic


def test_a_verdicts_page_tells_of_its_gate_and_correction(client, enter):
    enter("reviewer")
    claim = make_claim()
    publish(claim)
    set_gate("false", 2)
    verdict = publish(claim, "false", change="our_error", correction="We misread it.", override="One record.")
    body = client.get(page("verdict", verdict.pk)).text
    assert "We misread it." in body
    assert "0, 2 needed. One record." in body


def test_nothing_in_the_admin_approves_a_proposal(client, enter):
    enter("administrator")
    proposal = propose(make_claim())
    answer = client.post(page("proposal", proposal.pk), {"state": "approved"})
    assert answer.status_code == 403
    actions = {"action": "delete_selected", "_selected_action": [proposal.pk], "post": "yes"}
    client.post(list_of("proposal"), actions)
    proposal.refresh_from_db()
    assert proposal.state == "submitted"
