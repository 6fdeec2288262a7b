"""An article is edited after its claims were found: they are found again in it, or say that they are lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from claims import intake, triage, versions
from claims.errors import Conflict, Forbidden, Invalid
from claims.losses import lost
from claims.models import Appearance, Article, Claim, Reread, User
from sources import politeness
from sources.fetching import Fetched, FetchError
from sources.work import MAX_ATTEMPTS
from tests.factories import NOW, days, make_article, make_claim, make_snapshot, make_user

pytestmark = pytest.mark.django_db

FIRST = "The harbour bridge was closed on Monday after divers found cracks in two pillars."
SECOND = "The city council will reopen the bridge in May 2026, a spokeswoman said."
THIRD = "The repair will cost 4 million euros."
TEXT = f"{FIRST} {SECOND}\n\n{THIRD}"
URL = "https://gazette.example/bridge"


@pytest.fixture
def checker() -> User:
    return make_user("contributor")


def edited(article: Article, text: str, *, after: float = 1, by: User | None = None) -> bool:
    changed = versions.revise(article=article, text=text, by=by or make_user(), at=NOW + days(after))
    article.refresh_from_db()
    return changed


def with_claims(**fields: object) -> tuple[Article, list[Claim]]:
    article = make_article(TEXT, text_hash=versions.hash_of(TEXT), **fields)
    return article, [make_claim(article, passage=sentence) for sentence in (FIRST, SECOND, THIRD)]


def appearance(claim: Claim) -> Appearance:
    return claim.appearances.select_related("article").get()


def test_sentences_are_found_again_where_they_are_now() -> None:
    article, claims = with_claims()
    assert edited(article, f"Updated on Tuesday.\n\n{THIRD}\n\n{FIRST} {SECOND}")
    for claim, sentence in zip(claims, (FIRST, SECOND, THIRD), strict=True):
        found = appearance(claim)
        assert (found.standing, found.standing_since, found.sentence) == ("there", None, sentence)
        assert article.text[found.start : found.end] == sentence
        assert article.text[: found.start].endswith(found.prefix)


def test_a_sentence_that_has_vanished_is_kept_and_flagged() -> None:
    article, (first, second, third) = with_claims()
    before = appearance(second)
    edited(article, f"{FIRST}\n\n{THIRD}")
    gone = appearance(second)
    assert (gone.standing, gone.standing_since) == ("vanished", NOW + days(1))
    assert (gone.sentence, gone.start, gone.end) == (SECOND, before.start, before.end)
    assert gone.version is not None
    assert gone.version.text[gone.start : gone.end] == SECOND
    assert {appearance(first).standing, appearance(third).standing} == {"there"}
    assert list(Claim.objects.filter(lost("sentence"))) == [second]


def test_a_reworded_sentence_is_followed_and_a_changed_number_is_not() -> None:
    article, (_, second, third) = with_claims()
    planned = SECOND.replace("will reopen", "plans to reopen")
    edited(article, f"{FIRST} {planned}\n\n{THIRD.replace('4', '6')}")
    reworded = appearance(second)
    assert reworded.standing == "reworded"
    assert reworded.sentence == planned
    assert article.text[reworded.start : reworded.end] == reworded.sentence
    assert appearance(third).standing == "vanished"
    assert Appearance.pgh_event_model.objects.filter(pgh_obj=reworded.pk, sentence=SECOND).exists()


def test_what_comes_back_is_there_again() -> None:
    article, (_, second, _) = with_claims()
    edited(article, f"{FIRST}\n\n{THIRD}")
    edited(article, f"{FIRST} {SECOND}\n\n{THIRD} The end is near.", after=2)
    back = appearance(second)
    assert (back.standing, back.standing_since, back.version) == ("there", NOW + days(2), None)
    assert article.text[back.start : back.end] == SECOND


def test_of_a_sentence_lost_long_ago_the_version_that_had_it_is_named() -> None:
    article, (_, second, _) = with_claims()
    edited(article, f"{FIRST}\n\n{THIRD}")
    edited(article, f"{FIRST}\n\nThe end.", after=2)
    gone = appearance(second)
    assert (gone.version.number, gone.standing_since) == (1, NOW + days(1))


def test_nothing_of_the_old_text_is_lost() -> None:
    snapshot = make_snapshot(text=TEXT)
    article, _ = with_claims(snapshot=snapshot, skipped=[{"start": 0, "end": 12, "reason": "fragment"}])
    someone = make_user()
    edited(article, "An entirely new text of some words.", by=someone)
    version = article.versions.get()
    assert (version.number, version.text, version.snapshot, version.replaced_by) == (
        1,
        TEXT,
        snapshot,
        someone,
    )
    assert version.skipped == [{"start": 0, "end": 12, "reason": "fragment"}]
    assert article.snapshot is None
    edited(article, TEXT, after=2)
    assert list(article.versions.values_list("number", flat=True)) == [1, 2]


def test_skipped_sentences_keep_their_reasons_where_they_still_stand() -> None:
    place = TEXT.index(THIRD)
    article, _ = with_claims(
        skipped=[
            {"start": 0, "end": len(FIRST), "reason": "rhetoric"},
            {"start": place, "end": len(TEXT), "reason": "opinion"},
        ]
    )
    edited(article, f"New words here. {THIRD}")
    assert article.skipped == [{"start": 16, "end": 16 + len(THIRD), "reason": "opinion"}]


def test_one_claim_in_two_sentences_keeps_its_two_places() -> None:
    article = make_article(f"{FIRST} {FIRST} {THIRD}")
    claim = make_claim(article, passage=FIRST)
    start = len(FIRST) + 1
    place = {"start": start, "end": start + len(FIRST), "sentence": FIRST, "prefix": FIRST[-40:]}
    Appearance.objects.create(claim=claim, article=article, wording="x", suffix=f" {THIRD}"[:48], **place)
    edited(article, f"{THIRD} {FIRST} {FIRST}")
    there = claim.appearances.exclude(standing="vanished")
    assert 1 <= there.count() <= 2
    edited(article, f"{FIRST} {THIRD}", after=2)
    assert claim.appearances.filter(standing="there").count() == 1
    assert claim.appearances.filter(standing="vanished").count() == 1


def test_the_same_text_is_no_edit_and_another_article_s_text_is_refused() -> None:
    article, _ = with_claims()
    assert not edited(article, TEXT)
    other = make_article("Some quite different words here.")
    Article.objects.filter(pk=other.pk).update(text_hash=versions.hash_of(other.text))
    with pytest.raises(Conflict) as refused:
        edited(article, other.text)
    assert refused.value.data["article"] == other.pk
    assert not article.versions.exists()


@pytest.mark.parametrize("text", ["", "Too short."])
def test_a_text_without_words_is_refused(text: str) -> None:
    article, _ = with_claims()
    with pytest.raises(Invalid) as refused:
        edited(article, text)
    assert refused.value.field == "text"


def test_what_is_being_read_is_left_alone_and_outsiders_too() -> None:
    article, _ = with_claims()
    with pytest.raises(Forbidden):
        edited(article, "Words enough for a text.", by=User.objects.create_user("outsider"))
    article.queue(at=NOW)
    article.save()
    with pytest.raises(Conflict):
        edited(article, "Words enough for a text.")
    with pytest.raises(Conflict):
        versions.find_new_claims(article=article, by=make_user(), at=NOW)


def test_new_sentences_are_extracted_and_known_claims_are_not_made_twice(checker: User) -> None:
    article, _ = intake.add_article(by=checker, at=NOW, text=TEXT, published_on=date(2026, 3, 2))
    intake.work_article(at=NOW)
    article.refresh_from_db()
    accepted = article.appearances.order_by("start")[0].claim
    triage.accept(claim=accepted, by=checker, at=NOW)
    triage.edit(claim=accepted, revision=1, text="The bridge has been shut.", by=checker, at=NOW)
    before = set(Claim.objects.values_list("pk", "text"))
    edited(article, f"{TEXT} The harbour police arrested three men on Tuesday.", by=checker)
    assert set(Claim.objects.values_list("pk", "text")) == before
    versions.find_new_claims(article=article, by=checker, at=NOW + days(1))
    assert intake.work_article(at=NOW + days(1))
    article.refresh_from_db()
    added = Claim.objects.exclude(pk__in=[pk for pk, _ in before])
    assert (article.state, article.only_new) == ("ready", False)
    assert [claim.appearances.get().sentence for claim in added] == [
        "The harbour police arrested three men on Tuesday."
    ]
    assert before <= set(Claim.objects.values_list("pk", "text"))


def test_dates_made_anew_do_not_double_a_claim_that_was_edited(checker: User) -> None:
    article, _ = intake.add_article(by=checker, at=NOW, text=TEXT, published_on=date(2026, 3, 2))
    intake.work_article(at=NOW)
    count = Claim.objects.count()
    claim = Claim.objects.order_by("pk")[0]
    triage.edit(claim=claim, revision=1, text="The bridge has been shut.", by=checker, at=NOW)
    article.refresh_from_db()
    article.queue(at=NOW)
    article.save()
    intake.work_article(at=NOW)
    assert Claim.objects.count() == count


def test_a_known_address_pasted_again_with_another_text_is_an_edit(checker: User) -> None:
    article, _ = intake.add_article(by=checker, at=NOW, text=TEXT, url=URL)
    intake.work_article(at=NOW)
    again, new = intake.add_article(by=checker, at=NOW + days(1), text=f"{FIRST}\n\n{THIRD}", url=URL)
    assert (again.pk, new) == (article.pk, False)
    article.refresh_from_db()
    assert (article.text, article.versions.get().text) == (f"{FIRST}\n\n{THIRD}", TEXT)


# --- Looks at the address.


def page(*sentences: str) -> Fetched:
    words = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    body = f"<html><head><title>Bridge</title></head><body><article>{words}</article></body></html>"
    return Fetched(URL, 200, "text/html", body.encode(), {"etag": '"b"'})


def answer(monkeypatch: pytest.MonkeyPatch, with_what: Fetched | Exception, robots: str = "") -> list[dict]:
    given: list[dict] = []

    def fetch(url: str, **conditions: str) -> Fetched:
        given.append(conditions)
        if isinstance(with_what, Exception):
            raise with_what
        return with_what

    monkeypatch.setattr(versions, "fetch", fetch)
    monkeypatch.setattr(
        politeness, "fetch", lambda url, **_: Fetched(url, 200, "text/plain", robots.encode(), {})
    )
    return given


def on_the_web(**fields: object) -> Article:
    return with_claims(url=URL, next_reread_at=NOW, **fields)[0]


def looked_at(article: Article, at: object = NOW) -> Reread:
    versions.begin_due(at=at)  # type: ignore[arg-type]
    assert versions.work_reread(at=at)  # type: ignore[arg-type]
    article.refresh_from_db()
    reread = article.rereads.first()
    assert reread is not None
    return reread


def test_a_page_that_was_edited_becomes_the_present_version(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, page(FIRST, THIRD))
    article = on_the_web()
    assert looked_at(article).outcome == "changed"
    assert article.text == f"{FIRST}\n\n{THIRD}"
    assert article.snapshot is not None
    assert article.versions.get().replaced_by is None
    assert Appearance.objects.filter(standing="vanished").count() == 1
    assert article.next_reread_at == NOW + days(1)


def test_a_page_as_before_is_looked_at_less_and_less(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, page(FIRST, SECOND, THIRD))
    article = on_the_web()
    looked_at(article)
    given = answer(monkeypatch, Fetched(URL, 304, "", b"", {}))
    waits = []
    for _ in range(8):
        at = article.next_reread_at
        assert looked_at(article, at).outcome == "unchanged"
        waits.append(article.next_reread_at - at)
    assert given[-1]["etag"] == '"b"'
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=30)


@pytest.mark.parametrize(("final", "state"), [(True, "failed"), (False, "queued")])
def test_a_page_that_cannot_be_had_leaves_the_article_as_it_is(
    monkeypatch: pytest.MonkeyPatch, final: bool, state: str
) -> None:
    answer(monkeypatch, FetchError("not_found", "There is no page.", final=final))
    article = on_the_web()
    reread = looked_at(article)
    assert (reread.work_state, reread.failure, reread.outcome) == (state, "There is no page.", "")
    assert (article.state, article.text) == ("ready", TEXT)
    assert article.next_reread_at > NOW


@pytest.mark.parametrize("body", [b"<html><body></body></html>", b"<html><body><p>Short.</p></body></html>"])
def test_a_page_without_an_article_changes_nothing(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    answer(monkeypatch, replace(page(FIRST), body=body))
    article = on_the_web()
    assert looked_at(article).work_state == "failed"
    assert article.text == TEXT


def test_robots_txt_is_honoured_unless_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    given = answer(monkeypatch, page(FIRST, THIRD), robots="User-agent: *\nDisallow: /")
    article = on_the_web()
    reread = looked_at(article)
    assert (given, reread.failure_code, reread.work_state) == ([], "robots", "failed")
    versions.reread_now(article=article, by=make_user(), at=NOW)
    versions.work_reread(at=NOW)
    assert len(given) == 1
    assert article.rereads.first().outcome == "changed"


def test_only_an_article_with_an_address_can_be_read_again() -> None:
    article, _ = with_claims()
    with pytest.raises(Conflict):
        versions.reread_now(article=article, by=make_user(), at=NOW)
    with pytest.raises(Forbidden):
        versions.reread_now(article=article, by=User.objects.create_user("outsider"), at=NOW)


def test_an_article_that_is_being_read_is_looked_at_later(monkeypatch: pytest.MonkeyPatch) -> None:
    article = on_the_web(work_state="queued")
    assert versions.begin_due(at=NOW)
    article.refresh_from_db()
    assert (article.rereads.count(), article.next_reread_at) == (0, NOW + days(1))


def test_a_look_whose_worker_dies_again_and_again_is_not_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, page(FIRST, THIRD))
    article = on_the_web()
    versions.begin_due(at=NOW)
    Reread.objects.update(work_state="running", attempts=MAX_ATTEMPTS, lease_until=NOW)
    assert not versions.work_reread(at=NOW + days(0.5))
    article.refresh_from_db()
    assert looked_at(article, article.next_reread_at).outcome == "changed"


def test_an_article_with_an_address_is_planned_once_it_is_read(checker: User) -> None:
    article, _ = intake.add_article(by=checker, at=NOW, text=TEXT, url=URL)
    pasted, _ = intake.add_article(by=checker, at=NOW, text=f"{FIRST} Nothing more.")
    while intake.work_article(at=NOW):
        pass
    article.refresh_from_db()
    pasted.refresh_from_db()
    assert (article.next_reread_at, pasted.next_reread_at) == (NOW + days(1), None)
