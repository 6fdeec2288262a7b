"""Attaching evidence to a claim, correcting and removing it."""

from django.test import Client

from claims.models import Evidence
from tests.factories import make_article, make_claim, make_evidence, make_source
from tests.pages.reading import field, words

FORM = {
    "url": "https://records.example/minutes",
    "stance": "supports",
    "quote": "The bridge is closed.",
    "locator": "p. 3",
    "note": "Read aloud.",
    "is_primary": "on",
    "independence_group": "council",
}


def test_an_address_becomes_a_source_that_is_fetched(desk: Client) -> None:
    claim = make_claim(make_article())
    desk.post(f"/claims/{claim.pk}/evidence/", FORM)
    item = Evidence.objects.select_related("source").get()
    assert (item.source.url, item.source.work_state, item.is_primary) == (FORM["url"], "queued", True)
    page = words(desk.get(f"/claims/{claim.pk}/"))
    assert "The bridge is closed. Read aloud." in page
    assert "at p. 3 primary source group “council” being fetched" in page


def test_a_source_that_cannot_be_fetched_shows_why(desk: Client) -> None:
    source = make_source(work_state="failed", failure="The site took too long to answer.")
    claim = make_claim(make_article())
    make_evidence(claim, source=source)
    assert "not fetched: The site took too long to answer." in words(desk.get(f"/claims/{claim.pk}/"))


def test_a_bad_address_is_refused_at_its_field_and_the_note_is_kept(desk: Client) -> None:
    claim = make_claim(make_article())
    answer = desk.post(f"/claims/{claim.pk}/evidence/", FORM | {"url": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert "Address of the source:" in words(answer)
    assert field(answer, "note") == "Read aloud."
    assert not Evidence.objects.exists()


def test_the_same_passage_twice_is_refused(desk: Client) -> None:
    claim = make_claim(make_article())
    desk.post(f"/claims/{claim.pk}/evidence/", FORM)
    answer = desk.post(f"/claims/{claim.pk}/evidence/", FORM)
    assert answer.status_code == 409
    assert "Quote: This passage of this source is already attached" in words(answer)


def test_evidence_is_corrected(desk: Client) -> None:
    item = make_evidence(make_claim(make_article()))
    form = {"stance": "refutes", "quote": "It is open.", "locator": "", "note": "", "independence_group": ""}
    desk.post(f"/evidence/{item.pk}/edit/", form)
    item.refresh_from_db()
    assert (item.stance, item.quote, item.is_primary) == ("refutes", "It is open.", False)


def test_evidence_is_removed(desk: Client) -> None:
    item = make_evidence(make_claim(make_article()))
    desk.post(f"/evidence/{item.pk}/remove/")
    assert not Evidence.objects.exists()
