"""One shape for every error, at every address."""

import pytest
from django.db import DataError, IntegrityError

from claims.api.urls import v1
from tests.api.conftest import Caller, caller, is_problem, operations, schema
from tests.factories import TEXT, make_claim

pytestmark = pytest.mark.django_db

PUBLIC = {"openapi.json", "docs"}
PATHS = sorted("/" + str(pattern.pattern) for pattern in v1 if str(pattern.pattern) not in PUBLIC)
FILLED = [path.replace("<int:id>", "999") for path in PATHS]
OPERATIONS = sorted(
    (method.upper(), path.removeprefix("/api/v1"))
    for path, methods in schema()["paths"].items()
    for method in methods
)


@pytest.mark.parametrize("path", FILLED)
def test_without_a_key(stranger, path):
    response = stranger.get(path)
    is_problem(response, 401, "not_authenticated")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", FILLED)
def test_a_method_that_is_not_there(api, path):
    response = api.client.generic("PUT", "/api/v1" + path)
    is_problem(response, 405, "method_not_allowed")
    assert response.headers["Allow"]


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in OPERATIONS if "{id}" in p])
def test_an_id_that_is_not_there(api, method, path):
    bodies = {
        "/articles/{id}/claims": {"start": 0, "end": 9, "text": "A.", "kind": "event"},
        "/claims/{id}": {"revision": 1},
        "/claims/{id}/reject": {"why": "x"},
        "/claims/{id}/assign": {"assignee": None},
        "/claims/{id}/evidence": {"url": "https://a.example.org/", "stance": "supports"},
        "/claims/{id}/verdicts": {
            "follows": 0, "rating": "true", "reason": "x", "change": "first", "applies_from": "2026-03-01"
        },
        "/claims/{id}/withdrawal": {"follows": 1, "reason": "x", "applies_from": "2026-03-01"},
        "/claims/{id}/links": {"kind": "same", "other": 1},
        "/claims/{id}/still-so": {"seen": "2026-03-01T00:00:00Z"},
        "/claims/{id}/volatility": {"volatility": "fast"},
        "/claims/{id}/merge": {"into": 1, "reason": "x"},
        "/claims/{id}/split": {"reason": "x", "parts": [{"text": "One."}, {"text": "Two."}]},
        "/reader-requests/{id}/decline": {"reason": "x"},
        "/proposals/{id}/send-back": {"note": "x"},
        "/proposals/{id}/second-rating": {"rating": "true", "reason": "x"},
        "/rechecks/{id}/outcome": {"outcome": "still_so"},
        "/rechecks/{id}/reschedule": {"due_at": "2030-01-01T00:00:00Z", "why": "x"},
        "/rechecks/{id}/assign": {"assignee": None},
        "/rechecks/{id}/snooze": {"until": "2030-01-01", "why": "x"},
        "/rechecks/{id}/acknowledge": {"until": "2030-01-01", "why": "x"},
    }  # fmt: skip
    body = None if method in {"GET", "DELETE"} else bodies.get(path, {})
    for id in ("999", "0", str(2**63), str(10**40)):
        is_problem(api.send(method, path.replace("{id}", id), body), 404, "not_found")


@pytest.mark.parametrize("path", ["/nothing", "/claims/", "/claims/x", "/claims/-1", "/", "/../v2/claims"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_an_address_that_is_not_there(stranger, method, path):
    is_problem(stranger.client.generic(method, "/api/v1" + path), 404, "not_found")


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in OPERATIONS if m == "GET"])
def test_another_format_than_json(api, method, path):
    path = path.replace("{id}", "999")
    is_problem(api.send(method, path, headers={"Accept": "text/html"}), 406, "not_acceptable")


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_the_descriptions_refuse_alike(stranger, path):
    is_problem(stranger.client.post("/api/v1" + path, {}), 405, "method_not_allowed")
    accept = {"Accept": "image/png"}
    is_problem(stranger.client.get("/api/v1" + path, headers=accept), 406, "not_acceptable")


@pytest.mark.parametrize("path", ["/claims", "/articles", "/rechecks"])
def test_head_is_get_without_its_body(api, path):
    response = api.send("HEAD", path)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"] == api.get(path).headers["ETag"]


WITH_BODY = [
    (method, path)
    for method, path in OPERATIONS
    if "requestBody" in schema()["paths"]["/api/v1" + path][method.lower()]
]


@pytest.mark.parametrize(("method", "path"), WITH_BODY)
@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_another_body_than_json(api, method, path, media):
    response = api.send(method, path.replace("{id}", "999"), b"a=b", content_type=media)
    is_problem(response, 415, "unsupported_media_type")


@pytest.mark.parametrize(("method", "path"), WITH_BODY)
def test_a_body_that_is_not_json(api, method, path):
    is_problem(api.send(method, path.replace("{id}", "999"), b"{"), 400, "malformed")


def test_a_body_in_chunks(api):
    response = api.send("POST", "/articles", headers={"Transfer-Encoding": "chunked"}, CONTENT_LENGTH="")
    is_problem(response, 411, "length_required")


def test_a_body_that_is_too_large(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    is_problem(api.post("/articles", {"text": "word " * 300}), 413, "too_large")


@pytest.mark.parametrize(("error", "status", "code"), [
    (IntegrityError("duplicate"), 409, "conflict"),
    (DataError("out of range"), 422, "invalid"),
])  # fmt: skip
def test_what_only_the_database_refuses(api, monkeypatch, error, status, code):
    def refuse(**_):
        raise error

    monkeypatch.setattr("claims.intake.add_article", refuse)
    is_problem(api.post("/articles", {"text": TEXT}), status, code)


def test_what_nobody_foresaw_is_logged_and_tells_nothing(api, monkeypatch, caplog):
    def fail(**_):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("claims.intake.add_article", fail)
    response = api.client.post("/api/v1/articles", {"text": TEXT}, content_type="application/json")
    problem = is_problem(response, 500, "internal")
    assert "secret" not in str(problem)
    assert "secret of the house" in caplog.text


def test_every_operation_describes_its_problems():
    for _, _, described in operations():
        problems = {status for status, answer in described["responses"].items() if int(status) >= 400}
        assert {"401", "403", "406", "422"} <= problems
        for status in problems:
            assert list(described["responses"][status]["content"]) == ["application/problem+json"]


def test_a_bad_key_is_not_taken_for_none():
    for key in ("rck_nothere_secret", "rubbish", "rck_", "é"):
        is_problem(Caller(key).get("/claims"), 401, "bad_key")


def test_a_plain_status_has_no_type_of_its_own(stranger):
    assert is_problem(stranger.get("/claims"), 401)["type"] == "about:blank"


def test_other_credentials_are_no_key(stranger):
    is_problem(stranger.get("/claims", headers={"Authorization": "Basic YTpi"}), 401, "not_authenticated")


def test_the_problem_of_a_role_is_told_in_words():
    problem = is_problem(caller("contributor").post("/rechecks/999/outcome", {"outcome": "still_so"}), 404)
    assert problem["detail"] == "There is no re-check 999."
    claim = make_claim()
    problem = is_problem(caller("contributor", "read").post(f"/claims/{claim.pk}/accept"), 403, "no_scope")
    assert "write" in problem["detail"]
