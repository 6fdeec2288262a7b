"""Merging claims at the desk: finding the other, comparing, confirming; and where the merged one leads."""

import re

import pytest
from django.test import Client

from claims import merging
from claims.models import Claim, User
from tests.factories import NOW, days, make_article, make_claim, make_evidence, make_user, propose, publish
from tests.pages.conftest import browser_of
from tests.pages.reading import HTMX, words


@pytest.fixture
def two(db: None) -> tuple[Claim, Claim]:
    return make_claim(text="The bridge is <i>shut</i>."), make_claim(
        text="The bridge is closed to all traffic."
    )


@pytest.fixture
def merged(two: tuple[Claim, Claim], ravi: User) -> tuple[Claim, Claim]:
    """The first was merged into the second, two days after each was judged."""
    claim, other = two
    publish(claim, "true", reason="The old record.")
    publish(other, "false")
    merging.merge(claims=[claim], into=other, reason="The same.", by=ravi, at=NOW + days(2))
    return two


@pytest.mark.parametrize("which", ["closed traffic", "{}", "#{}", "https://desk.example/claims/{}/#links"])
def test_the_other_claim_is_found_by_words_number_or_address(
    desk: Client, two: tuple[Claim, Claim], which: str
) -> None:
    claim, other = two
    for headers in ({}, HTMX):
        page = desk.get(f"/claims/{claim.pk}/merge/", {"q": which.format(other.pk)}, headers=headers)
        assert "The bridge is closed to all traffic." in words(page)
        assert f"/claims/merge/?claims={claim.pk}&amp;claims={other.pk}" in page.content.decode()


def test_what_reads_alike_is_offered_first(desk: Client) -> None:
    claim, alike = make_claim(text="The bridge is closed."), make_claim(text="The bridge is closed now.")
    make_claim(text="Elephants crossed the river at noon.")
    page = words(desk.get(f"/claims/{claim.pk}/merge/"))
    assert alike.text in page
    assert "Elephants" not in page


def test_the_claims_are_compared_side_by_side(desk: Client, two: tuple[Claim, Claim]) -> None:
    claim, other = two
    make_evidence(claim, quote="It is shut, says the record.")
    publish(other, "half_true")
    page = desk.get(f"/claims/merge/?claims={claim.pk}&claims={other.pk}")
    told = words(page)
    assert "The bridge is <i>shut</i>." in told
    assert "It is shut, says the record." in told
    assert "Half true" in told
    # What is published stands, unless somebody chooses the other.
    [chosen] = re.findall(r'<input type="radio"[^>]*checked[^>]*>', page.content.decode())
    assert f'value="{other.pk}"' in chosen


def test_a_merge_leads_to_the_claim_that_stands(desk: Client, two: tuple[Claim, Claim]) -> None:
    claim, other = two
    form = {"claims": [claim.pk, other.pk], "into": other.pk, "reason": "The same bridge."}
    page = desk.post("/claims/merge/", form, follow=True)
    assert page.redirect_chain == [(f"/claims/{other.pk}/", 302)]
    assert "Merged from 1 other claim" in words(page)
    assert "The same bridge." in words(page)


def test_a_merge_without_a_reason_is_refused_and_keeps_what_was_chosen(
    desk: Client, two: tuple[Claim, Claim]
) -> None:
    claim, other = two
    answer = desk.post("/claims/merge/", {"claims": [claim.pk, other.pk], "into": claim.pk, "reason": ""})
    assert answer.status_code == 422
    assert "Say in a few words why they are one claim." in words(answer)
    assert not Claim.objects.exclude(merged_into=None).exists()


def test_the_wrong_way_round_is_told(desk: Client, two: tuple[Claim, Claim]) -> None:
    claim, other = two
    publish(claim)
    form = {"claims": [claim.pk, other.pk], "into": other.pk, "reason": "The same."}
    answer = desk.post("/claims/merge/", form)
    assert answer.status_code == 409
    assert "merge the other way round" in words(answer)


@pytest.mark.parametrize("asked", ["", "claims=x", "claims=9999999&claims=8888888"])
def test_fewer_than_two_claims_are_told(desk: Client, asked: str) -> None:
    answer = desk.get(f"/claims/merge/?{asked}")
    assert answer.status_code == 422
    assert "Choose two claims or more" in words(answer)


def test_ticked_claims_of_the_queue_are_merged(desk: Client, two: tuple[Claim, Claim]) -> None:
    ticked = [claim.pk for claim in two]
    answer = desk.post("/claims/bulk/", {"action": "merge", "claims": ticked})
    assert answer["Location"] == f"/claims/merge/?claims={ticked[0]}&claims={ticked[1]}"
    page = desk.post("/claims/bulk/", {"action": "merge", "claims": ticked[:1]}, follow=True)
    assert "Tick at least two claims to merge." in words(page)


def test_the_merged_claims_page_leads_to_the_other_for_good_but_is_asked_for_again(
    desk: Client, merged: tuple[Claim, Claim]
) -> None:
    claim, other = merged
    answer = desk.get(f"/claims/{claim.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/claims/{other.pk}/")
    assert answer["Cache-Control"] == "no-cache"


def test_its_history_and_verdicts_are_read_from_the_other_claims_page(
    desk: Client, merged: tuple[Claim, Claim]
) -> None:
    claim, other = merged
    assert f"/claims/{claim.pk}/history/" in desk.get(f"/claims/{other.pk}/").content.decode()
    page = words(desk.get(f"/claims/{claim.pk}/history/"))
    assert "was merged into The bridge is closed to all traffic." in page
    assert "The old record." in page


def test_what_was_merged_in_by_way_of_another_is_shown_too(desk: Client, merged: tuple[Claim, Claim]) -> None:
    last = make_claim()
    publish(last)
    merging.merge(claims=[merged[1]], into=last, reason="x", by=make_user(), at=NOW + days(3))
    assert "Merged from 2 other claims" in words(desk.get(f"/claims/{last.pk}/"))


def test_what_was_so_when_is_answered_for_it_until_the_merge(
    desk: Client, merged: tuple[Claim, Claim]
) -> None:
    claim, _ = merged
    asked = {"as_of": "2026-03-02", "known_at": "2026-03-03T12:00"}
    for headers in ({}, HTMX):
        assert "The old record." in words(desk.get(f"/claims/{claim.pk}/status/", asked, headers=headers))
        later = words(desk.get(f"/claims/{claim.pk}/status/", asked | {"known_at": ""}, headers=headers))
        assert "The old record." not in later
        assert "False" in later


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("verdict/", {"follows": 1, "rating": "false", "change": "our_error", "applies_from": "2026-03-01",
                      "reason": "Typed at length and not to be lost."}),
        ("accept/", {}),
        ("links/", {"kind": "same", "other": "{other}"}),
        ("still-so/", {"seen": "2026-03-02T12:00"}),
        ("assign/", {"assignee": ""}),
    ],
)  # fmt: skip
def test_whoever_writes_to_it_is_told_where_to_go(
    desk: Client, merged: tuple[Claim, Claim], path: str, form: dict[str, str]
) -> None:
    claim, other = merged
    form = {name: str(value).format(other=make_claim().pk) for name, value in form.items()}
    answer = desk.post(f"/claims/{claim.pk}/{path}", form)
    assert answer.status_code == 409
    assert f"This claim was merged into claim {other.pk}" in words(answer)
    assert f'href="/claims/{other.pk}/"' in answer.content.decode()
    if "reason" in form:
        assert "You had typed: Typed at length and not to be lost." in words(answer)


def test_readers_are_led_to_the_other_claims_form(client: Client, merged: tuple[Claim, Claim]) -> None:
    claim, other = merged
    assert client.get(f"/claims/{claim.pk}/ask/")["Location"] == f"/claims/{other.pk}/ask/"
    answer = client.post(f"/claims/{claim.pk}/ask/", {"words": "Look again!"})
    assert answer.status_code == 409
    assert f"merged into claim {other.pk}" in words(answer)


def test_lists_show_only_the_claim_that_stands(desk: Client, ravi: User) -> None:
    article = make_article()
    claim = make_claim(article, text="The bridge is shut.")
    other = make_claim(article, text="The bridge is closed.")
    merging.merge(claims=[claim], into=other, reason="x", by=ravi, at=NOW)
    for page in (f"/articles/{article.pk}/", "/claims/"):
        told = words(desk.get(page))
        assert "The bridge is closed." in told
        assert "The bridge is shut." not in told


def test_whose_verdict_waited_is_told_in_the_inbox(two: tuple[Claim, Claim], carl: User, ravi: User) -> None:
    claim, other = two
    propose(claim, by=carl)
    merging.merge(claims=[claim], into=other, reason="The same.", by=ravi, at=NOW)
    assert f"The claim was merged into claim {other.pk}: The same." in words(browser_of(carl).get("/inbox/"))


def test_a_contributor_sees_no_merge_and_may_not(carl: User, two: tuple[Claim, Claim]) -> None:
    contributor = browser_of(carl)
    claim, other = two
    assert "Merge…" not in words(contributor.get(f"/claims/{claim.pk}/"))
    for page in (f"/claims/{claim.pk}/merge/", f"/claims/merge/?claims={claim.pk}&claims={other.pk}"):
        assert contributor.get(page).status_code == 403


def test_the_keys_of_a_card_lead_to_merging_and_splitting(desk: Client) -> None:
    claim = make_claim(make_article(), state="new")
    card = desk.get(f"/articles/{claim.appearances.get().article_id}/").content.decode()
    assert f'href="/claims/{claim.pk}/merge/" hx-boost="false" data-key="m"' in card
    assert f'href="/claims/{claim.pk}/split/" hx-boost="false" data-key="d"' in card
