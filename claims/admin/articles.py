"""Articles: the list, adding one, and the page with its claims marked in the text."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from unfold.contrib.filters.admin import AutocompleteSelectFilter, DropdownFilter, RangeDateFilter
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from claims import intake
from claims.admin.base import DomainAdmin, DomainForm, attempt, person
from claims.marking import segments
from claims.models import Appearance, Article, Claim
from sources.admin import WORK_COLOURS, after_dialog, chip, in_words, page_action, row_or_404, time_column

# The domain's names of what the forms call otherwise.
FIELDS = {
    "text": "pasted_text",
    "url": "address",
    "file": "upload",
    "html": "upload",
    "publisher": "publisher_name",
}


class ArticleForm(DomainForm):
    publisher_name = forms.CharField(
        required=False, max_length=200, label="Publisher", widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publisher_name"].initial = (
            self.instance.publisher.name if self.instance.publisher else ""
        )

    def clean_published_on(self) -> date | None:
        day: date | None = self.cleaned_data["published_on"]
        if day is None and self.initial.get("published_on"):
            raise forms.ValidationError("A day can be corrected, not taken away.")
        return day

    def field_of(self, name: str | None) -> str | None:
        return FIELDS.get(name or "", name)


class NewArticleForm(ArticleForm):
    pasted_text = forms.CharField(required=False, label="Text", widget=UnfoldAdminTextareaWidget)
    upload = forms.FileField(
        required=False, label="Or a file", help_text=".txt or .html", widget=UnfoldAdminFileFieldWidget
    )
    address = forms.CharField(
        required=False, max_length=2000, label="Or an address", widget=UnfoldAdminTextInputWidget,
        help_text="Fetched in the background. Beside a file: where it was saved from.",
    )  # fmt: skip


class StateFilter(DropdownFilter):  # type: ignore[misc]
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("ready", "ready"),
            ("working", "being worked on"),
            ("failed", "failed"),
            ("duplicate", "duplicate"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        conditions = {
            "ready": Q(work_state=Article.State.DONE, duplicate_of=None),
            "working": Q(work_state__in=[Article.State.QUEUED, Article.State.RUNNING]),
            "failed": Q(work_state=Article.State.FAILED),
            "duplicate": Q(duplicate_of__isnull=False),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


class DetailsFilter(DropdownFilter):  # type: ignore[misc]
    title, parameter_name = "details", "details"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("missing", "title, day or publisher missing")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        missing = Q(title="") | Q(published_on=None) | Q(publisher=None)
        return queryset.filter(missing) if self.value() == "missing" else queryset


@admin.register(Article)
class ArticleAdmin(DomainAdmin):
    list_display = (
        "name", "publisher", time_column("published_on", "published"), "state_now", "number_of_claims",
        "number_new", "why", "added",
    )  # fmt: skip
    list_filter = (
        StateFilter, ("publisher", AutocompleteSelectFilter), ("published_on", RangeDateFilter),
        DetailsFilter,
    )  # fmt: skip
    list_select_related = ("publisher", "added_by")
    list_fullwidth = True
    search_fields = ("title", "url", "publisher__name")
    search_help_text = "Title, address or publisher"
    actions_detail = ("open_at_desk", "retry")
    add_fieldsets = (
        (None, {"fields": ("pasted_text", "upload", "address")}),
        ("What cannot be read from it", {
            "fields": ("title", ("published_on", "publisher_name"), "language"),
            "description": "Leave empty what the page says itself.",
        }),
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("title", ("published_on", "publisher_name"), "language")}),
        ("Where it stands", {"fields": (
            ("state_now", "number_of_claims", "extractor"), "address", "why_in_full", "authors", "added",
            "duplicate_of",
        )}),
    )  # fmt: skip
    readonly_fields = (
        "state_now", "number_of_claims", "extractor", "address", "why_in_full", "authors", "added",
        "duplicate_of",
    )  # fmt: skip
    change_form_outer_after_template = "admin/claims/article/around.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        new = Q(appearances__claim__state=Claim.State.NEW)
        articles = Article.objects.annotate(
            claim_count=Count("appearances__claim", distinct=True),
            new_count=Count("appearances__claim", distinct=True, filter=new),
        )
        one = request.resolver_match and "object_id" in request.resolver_match.kwargs
        return articles if one else articles.defer("text", "skipped")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Rows that say nothing are left out."""
        sets = super().get_fieldsets(request, obj)
        if obj is None:
            return sets
        empty = {
            "why_in_full": not obj.failure,
            "authors": not obj.authors,
            "duplicate_of": obj.duplicate_of_id is None,
        }
        (_, details), (title, facts) = sets
        shown = [name for name in facts["fields"] if not (isinstance(name, str) and empty.get(name))]
        return ((None, details), (title, {"fields": shown}))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, form=ArticleForm if obj else NewArticleForm, **kwargs)

    @admin.display(description="article", ordering="title")
    def name(self, article: Article) -> str:
        return Truncator(str(article)).chars(100)

    @admin.display(description="state", ordering="work_state")
    def state_now(self, article: Article) -> str:
        if article.duplicate_of_id is not None:
            return chip("duplicate", "warning")
        ready = article.work_state == Article.State.DONE
        words = "ready" if ready else article.get_work_state_display()
        return chip(words, WORK_COLOURS[article.work_state])

    @admin.display(description="claims", ordering="claim_count")
    def number_of_claims(self, article: Any) -> int:
        return int(article.claim_count)

    @admin.display(description="new", ordering="new_count")
    def number_new(self, article: Any) -> int:
        return int(article.new_count)

    @admin.display(description="why it failed")
    def why(self, article: Article) -> str:
        return Truncator(article.failure).chars(80)

    @admin.display(description="why it failed")
    def why_in_full(self, article: Article) -> str:
        return article.failure

    @admin.display(description="address")
    def address(self, article: Article) -> str:
        return article.url or "pasted or uploaded"

    @admin.display(description="added", ordering="added_at")
    def added(self, article: Article) -> str:
        return f"{in_words(article.added_at)}, {article.added_by or 'the program'}"

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        given, by, at = form.cleaned_data, person(request), timezone.now()
        details = {name: given[name] for name in ("title", "published_on", "language")}
        details["publisher"] = given["publisher_name"]
        if change:
            names = {"publisher_name": "publisher"}
            changed = {names.get(name, name) for name in form.changed_data}
            intake.set_details(
                article=obj, by=by, at=at, **{name: details[name] for name in details if name in changed}
            )
            return
        url = given["address"] or None
        if given["upload"]:
            article, created = intake.add_upload(
                by=by, at=at, name=given["upload"].name, content=given["upload"].read(), url=url, **details
            )
        else:
            text = given["pasted_text"] or None
            article, created = intake.add_article(by=by, at=at, text=text, url=url, **details)
        if not created:
            messages.info(request, "This article was known already: here it is.")
        obj.pk = article.pk
        obj.refresh_from_db()

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:claims_article_change", args=[obj.pk]))

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj:
            context |= around(Article.objects.get(pk=obj.pk))
        answer: HttpResponse = super().render_change_form(request, context, **kwargs)
        return answer

    @page_action(description="Open at the desk", icon="edit_note")
    def open_at_desk(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return HttpResponseRedirect(reverse("article", args=[row_or_404(Article, object_id).pk]))

    def has_retry_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Only what failed can be tried again."""
        failed = Article.objects.filter(work_state=Article.State.FAILED)
        there = not str(object_id or "").isdecimal() or failed.filter(pk=object_id).exists()
        return there and request.user.has_perm("claims.change_article")

    @page_action(description="Try again", icon="refresh", permissions=["retry"], dialog={
        "title": "Try this article again?",
        "description": "It is fetched and read once more.",
        "form_submit_text": "Try again",
    })  # fmt: skip
    def retry(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        article = row_or_404(Article, object_id)
        attempt(
            request,
            lambda by, at: intake.retry(article=article, by=by, at=at),
            "It is tried again in a moment.",
        )
        return after_dialog(reverse("admin:claims_article_change", args=[object_id]))


def around(article: Article) -> dict[str, Any]:
    """What the page of an article shows below its form: its text with the claims marked, and their list."""
    claims = Claim.objects.with_status(as_of=timezone.localdate(), known_at=timezone.now())
    with_claims = Prefetch("claim", claims.defer("search").select_related("claimant", "assignee"))
    appearances: list[Appearance] = list(
        article.appearances.prefetch_related(with_claims).order_by("start", "pk")
    )
    found = {appearance.claim_id: appearance.claim for appearance in appearances}
    return {
        "article": article,
        "segments": segments(article.text, appearances, article.skipped),
        "claims": list(found.values()),
        "state_names": Claim.State.choices,
    }
