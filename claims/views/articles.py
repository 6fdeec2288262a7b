"""Articles: the list, a new one, and the page with its claims marked in the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import intake
from claims.forms.articles import ArticleForm, DetailsForm
from claims.marking import segments
from claims.models import Appearance, Article, Claim, User
from claims.views.access import DeskRequest, go, signed_in

PER_PAGE = 30


@dataclass(frozen=True)
class Card:
    """A claim beside the article, with its places there."""

    claim: Claim
    appearances: list[Appearance]

    @property
    def sentence(self) -> str:
        return self.appearances[0].sentence

    @property
    def vanished(self) -> Appearance | None:
        """An appearance that is no longer in the article, where none of the claim's is."""
        gone = [item for item in self.appearances if item.standing == Appearance.Standing.VANISHED]
        return gone[0] if len(gone) == len(self.appearances) else None


@signed_in("GET")
def articles(request: DeskRequest) -> HttpResponse:
    found = (
        Article.objects.filter(duplicate_of=None)
        .select_related("publisher")
        .annotate(
            claim_count=Count(
                "appearances__claim", distinct=True, filter=Q(appearances__claim__merged_into=None)
            ),
            drafts=Count(
                "appearances__claim", distinct=True, filter=Q(appearances__claim__state=Claim.State.NEW)
            ),
        )
        .order_by("-added_at", "-pk")
        .defer("text", "skipped")
    )
    words = request.GET.get("q", "").replace("\0", "").strip()
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(publisher__name__icontains=words) | Q(url__icontains=words)
        )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "articles/list.html", {"page": page, "words": words})


@signed_in("GET", "POST")
def article_new(request: DeskRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "articles/new.html", {"form": ArticleForm(initial=request.GET.dict())})
    form = ArticleForm(request.POST, request.FILES)
    stored = form.carry_out(lambda values: _store(values, request.user, timezone.now()))
    if stored is None:
        return render(request, "articles/new.html", {"form": form}, status=form.status)
    article, created = stored
    if not created:
        messages.info(request, "This article is already here: this is the one stored first.")
    return redirect("article", article.pk)


def _store(values: dict[str, Any], by: User, at: datetime) -> tuple[Article, bool]:
    details = {name: values[name] for name in ("title", "published_on", "publisher")}
    if values["how"] == "file":
        upload = values["file"]
        return intake.add_upload(by=by, at=at, name=upload.name, content=upload.read(), **details)
    return intake.add_article(by=by, at=at, **{values["how"]: values[values["how"]]}, **details)


@signed_in("GET")
def article(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Article.objects.select_related("publisher", "added_by"), pk=pk)
    if found.duplicate_of_id:
        messages.info(request, "This text is already here: this is the article stored first.")
        return redirect("article", found.duplicate_of_id)
    context = desk_context(found, request.GET.get("state", ""), vanished=request.GET.get("vanished") == "1")
    if request.htmx and request.htmx.target == "claim-list":
        return render(request, "articles/_claims.html", context)
    return render(
        request, "articles/article.html", context | {"details": DetailsForm(initial=_details(found))}
    )


@signed_in("GET")
def article_progress(request: DeskRequest, pk: int) -> HttpResponse:
    """Polled while an article is worked on; at the end it answers with the claims."""
    found = get_object_or_404(Article.objects.select_related("publisher", "added_by"), pk=pk)
    if found.duplicate_of_id:
        messages.info(request, "This text is already here: this is the article stored first.")
        return go(request, reverse("article", args=[found.duplicate_of_id]))
    if not request.htmx:
        return redirect("article", found.pk)
    if found.state in ("fetching", "extracting"):
        return render(request, "articles/_work.html", {"article": found})
    return article_body(request, found)


def article_body(request: DeskRequest, article: Article) -> HttpResponse:
    """The page's whole body for htmx: the text with its marks and the claims, as they are now."""
    context = desk_context(article, "") | {"details": DetailsForm(initial=_details(article))}
    answer = render(request, "articles/_body.html", context)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#article-body", "outerHTML"
    return answer


@signed_in("POST")
def article_details(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Article.objects.select_related("publisher", "added_by"), pk=pk)
    form = DetailsForm(request.POST, initial=_details(found))
    saved = form.carry_out(
        lambda values: intake.set_details(article=found, by=request.user, at=timezone.now(), **values)
    )
    if saved is None:
        context = desk_context(found, "") | {"details": form}
        return render(request, "articles/article.html", context, status=form.status)
    messages.success(request, "The details are saved.")
    return redirect("article", found.pk)


@signed_in("POST")
def article_retry(request: DeskRequest, pk: int) -> HttpResponse:
    intake.retry(article=get_object_or_404(Article, pk=pk), by=request.user, at=timezone.now())
    return redirect("article", pk)


def desk_context(article: Article, state: str, *, vanished: bool = False) -> dict[str, Any]:
    """What the page shows of an article: its text marked, its claims as cards, counts by state."""
    appearances = _appearances(article)
    cards = _cards(appearances)
    return {
        "article": article,
        "segments": segments(article.text, appearances, article.skipped),
        "cards": [
            card
            for card in cards
            if (not state or card.claim.state == state) and (card.vanished is not None or not vanished)
        ],
        "vanished": sum(card.vanished is not None for card in cards),
        "only_vanished": vanished,
        "versions": article.versions.defer("text", "skipped").select_related("replaced_by"),
        "last_look": article.rereads.first() if article.url else None,
        "tabs": tabs(cards),
        "state": state,
    }


def _appearances(article: Article) -> list[Appearance]:
    claims = Claim.objects.with_status(as_of=timezone.localdate(), known_at=timezone.now())
    with_claims = Prefetch("claim", claims.select_related("claimant", "assignee"))
    # What was merged into a claim at the same place is that claim.
    here = article.appearances.filter(claim__merged_into=None)
    return list(here.prefetch_related(with_claims).order_by("start", "pk"))


def tabs(cards: list[Card]) -> list[tuple[str, str, int]]:
    """The filter of the claims: state, its name, how many."""
    states = [card.claim.state for card in cards]
    named = [("", "All", len(cards))]
    named += [(state.value, state.label.capitalize(), states.count(state)) for state in Claim.State]
    return [tab for tab in named if tab[2] or not tab[0]]


def _cards(appearances: list[Appearance]) -> list[Card]:
    cards: dict[int, Card] = {}
    for appearance in appearances:
        if appearance.claim_id in cards:
            cards[appearance.claim_id].appearances.append(appearance)
        else:
            cards[appearance.claim_id] = Card(appearance.claim, [appearance])
    return list(cards.values())


def card_of(article: Article, claim_id: int) -> dict[str, Any]:
    """One claim's card (or None), and the counts by state as they are now."""
    cards = _cards(_appearances(article))
    found = next((card for card in cards if card.claim.pk == claim_id), None)
    return {"article": article, "card": found, "tabs": tabs(cards)}


def _details(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "published_on": article.published_on,
        "publisher": article.publisher.name if article.publisher else "",
        "language": article.language,
    }
