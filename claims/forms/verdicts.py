"""Giving a verdict, reviewing one, and asking what was so when."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict

from claims.forms.base import DateInput, DeskForm, MomentInput, TickedIds
from claims.models import Rating
from claims.models.verdict import TRUTH_AXIS, Change

RATINGS = (
    ("", "Choose a rating"),
    ("Truth axis", [(rating.value, rating.label) for rating in TRUTH_AXIS]),
    ("Off the axis", [(rating.value, rating.label) for rating in Rating if rating.number is None]),
)


class VerdictForm(DeskForm):
    """`follows` is the number of the newest verdict that the person saw."""

    follows = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    rating = forms.ChoiceField(
        choices=RATINGS, label="Rating", error_messages={"required": "Choose a rating."}
    )
    label = forms.CharField(
        required=False,
        label="Newsroom's own word",
        max_length=80,
        widget=forms.TextInput({"list": "rating-labels", "autocomplete": "off"}),
    )
    applies_from = forms.DateField(
        label="Applies from", widget=DateInput(), help_text="The first day it is so."
    )
    applies_until = forms.DateField(
        required=False,
        label="Until",
        widget=DateInput(),
        help_text="The first day it is no longer so. Empty: still so.",
    )
    change = forms.ChoiceField(choices=Change.choices, label="Why a new verdict?")
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 6, "dir": "auto", "data-keep": ""}),
        help_text="For readers: what the evidence shows. It is published with the verdict.",
        error_messages={"required": "Give the reason; a verdict is not published without one."},
    )

    correction = forms.CharField(
        required=False,
        label="Correction",
        widget=forms.Textarea({"rows": 3, "dir": "auto", "data-keep": ""}),
        help_text="Of our error, and only then: what was wrong and what is right, for the public page of "
        "corrections.",
    )
    addressed = TickedIds(required=False, label="The reason deals with")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = str(self["follows"].value() or "0") == "0"
        change = self.fields["change"]
        assert isinstance(change, forms.ChoiceField)
        later = [pair for pair in Change.choices if pair[0] not in (Change.FIRST, Change.WITHDRAWAL)]
        if first:
            change.widget = forms.HiddenInput()
        change.choices = [(Change.FIRST.value, Change.FIRST.label)] if first else [("", "Choose"), *later]

    @property
    def ticked(self) -> set[int]:
        """The evidence that was ticked as dealt with."""
        return {int(pk) for pk in self["addressed"].value() or () if str(pk).isdecimal()}

    def following(self, number: int) -> VerdictForm:
        """What was typed, now to follow a verdict that came in between."""
        data = cast(QueryDict, self.data).copy()
        data["follows"] = str(number)
        if data.get("change") == Change.FIRST:
            data["change"] = ""
        form = VerdictForm(data, auto_id=self.auto_id)
        form.full_clean()
        if self.refused:
            form.refused = self.refused
            form.add_error(None, self.refused.message)
        return form


class WithdrawalForm(DeskForm):
    """Taking a published verdict back. `follows` is the number of the newest verdict that the person saw."""

    follows = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    applies_from = forms.DateField(
        label="No rating from", widget=DateInput(), help_text="The first day for which it is withdrawn."
    )
    applies_until = forms.DateField(
        required=False,
        label="Until",
        widget=DateInput(),
        help_text="The first day for which it stands again. Empty: for all days to come.",
    )
    reason = forms.CharField(
        label="Why is it withdrawn?",
        widget=forms.Textarea({"rows": 4, "dir": "auto", "data-keep": ""}),
        help_text="For readers. It is published in place of the verdict; what was said stays in the history.",
        error_messages={"required": "Say why; nothing is withdrawn without a reason."},
    )


class ApproveForm(DeskForm):
    """What publishing may need beside the button."""

    override = forms.CharField(
        required=False,
        max_length=2_000,
        label="Why are these sources enough?",
        widget=forms.Textarea({"rows": 3, "dir": "auto", "data-keep": ""}),
        help_text="Kept with the verdict.",
    )
    seen = TickedIds(required=False, label="Evidence against it")

    @property
    def ticked(self) -> set[int]:
        """The evidence that was ticked as seen."""
        return {int(pk) for pk in self["seen"].value() or () if str(pk).isdecimal()}


class SecondRatingForm(DeskForm):
    """A rating given before the first one is seen."""

    rating = forms.ChoiceField(
        choices=RATINGS, label="Your rating", error_messages={"required": "Choose a rating."}
    )
    reason = forms.CharField(
        label="Your reason",
        widget=forms.Textarea({"rows": 3, "dir": "auto", "data-keep": ""}),
        help_text="For the desk: what the evidence shows you.",
        error_messages={"required": "Say why; the two reasons are read side by side."},
    )


class SendBackForm(DeskForm):
    note = forms.CharField(
        label="What is missing?",
        widget=forms.Textarea({"rows": 3, "dir": "auto", "data-keep": ""}),
        error_messages={"required": "Say what is missing, so that it can be mended."},
    )


class StatusForm(DeskForm):
    as_of = forms.DateField(label="What was so on", widget=DateInput())
    known_at = forms.DateTimeField(label="As known at", required=False, widget=MomentInput())
