"""People at work through the API, and a record of all that they were told has been done."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx

RATINGS = ("true", "mostly_true", "half_true", "false", "unproven", "missing_context")
ENOUGH = {"override": "There are no sources in a storm."}
PLACES = ("Norvik", "Elmbridge", "Halden", "Osmund", "Port Lisle", "Tarn", "Wick", "Yarrow")


@dataclass
class Told:
    """What answers of 2xx said, by the id that they gave; and how often there was another answer."""

    articles: dict[int, str] = field(default_factory=dict)
    proposals: dict[int, dict[str, Any]] = field(default_factory=dict)
    verdicts: dict[int, dict[str, Any]] = field(default_factory=dict)  # by proposal
    moved: dict[int, dict[str, Any]] = field(default_factory=dict)  # re-checks
    closed: dict[int, dict[str, Any]] = field(default_factory=dict)  # re-checks
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def accepted(self) -> int:
        return sum(map(len, (self.articles, self.proposals, self.verdicts, self.moved, self.closed)))


class Client:
    """One person's program; a request that gets no answer is one that nobody was told of."""

    def __init__(self, site: str, key: str, told: Told) -> None:
        self.http = httpx.Client(base_url=site, headers={"Authorization": f"Bearer {key}"}, timeout=20)
        self.told = told

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """What a 2xx says; None where the answer was another, or none came."""
        try:
            answer = self.http.request(method, f"/api/v1/{path}", json=body)
        except httpx.TransportError:
            self.told.answers["no answer"] += 1
            return None
        if method != "GET":
            self.told.answers[str(answer.status_code)] += 1
        return answer.json() if answer.is_success else None


class Load:
    """Writers who hand articles in, and pairs who give verdicts on the claims and look at them again."""

    def __init__(self, site: str, writer: str, editor: str, *, seed: int, writers: int, pairs: int) -> None:
        self.site, self.keys, self.told = site, (writer, editor), Told()
        self.seed, self.numbers, self.ended = seed, count(1), threading.Event()
        self.clients: list[Client] = []
        self.threads = [threading.Thread(target=self.write, args=(n,)) for n in range(writers)]
        self.threads += [threading.Thread(target=self.judge, args=(n, pairs)) for n in range(pairs)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()
        for client in self.clients:
            client.http.close()

    def client(self, key: str) -> Client:
        self.clients.append(Client(self.site, key, self.told))
        return self.clients[-1]

    def write(self, number: int) -> None:
        chance, client = random.Random(f"{self.seed} {number}"), self.client(self.keys[0])
        while not self.ended.wait(chance.uniform(0.1, 0.8)):
            text = story(next(self.numbers), chance)
            if made := client.ask("POST", "articles", {"text": text, "published_on": "2026-03-02"}):
                self.told.articles[made["id"]] = text

    def judge(self, number: int, pairs: int) -> None:
        """Each pair has the articles of its own, so what it is told is never overtaken by another's."""
        chance = random.Random(f"{self.seed} pair {number}")
        reviewer, editor = map(self.client, self.keys)
        seen: set[int] = set()
        while not self.ended.wait(chance.uniform(0.05, 0.3)):
            mine = [id for id in list(self.told.articles) if id % pairs == number and id not in seen]
            if mine and (found := reviewer.ask("GET", f"articles/{mine[0]}")) and found["state"] == "ready":
                seen.add(mine[0])
                listed = reviewer.ask("GET", f"articles/{mine[0]}/claims") or {"results": []}
                for row in listed["results"][:2]:
                    self.give_verdicts(row["claim"]["id"], reviewer, editor, chance)

    def give_verdicts(self, claim: int, reviewer: Client, editor: Client, chance: random.Random) -> None:
        reviewer.ask("POST", f"claims/{claim}/accept")
        for _ in range(chance.randint(1, 3)):
            before = reviewer.ask("GET", f"claims/{claim}/verdicts")
            if before is None:
                continue
            follows = before["results"][0]["number"] if before["results"] else 0
            body = {
                "follows": follows,
                "rating": chance.choice(RATINGS),
                "reason": f"Word {chance.random()} says so.",
                "change": "new_evidence" if follows else "first",
                "applies_from": "2026-03-01",
            }
            proposal = reviewer.ask("POST", f"claims/{claim}/verdicts", body)
            if proposal is None:
                continue
            self.told.proposals[proposal["id"]] = body | {"claim": claim}
            if verdict := editor.ask("POST", f"proposals/{proposal['id']}/approve", ENOUGH):
                self.told.verdicts[proposal["id"]] = verdict
            self.look_again(claim, reviewer, chance)

    def look_again(self, claim: int, reviewer: Client, chance: random.Random) -> None:
        """The next look falls due in a moment; some are looked at, some are left to remind."""
        listed = reviewer.ask("GET", f"rechecks?claim={claim}&open=true")
        if not listed or not listed["results"]:
            return
        due = datetime.now(UTC) + timedelta(seconds=chance.uniform(0.5, 5))
        body = {"due_at": due.isoformat(), "why": "The test is short."}
        moved = reviewer.ask("POST", f"rechecks/{listed['results'][0]['id']}/reschedule", body)
        if moved is None:
            return
        self.told.moved[moved["next"]["id"]] = moved["next"]
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0, 1))
            looked = reviewer.ask("POST", f"rechecks/{moved['next']['id']}/outcome", {"outcome": "still_so"})
            if looked:
                self.told.closed[moved["next"]["id"]] = looked["recheck"]


def story(number: int, chance: random.Random) -> str:
    """A short text whose claims no other has."""
    place, cost = chance.choice(PLACES), chance.randint(2, 900)
    return (
        f"The ferry number {number} sank near {place} on Monday. "
        f"The mayor of {place} said that pier {number} would cost {cost}.{number} million euros."
    )
