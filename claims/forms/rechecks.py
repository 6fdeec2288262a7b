"""Recording what a re-check found, moving it, handing it over; how fast a claim changes."""

from __future__ import annotations

from django import forms

from claims.forms.base import DateInput, DeskForm, people
from claims.models import Claim

OUTCOMES = (
    ("still_so", "Still so"),
    ("changed", "It changed: a new verdict is needed"),
    ("cannot_confirm", "Cannot confirm"),
    ("retired", "Retire the claim: it need not be watched any more"),
)


class OutcomeForm(DeskForm):
    outcome = forms.ChoiceField(
        choices=OUTCOMES,
        label="What did you find?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found."},
    )
    note = forms.CharField(
        required=False,
        label="Note",
        widget=forms.Textarea({"rows": 3, "dir": "auto", "data-keep": ""}),
        help_text="Needed where it cannot be confirmed or is retired.",
    )


class StillSoForm(DeskForm):
    """`seen` is when the page was made on which the person pressed the button."""

    seen = forms.DateTimeField()


class VolatilityForm(DeskForm):
    volatility = forms.ChoiceField(choices=Claim.Volatility.choices, label="Changes")


class HandOverForm(DeskForm):
    assignee = people()


class MoveForm(DeskForm):
    due_on = forms.DateField(label="Look again on", widget=DateInput())
    why = forms.CharField(label="Why then", max_length=300)
