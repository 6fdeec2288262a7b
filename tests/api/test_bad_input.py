"""Whatever comes in is answered with a problem that names the field; nothing is half-written."""

import json

import pytest

from claims.models import Article, Claim, Evidence, Proposal, Verdict
from sources.models import Publisher, Source
from tests.api.conftest import is_problem
from tests.factories import TEXT, make_article, make_claim, make_source, propose, publish

pytestmark = pytest.mark.django_db

HUGE = 10**30
LONG = "x" * 3_000
DEEP = b"[" * 100_000
VERDICT = {"follows": 0, "rating": "true", "reason": "So.", "change": "first", "applies_from": "2026-03-01"}
STORED = (Article, Claim, Evidence, Proposal, Verdict, Source, Publisher)


@pytest.fixture
def ids():
    article = make_article()
    claim = make_claim(article)
    published = make_claim()
    publish(published)
    return {
        "article": article.pk,
        "claim": claim.pk,
        "published": published.pk,
        "proposal": propose(make_claim()).pk,
        "source": make_source().pk,
        "recheck": published.rechecks.get().pk,
    }


def stored():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in STORED}


BODIES = [
    # What JSON is not.
    ("/articles", b"", 422, "text"),
    ("/articles", b"{", 400, None),
    ("/articles", b'{"text": NaN}', 400, None),
    ("/articles", b'{"text": "\xff\xfe"}', 400, None),
    ("/articles", b'{"text": "\\ud800 alone"}', 400, None),
    ("/articles", DEEP, 400, None),
    ("/articles", b"\x89PNG\r\n\x1a\n\x00", 400, None),
    # JSON of another shape.
    ("/articles", [], 422, ""),
    ("/articles", b"null", 422, ""),
    ("/articles", "text", 400, None),
    ("/articles", b'"text"', 422, ""),
    ("/articles", {}, 422, "text"),
    ("/articles", {"txt": TEXT}, 422, "txt"),
    # Texts.
    ("/articles", {"text": ""}, 422, "text"),
    ("/articles", {"text": "   "}, 422, "text"),
    ("/articles", {"text": "Word"}, 422, "text"),
    ("/articles", {"text": "NUL \x00 in a text that is long enough."}, 422, "text"),
    ("/articles", {"text": 5}, 422, "text"),
    ("/articles", {"text": True}, 422, "text"),
    ("/articles", {"text": None}, 422, "text"),
    ("/articles", {"text": [TEXT]}, 422, "text"),
    ("/articles", {"text": "word " * 400_000}, 422, "text"),
    ("/articles", {"text": TEXT, "html": "<p>x</p>"}, 422, "html"),
    ("/articles", {"html": "<div>" * 300_000}, 422, "html"),
    ("/articles", {"html": ""}, 422, "html"),
    # Details.
    ("/articles", {"text": TEXT, "title": "x" * 501}, 422, "title"),
    ("/articles", {"text": TEXT, "title": "a\x00b"}, 422, "title"),
    ("/articles", {"text": TEXT, "publisher": "a\x01b"}, 422, "publisher"),
    ("/articles", {"text": TEXT, "language": "x" * 13}, 422, "language"),
    ("/articles", {"text": TEXT, "published_on": "2999-01-01"}, 422, "published_on"),
    ("/articles", {"text": TEXT, "published_on": "2026-02-30"}, 422, "published_on"),
    ("/articles", {"text": TEXT, "published_on": "yesterday"}, 422, "published_on"),
    ("/articles", {"text": TEXT, "published_on": 20260302}, 422, "published_on"),
    ("/articles", {"text": TEXT, "published_on": ""}, 422, "published_on"),
    # Addresses.
    ("/articles", {"url": ""}, 422, "url"),
    ("/articles", {"url": "not an address"}, 422, "url"),
    ("/articles", {"url": "ftp://files.example.org/a"}, 422, "url"),
    ("/articles", {"url": "javascript:alert(1)"}, 422, "url"),
    ("/articles", {"url": "file:///etc/passwd"}, 422, "url"),
    ("/articles", {"url": "http://127.0.0.1/"}, 422, "url"),
    ("/articles", {"url": "http://[::1]:8000/"}, 422, "url"),
    ("/articles", {"url": "http://169.254.169.254/latest"}, 422, "url"),
    ("/articles", {"url": "http://2130706433/"}, 422, "url"),
    ("/articles", {"url": "http://user:secret@10.0.0.1/"}, 422, "url"),
    ("/articles", {"url": "https://a.example.org/" + LONG}, 422, "url"),
    ("/articles", {"url": "https://a.example.org/\x00"}, 422, "url"),
    ("/sources", {"url": "http://192.168.1.1/"}, 422, "url"),
    ("/sources", {"url": "https://a.example.org/", "kind": "rumour"}, 422, "kind"),
    ("/sources", {"title": "No address"}, 422, "url"),
    # A claim by its place.
    ("/articles/{article}/claims", {"start": 5, "end": 2, "text": "A.", "kind": "event"}, 422, "start"),
    ("/articles/{article}/claims", {"start": 0, "end": 99_999, "text": "A.", "kind": "event"}, 422, "start"),
    ("/articles/{article}/claims", {"start": 0, "end": HUGE, "text": "A.", "kind": "event"}, 422, "end"),
    ("/articles/{article}/claims", {"start": "0", "end": 9, "text": "A.", "kind": "event"}, 422, "start"),
    ("/articles/{article}/claims", {"start": 0.5, "end": 9, "text": "A.", "kind": "event"}, 422, "start"),
    ("/articles/{article}/claims", {"start": 0, "end": 9, "text": " ", "kind": "event"}, 422, "text"),
    ("/articles/{article}/claims", {"start": 0, "end": 9, "text": "A.", "kind": []}, 422, "kind"),
    ("/claims/{claim}/reject", {"why": ""}, 422, "why"),
    ("/claims/{claim}/reject", {}, 422, "why"),
    ("/claims/{claim}/assign", {"assignee": "nobody at all"}, 422, "assignee"),
    ("/claims/{claim}/assign", {"assignee": "a\x00b"}, 422, "assignee"),
    ("/claims/{claim}/evidence", {"source": HUGE, "stance": "supports"}, 422, "source"),
    ("/claims/{claim}/evidence", {"source": -1, "stance": "supports"}, 422, "source"),
    ("/claims/{claim}/evidence", {"source": True, "stance": "supports"}, 422, "source"),
    ("/claims/{claim}/evidence", {"source": "{source}", "stance": "supports"}, 422, "source"),
    ("/claims/{claim}/evidence", {"url": "https://a.example.org/", "stance": ""}, 422, "stance"),
    ("/claims/{claim}/evidence", {"source": 1, "stance": "supports", "quote": LONG * 2}, 422, "quote"),
    ("/claims/{claim}/verdicts", {}, 422, "rating"),
    ("/claims/{claim}/verdicts", VERDICT | {"rating": None}, 422, "rating"),
    ("/claims/{claim}/verdicts", VERDICT | {"rating": {"value": "true"}}, 422, "rating"),
    ("/claims/{claim}/verdicts", VERDICT | {"reason": ""}, 422, "reason"),
    ("/claims/{claim}/verdicts", VERDICT | {"reason": "\x1b[31m"}, 422, "reason"),
    ("/claims/{claim}/verdicts", VERDICT | {"follows": HUGE}, 422, "follows"),
    ("/claims/{claim}/verdicts", VERDICT | {"follows": "0"}, 422, "follows"),
    ("/claims/{claim}/verdicts", VERDICT | {"follows": 7}, 409, None),
    ("/claims/{claim}/verdicts", VERDICT | {"applies_from": "0000-01-01"}, 422, "applies_from"),
    ("/claims/{claim}/verdicts", VERDICT | {"applies_until": "2026-02-01"}, 422, "applies_until"),
    ("/claims/{claim}/verdicts", VERDICT | {"label": "x" * 81}, 422, "label"),
    ("/proposals/{proposal}/send-back", {"note": ""}, 422, "note"),
    ("/rechecks/{recheck}/outcome", {"outcome": "perhaps"}, 422, "outcome"),
    ("/rechecks/{recheck}/outcome", {"outcome": "cannot_confirm"}, 422, "note"),
    ("/rechecks/{recheck}/reschedule", {"due_at": "soon", "why": "x"}, 422, "due_at"),
    ("/rechecks/{recheck}/reschedule", {"due_at": "0001-01-01T00:00:00+14:00", "why": "x"}, 422, "due_at"),
    ("/rechecks/{recheck}/reschedule", {"due_at": "2030-01-01T00:00:00Z", "why": ""}, 422, "why"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "status", "field"), BODIES)
def test_a_body_that_cannot_be_used(api, ids, path, body, status, field):
    before = stored()
    is_problem(api.post(path.format(**ids), body), status, field=field)
    assert stored() == before


EDITS = [
    ("/claims/{claim}", {}, "revision"),
    ("/claims/{claim}", {"revision": "1"}, "revision"),
    ("/claims/{claim}", {"revision": HUGE}, "revision"),
    ("/claims/{claim}", {"revision": 1, "text": " "}, "text"),
    ("/claims/{claim}", {"revision": 1, "text": "x" * 2_001}, "text"),
    ("/claims/{claim}", {"revision": 1, "kind": "rumour"}, "kind"),
    ("/claims/{claim}", {"revision": 1, "when": "2026-13"}, "when"),
    ("/claims/{claim}", {"revision": 1, "when": "2026-02-30"}, "when"),
    ("/claims/{claim}", {"revision": 1, "when": "2026/2025"}, "when"),
    ("/claims/{claim}", {"revision": 1, "state": "published"}, "state"),
    ("/articles/{article}", {"published_on": "2999-01-01"}, "published_on"),
    ("/articles/{article}", {"title": ""}, "title"),
    ("/articles/{article}", {"text": "Another text."}, "text"),
]


@pytest.mark.parametrize(("path", "body", "field"), EDITS)
def test_an_edit_that_cannot_be_used(api, ids, path, body, field):
    before = stored()
    is_problem(api.patch(path.format(**ids), body), 422, field=field)
    assert stored() == before


QUERIES = [
    ("/claims?state=gone", "state"),
    ("/claims?rating=5", "rating"),
    ("/claims?freshness=old", "freshness"),
    ("/claims?kind=", "kind"),
    ("/claims?article=x", "article"),
    ("/claims?article=0", "article"),
    (f"/claims?article={HUGE}", "article"),
    ("/claims?as_of=today", "as_of"),
    ("/claims?as_of=2026-02-30", "as_of"),
    ("/claims?as_of=2026-03-01&as_of=2026-03-02", "as_of"),
    ("/claims?known_at=2026-25-01", "known_at"),
    ("/claims?created_after=x", "created_after"),
    ("/claims?when=next year", "when"),
    ("/claims?limit=0", "limit"),
    ("/claims?limit=101", "limit"),
    ("/claims?limit=ten", "limit"),
    ("/claims?q=%00", "q"),
    ("/claims?q=", "q"),
    (f"/claims?q={LONG}", "q"),
    ("/claims?claimant=a%00b", "claimant"),
    ("/claims?ratng=false", "ratng"),
    ("/claims?format=xml", "format"),
    ("/claims?cursor=x", "cursor"),
    ("/claims?cursor=%FF%FE", "cursor"),
    ("/claims?cursor=W10", "cursor"),
    ("/claims?cursor=bnVsbA", "cursor"),
    ("/articles?state=lost", "state"),
    ("/articles?url=nonsense", "url"),
    ("/proposals?state=maybe", "state"),
    ("/sources?kind=rumour", "kind"),
    ("/rechecks?due=maybe", "due"),
    (f"/rechecks?claim={HUGE}", "claim"),
    ("/claims/{claim}/status?as_of=1", "as_of"),
    ("/claims/{claim}/status?known_at=9999-12-31T23:59:59-14:00", "known_at"),
    ("/claims/{claim}?colour=red", "colour"),
]


@pytest.mark.parametrize(("path", "field"), QUERIES)
def test_a_parameter_that_cannot_be_used(api, ids, path, field):
    is_problem(api.get(path.format(**ids)), 422, field=field)


def test_a_cursor_of_another_list_is_refused(api):
    for day in range(3):
        make_claim(text=f"Claim {day}.")
        make_article(text=f"{TEXT} {day}")
    cursor = api.get("/articles?limit=1").json()["next"].partition("cursor=")[2]
    is_problem(api.get(f"/claims?cursor={cursor}"), 422, field="cursor")


def test_any_text_in_any_script_is_taken(api):
    text = "القط على الحصيرة منذ يوم الاثنين. 🐈 Кошка сидит на коврике. Ça va bien aujourd'hui."
    response = api.post("/articles", {"text": text, "title": "🐈 قط"})
    assert response.status_code == 201
    assert response.json()["text"] == text


def test_several_faults_are_all_told(api, ids):
    body = json.dumps({"follows": "x", "rating": "y"})
    problem = is_problem(api.post(f"/claims/{ids['claim']}/verdicts", body), 422)
    assert {error["field"] for error in problem["errors"]} >= {"follows", "rating", "reason", "applies_from"}
