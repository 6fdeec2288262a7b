"""What all forms of the desk share: errors from the domain, and the HTTP status they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from claims.errors import Refused
from claims.models import Topic, User

Answer = TypeVar("Answer")


class DeskForm(forms.Form):
    """A form whose refusals, from its own checks or the domain's, stand at their field."""

    refused: Refused | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def carry_out(self, act: Callable[[dict[str, Any]], Answer]) -> Answer | None:
        """Call `act` with the cleaned values; None where the form or the domain refuses them."""
        if not self.is_valid():
            return None
        try:
            return act(self.cleaned_data)
        except Refused as refused:
            self.refused = refused
            self.add_error(refused.field if refused.field in self.fields else None, refused.message)
            return None

    @property
    def status(self) -> int:
        if self.refused:
            return self.refused.status
        return 422 if self.is_bound and self.errors else 200


class TickedIds(forms.TypedMultipleChoiceField):
    """Ids of rows that were ticked, any number; what rows there are, the domain knows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)

    def valid_value(self, value: str) -> bool:
        return value.isdecimal() and len(value) < 19


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def topics(empty: str = "none") -> forms.ModelChoiceField[Topic]:
    """A topic by its name, or none."""
    return forms.ModelChoiceField(
        Topic.objects.all(), required=False, label="Topic", to_field_name="name", empty_label=empty
    )


def people() -> forms.ModelChoiceField[User]:
    """Somebody who works here, or nobody."""
    return forms.ModelChoiceField(
        User.objects.filter(is_active=True).order_by("first_name", "last_name", "username"),
        required=False,
        label="Assigned to",
        empty_label="nobody",
    )
