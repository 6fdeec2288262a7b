"""Fifty programs give verdicts on the same twenty claims: each is told what has become of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest
from django.core.management import call_command

from claims.models import Proposal, Verdict
from tests.chaos.load import ENOUGH, RATINGS
from tests.factories import key_for, make_claim, make_user
from tests.operations.conftest import ROOT, database_url, free_port, wait_for

CLIENTS, CLAIMS = 50, 20
THREADS = 8  # of the site

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a site on the test's database."""
    port = free_port()
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    options += ["--workers", "1", "--blocking-threads", str(THREADS), "--log-level", "warning"]
    env = os.environ | {"DATABASE_URL": database_url()}
    log = tmp_path / "site.log"
    with log.open("w") as out:
        argv = [sys.executable, "-m", "granian", *options, "config.web:application"]
        server = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=out, stderr=out, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answers(address) or server.poll() is not None, "the site")
        yield address
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/login/", timeout=60).is_success
    except httpx.TransportError:
        return False


@dataclass
class Person:
    """One client: gives its verdict on each claim, or approves the one that is waiting."""

    site: str
    key: str
    rating: str
    submitted: list[dict[str, Any]] = field(default_factory=list)
    published: list[dict[str, Any]] = field(default_factory=list)
    refused: list[httpx.Response] = field(default_factory=list)

    def work(self, claims: list[int], together: Barrier) -> None:
        headers = {"Authorization": f"Bearer {self.key}"}
        with httpx.Client(base_url=f"{self.site}/api/v1", headers=headers, timeout=120) as http:
            together.wait()
            for claim in claims:
                refusal = self.submit(http, claim, follows=0)
                # What it is told is enough to go on.
                if refusal and refusal["code"] == "verdict_outdated":
                    refusal = self.submit(http, claim, follows=refusal["number"])
                if refusal and refusal["code"] == "proposal_open":
                    answer = http.post(f"/proposals/{refusal['proposal']}/approve", json=ENOUGH)
                    self.note(answer, self.published)

    def submit(self, http: httpx.Client, claim: int, *, follows: int) -> dict[str, Any] | None:
        body = {
            "follows": follows,
            "rating": self.rating,
            "reason": f"{self.key[-8:]} says so after {follows}.",
            "change": "new_evidence" if follows else "first",
            "applies_from": "2026-03-01",
        }
        return self.note(http.post(f"/claims/{claim}/verdicts", json=body), self.submitted)

    def note(self, answer: httpx.Response, done: list[dict[str, Any]]) -> dict[str, Any] | None:
        """The answer's words where it refuses."""
        said: dict[str, Any] = answer.json()
        if answer.status_code == 201:
            done.append(said)
            return None
        self.refused.append(answer)
        return said


@pytest.fixture
def people(site: str) -> list[Person]:
    """After each has tried its verdict on each claim, all at the same time."""
    people = [
        Person(site, key_for(make_user("editor")), RATINGS[number % len(RATINGS)])
        for number in range(CLIENTS)
    ]
    claims, together = [make_claim().pk for _ in range(CLAIMS)], Barrier(CLIENTS)
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda person: person.work(claims, together), people))
    return people


def test_none_is_overwritten_and_all_who_were_refused_know_how_it_stands(people: list[Person]) -> None:
    submitted = [said for person in people for said in person.submitted]
    published = [said for person in people for said in person.published]
    refused = [answer for person in people for answer in person.refused]

    kept = {row.pk: (row.claim_id, row.follows, row.rating, row.reason) for row in Proposal.objects.all()}
    assert kept == {
        said["id"]: (said["claim"], said["follows"], said["rating"], said["reason"]) for said in submitted
    }
    rows = Verdict.objects.values_list("claim", "number", "proposal", "hash")
    assert set(rows) == {
        tuple(said[name] for name in ("claim", "number", "proposal", "hash")) for said in published
    }
    assert len(published) > CLAIMS
    for claim in {said["claim"] for said in published}:
        numbers = list(
            Verdict.objects.filter(claim=claim).order_by("number").values_list("number", flat=True)
        )
        assert numbers == list(range(1, len(numbers) + 1))
    call_command("verify_history", verbosity=0)

    assert {answer.status_code for answer in refused} == {409}
    ratings = {(said["claim"], said["number"]): said["rating"] for said in published}
    for answer in refused:
        said, number = answer.json(), int(answer.request.url.path.split("/")[4])
        assert is_the_state(said, number, ratings, kept), said


def is_the_state(
    said: dict[str, Any], id: int, ratings: dict[tuple[int, int], str], kept: dict[int, Any]
) -> bool:
    """Whether what a refusal says was so: of the claim, or of the proposal, with this id."""
    match said["code"]:
        case "verdict_outdated":
            return ratings.get((id, said["number"])) == said["rating"] and said["by"] in said["detail"]
        case "proposal_open":
            return kept[said["proposal"]][0] == id and said["by"] in said["detail"]
        case "already_reviewed":
            return said["state"] == "approved" and said["by"] in said["detail"]
    return False
