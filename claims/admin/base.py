"""What the pages of claims share: refusals of the domain at their field, people to choose from, chips."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from claims.errors import Refused
from claims.models import Rating, User
from sources.admin import ModelAdmin, chip

STATE_COLOURS = {
    "new": "warning",
    "in_progress": "info",
    "in_review": "primary",
    "published": "success",
    "retired": "",
}
RATING_COLOURS = {
    Rating.TRUE: "success",
    Rating.MOSTLY_TRUE: "success",
    Rating.HALF_TRUE: "warning",
    Rating.MOSTLY_FALSE: "danger",
    Rating.FALSE: "danger",
    Rating.MISLEADING: "warning",
    Rating.MISSING_CONTEXT: "warning",
    Rating.ALTERED: "warning",
}
FRESHNESS_COLOURS = {"fresh": "success", "due": "warning", "overdue": "danger", "stale": "danger"}
FRESHNESS_WORDS = {
    "unchecked": "never checked",
    "fresh": "fresh",
    "due": "due",
    "overdue": "overdue",
    "stale": "stale",
}


def person(request: HttpRequest) -> User:
    """Who is working here; the site lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def active_people() -> QuerySet[User]:
    return User.objects.filter(is_active=True).order_by("first_name", "last_name", "username")


def person_field(label: str) -> forms.ModelChoiceField[User]:
    return forms.ModelChoiceField(
        active_people(), required=False, label=label, empty_label="nobody", widget=UnfoldAdminSelectWidget
    )


class PersonForm(forms.Form):
    assignee = person_field("Assign to")


class PersonDialog(BaseDialogForm):  # type: ignore[misc]
    assignee = person_field("Hand over to")


class ReasonForm(forms.Form):
    why = forms.CharField(label="Why not?", max_length=500, widget=UnfoldAdminTextInputWidget)


class ReasonDialog(BaseDialogForm):  # type: ignore[misc]
    why = forms.CharField(label="Why not?", max_length=500, widget=UnfoldAdminTextInputWidget)


class DomainForm(forms.ModelForm):  # type: ignore[type-arg]
    """Shows what the domain refused where it stands, with everything that was typed kept."""

    refusal: ClassVar[Refused | None] = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.refusal:
            field = self.field_of(self.refusal.field)
            self.add_error(field if field in self.fields else None, self.refusal.message)
        return cleaned

    def field_of(self, name: str | None) -> str | None:
        """The form's name of a field that the domain names."""
        return name


class DomainAdmin(ModelAdmin):
    """Pages whose changes go through domain functions, which may refuse them."""

    form = DomainForm

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        answer: HttpResponse
        try:
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:  # Everything is rolled back: the form once more, with the refusal.
            request.refusal = refused  # type: ignore[attr-defined]
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        return answer

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form


def rating_chip(rating: str) -> str:
    if not rating:
        return chip("Withdrawn")
    return chip(Rating(rating).label, RATING_COLOURS.get(Rating(rating), ""))


def attempt(request: HttpRequest, act: Any, done: str) -> bool:
    """Call `act(by=…, at=…)` and say how it went."""
    try:
        act(by=person(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.message)
        return False
    messages.success(request, done)
    return True
