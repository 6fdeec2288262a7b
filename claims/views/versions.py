"""Articles that are edited: their text given anew, their address looked at, and what has changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import versions
from claims.comparing import versions_compared
from claims.forms.articles import TextForm
from claims.models import Article
from claims.views.access import DeskRequest, number_in, signed_in
from sources.differences import difference


@signed_in("GET", "POST")
def article_revise(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    form = TextForm(request.POST if request.method == "POST" else None, initial={"text": article.text})
    if request.method == "POST":
        changed = form.carry_out(
            lambda values: versions.revise(article=article, by=request.user, at=timezone.now(), **values)
        )
        if changed is not None:
            words = "The new text is stored, and the claims are found again in it."
            messages.success(request, words if changed else "The text is the same as before.")
            return redirect("article", pk)
    context = {"article": article, "form": form, "heading": "The text as it reads now"}
    context["part"] = "articles/_revise_form.html"
    return render(request, "parts/form_page.html", context, status=form.status)


@signed_in("POST")
def article_reread(request: DeskRequest, pk: int) -> HttpResponse:
    versions.reread_now(article=get_object_or_404(Article, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, "The page is being read again; what has changed stands here in a moment.")
    return redirect("article", pk)


@signed_in("POST")
def article_find_new(request: DeskRequest, pk: int) -> HttpResponse:
    versions.find_new_claims(article=get_object_or_404(Article, pk=pk), by=request.user, at=timezone.now())
    return redirect("article", pk)


@signed_in("GET")
def article_difference(request: DeskRequest, pk: int) -> HttpResponse:
    """What was taken out of an article and put in between two of its versions."""
    article = get_object_or_404(Article, pk=pk)
    before, after = versions_compared(
        article=article,
        before=number_in(request.GET.get("before", "")),
        after=number_in(request.GET.get("after", "")),
    )
    context = {
        "article": article,
        "before": before,
        "after": after,
        "difference": difference(before.text, after.text),
    }
    return render(request, "articles/difference.html", context)
