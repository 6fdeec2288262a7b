"""Text from outside is shown as text, on every page, and pages allow no script of their own."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from claims import blind, notices
from claims.models import Claimant, Topic, User
from sources.models import Publisher
from tests.factories import (
    NOW,
    make_article,
    make_claim,
    make_evidence,
    make_snapshot,
    make_source,
    propose,
    publish,
    set_gate,
)

HOSTILE = [
    "<script>alert(1)</script> is in the text.",
    '"><img src=x onerror=alert(1)> is in the text.',
    "' onmouseover='alert(1)' is in the text.",
    "{{ 7*7 }} {% now %} javascript:alert(1) is in it.",
    "\u202eright to left\u202c and שלום and 👩‍👩‍👧 are in it.",
]


class Tags(HTMLParser):
    """Collects what no page of ours has: handlers, images, scripts without an address, script links."""

    def __init__(self) -> None:
        super().__init__()
        self.unsafe: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        handlers = [name for name in names if name.startswith("on")]
        links = [
            names.get(name) or "" for name in ("href", "src", "action", "formaction", "hx-get", "hx-post")
        ]
        if handlers or tag in ("img", "iframe", "style") or (tag == "script" and not names.get("src")):
            self.unsafe.append(f"{tag} {attrs}")
        self.unsafe += [link for link in links if link.strip().lower().startswith(("javascript:", "data:"))]


def unsafe_in(body: str) -> list[str]:
    tags = Tags()
    tags.feed(body)
    return tags.unsafe


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_everywhere(desk: Client, ravi: User, edith: User, text: str) -> None:
    publisher = Publisher.objects.create(name=text)
    article = make_article(text=text, title=text, publisher=publisher, skipped=[])
    claim = make_claim(article, text=text, claimant=Claimant.objects.create(name=text), state="new")
    done = make_claim(article, text=f"{text} Done.")
    shot = make_snapshot(None, text, headers={"server": text[:50]})
    source = make_source(title=text, publisher=publisher, work_state="failed", failure=text)
    make_evidence(done, source=source, quote=text, note=text, locator=text[:50], independence_group=text[:50])
    publish(done, by=ravi, approved_by=edith, reason=text)
    set_gate("false", 9)
    slip = {"change": "our_error", "correction": text, "override": text}
    publish(done, "false", by=ravi, approved_by=edith, reason=text, **slip)
    Topic.objects.create(name=text[:80])
    blind.switch_on(claim=done, by=edith, at=NOW)
    blind.switch_on(topic=Topic.objects.get(), by=edith, at=NOW)
    waiting = propose(done, "false", by=edith, change="wording", reason=text)
    blind.rate(proposal=waiting, rating="true", reason=text, by=ravi, at=NOW)
    notices.tell(people=[ravi], claim=done, words=text, at=NOW)
    ours = [f"{claim.pk}/", f"{claim.pk}/edit/", f"{claim.pk}/reject/", f"{done.pk}/", f"{done.pk}/history/"]
    pages = [
        *(f"/{name}/" for name in ("articles", "claims", "reviews", "sources", "sources/options")),
        *(f"/claims/{page}" for page in ours),
        *("/", "/rechecks/?when=overdue", f"/articles/{article.pk}/", f"/articles/{article.pk}/add-claim/"),
        *(f"/sources/{source.pk}/", f"/snapshots/{shot.pk}/"),
        *("/corrections/", "/agreement/", "/inbox/", f"/claims/{done.pk}/ask/"),
    ]
    for page in pages:
        answer = desk.get(page)
        body = answer.content.decode()
        assert answer.status_code == 200, page
        assert unsafe_in(body) == [], page


@pytest.mark.parametrize("page", ["/", "/claims/", "/login/"])
def test_pages_allow_no_inline_script_and_no_third_party(desk: Client, page: str) -> None:
    answer = desk.get(page)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    body = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", body)
    assert not re.search(r"<style|\bstyle=", body)
    assert not re.search(r'(src|href)="https?://', body)
