"""The filters of the list of claims. Their names in the address are those of the desk's queue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import DateField
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter
from unfold.contrib.filters.forms import AutocompleteDropdownForm, RangeDateForm
from unfold.views import ChangeList

from claims.admin.base import FRESHNESS_WORDS, active_people, person
from claims.losses import LOSSES, lost
from claims.models import Appearance, Claim, Rating

Claims = QuerySet[Claim]
Choices = list[tuple[str, str]]


class ChoiceFilter(DropdownFilter):  # type: ignore[misc]
    """One of a set of values; anything else is told to be wrong by the list."""

    def chosen(self) -> str | None:
        value: str | None = self.value()
        if not value:
            return None
        if value not in {str(known) for known, _ in self.lookup_choices}:
            raise IncorrectLookupParameters
        return value


class StateFilter(ChoiceFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Claim.State.choices)

    def queryset(self, request: HttpRequest, queryset: Claims) -> Claims:
        state = self.chosen()
        return queryset.filter(state=state) if state else queryset


class KindFilter(ChoiceFilter):
    title, parameter_name = "kind", "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Claim.Kind.choices)

    def queryset(self, request: HttpRequest, queryset: Claims) -> Claims:
        kind = self.chosen()
        return queryset.filter(kind=kind) if kind else queryset


class RatingFilter(ChoiceFilter):
    title, parameter_name = "verdict today", "rating"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("none", "no verdict"), *Rating.choices]

    def queryset(self, request: HttpRequest, queryset: Claims) -> Claims:
        rating = self.chosen()
        if rating == "none":
            return queryset.filter(Q(rating=None))
        if rating is None:
            return queryset
        # Only what was verified can have a verdict: the status of the rest need not be looked up.
        return queryset.filter(Q(last_verified_at__isnull=False), Q(rating=rating))


class FreshnessFilter(ChoiceFilter):
    title, parameter_name = "freshness", "freshness"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(FRESHNESS_WORDS.items())

    def queryset(self, request: HttpRequest, queryset: Claims) -> Claims:
        freshness = self.chosen()
        return queryset.filter(Q(freshness=freshness)) if freshness else queryset


class LostFilter(ChoiceFilter):
    title, parameter_name = "lost", "lost"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(LOSSES)

    def queryset(self, request: HttpRequest, queryset: Claims) -> Claims:
        what = self.chosen()
        return queryset.filter(lost(what)) if what else queryset


class AssigneeFilter(ChoiceFilter):
    title, parameter_name = "assignee", "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        people = [(str(somebody.pk), str(somebody)) for somebody in active_people()]
        return [("me", "me"), ("none", "nobody"), *people]

    def queryset(self, request: HttpRequest, queryset: Claims) -> Claims:
        assignee = self.chosen()
        if assignee is None:
            return queryset
        if assignee == "none":
            return queryset.filter(assignee=None)
        return queryset.filter(assignee=person(request).pk if assignee == "me" else int(assignee))


class RelatedFilter(SimpleListFilter):
    """One related row, found by typing."""

    template = "unfold/filters/filters_field.html"
    form_class = AutocompleteDropdownForm
    field: Any

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.request, self.model_admin = request, model_admin

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return []

    def has_output(self) -> bool:
        return True

    def number(self) -> int | None:
        value = self.value() or ""
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield {
            "form": self.form_class(
                request=self.request,
                label=f"By {self.title}",
                name=self.parameter_name,
                choices=(),
                field=self.field,
                model_admin=self.model_admin,
                data={self.parameter_name: self.number()},
            )
        }


class ClaimantFilter(RelatedFilter):
    title, parameter_name = "claimant", "claimant"
    field = Claim._meta.get_field("claimant")

    def queryset(self, request: HttpRequest, queryset: Claims) -> Claims:
        """By number; a name, as the desk's queue has it, is taken too."""
        if self.number() is not None:
            return queryset.filter(claimant=self.number())
        name = (self.value() or "").replace("\0", "").strip()
        return queryset.filter(claimant__name__icontains=name) if name else queryset


class ArticleFilter(RelatedFilter):
    title, parameter_name = "article", "article"
    field = Appearance._meta.get_field("article")

    def queryset(self, request: HttpRequest, queryset: Claims) -> Claims:
        if self.number() is None:
            return queryset
        there = Appearance.objects.filter(article=self.number())
        return queryset.filter(pk__in=there.values("claim"))


class CreatedFilter(SimpleListFilter):
    """Claims stored from one day to another, both included."""

    title, parameter_name = "day stored", "created"
    template = "unfold/filters/filters_date_range.html"
    form_class = RangeDateForm

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.expected_parameters():
            if name and name in params:
                self.used_parameters[name] = params.pop(name)[-1]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return []

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return ["created_from", "created_to"]

    def queryset(self, request: HttpRequest, queryset: Claims) -> Claims:
        for name, lookup in (
            ("created_from", "created_at__date__gte"),
            ("created_to", "created_at__date__lte"),
        ):
            value = self.used_parameters.get(name)
            if value:
                queryset = queryset.filter(**{lookup: _day(value)})
        return queryset

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield {"form": self.form_class(name=self.parameter_name, data=dict(self.used_parameters))}


def _day(value: str) -> Any:
    try:
        return DateField().clean(value)
    except ValidationError as error:
        raise IncorrectLookupParameters from error
