"""Triage, edits, additions by hand, and the queue's filters."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.forms.base import DeskForm, TickedIds, people, topics
from claims.losses import LOSSES
from claims.models import Claim, Rating, Topic

WHY_NOT = ("not checkable", "an opinion", "too trivial", "said twice")
FRESHNESS = (
    ("", "any"),
    ("unchecked", "never checked"),
    ("fresh", "fresh"),
    ("due", "due"),
    ("overdue", "overdue"),
    ("stale", "stale"),
)


class WordingForm(DeskForm):
    text = forms.CharField(
        label="Claim",
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text="One statement that can be checked and understood without the article.",
    )
    kind = forms.ChoiceField(choices=Claim.Kind.choices, label="Kind")
    claimant = forms.CharField(
        required=False,
        label="Who says so",
        max_length=200,
        help_text="Empty: the article itself.",
        widget=forms.TextInput({"list": "claimants", "autocomplete": "off"}),
    )
    when = forms.CharField(
        required=False,
        label="Time",
        max_length=21,
        help_text="2019, 2019-06, 2019-06-28 or 2019-07/2019-09.",
    )
    topic = topics()

    def clean_topic(self) -> str:
        topic = self.cleaned_data["topic"]
        return topic.name if topic else ""


class EditForm(WordingForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class AddForm(WordingForm):
    quote = forms.CharField(
        label="Words of the article",
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text="Exactly as they stand there; select them in the article, or paste them.",
    )
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RejectForm(DeskForm):
    why = forms.CharField(
        required=False, label="Why not?", max_length=500, widget=forms.TextInput({"autocomplete": "off"})
    )
    preset = forms.ChoiceField(required=False, choices=[(why, why) for why in WHY_NOT])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["why"] = values.get("preset") or values.get("why", "")
        if not values["why"]:
            self.add_error("why", "Say in a few words why it is not worth checking, or choose a reason.")
        return values


class FilterForm(DeskForm):
    """The queue's filters; all optional, all in the address."""

    q = forms.CharField(required=False, label="Words", max_length=300)
    state = forms.ChoiceField(required=False, choices=[("", "any"), *Claim.State.choices], label="State")
    kind = forms.ChoiceField(required=False, choices=[("", "any"), *Claim.Kind.choices], label="Kind")
    rating = forms.ChoiceField(
        required=False, choices=[("", "any"), ("none", "no verdict"), *Rating.choices], label="Verdict today"
    )
    freshness = forms.ChoiceField(required=False, choices=FRESHNESS, label="Freshness")
    lost = forms.ChoiceField(required=False, choices=[("", "nothing"), *LOSSES], label="Has lost")
    claimant = forms.CharField(required=False, label="Who says so", max_length=200)
    topic = forms.ChoiceField(required=False, label="Topic")
    assignee = forms.ChoiceField(required=False, label="Assigned to")
    article = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Topic.objects.values_list("name", flat=True)
        self.fields["topic"] = forms.ChoiceField(
            required=False, label="Topic", choices=[("", "any"), *((name, name) for name in names)]
        )
        working = people().queryset
        assert working is not None
        self.fields["assignee"] = forms.ChoiceField(
            required=False,
            label="Assigned to",
            choices=[
                ("", "any"),
                ("me", "me"),
                ("none", "nobody"),
                *((str(user.pk), str(user)) for user in working),
            ],
        )


class BulkForm(DeskForm):
    ACTIONS = (
        ("accept", "Accept"),
        ("reject", "Reject"),
        ("assign", "Assign"),
        ("topic", "Set topic"),
        ("merge", "Merge"),
    )

    action = forms.ChoiceField(choices=ACTIONS)
    claims = TickedIds(error_messages={"required": "Tick some claims first."})
    why = forms.CharField(required=False, label="Why not?", max_length=500)
    assignee = people()
    topic = topics("no topic")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("action") == "reject" and not values.get("why"):
            self.add_error("why", "Say in a few words why these are not worth checking.")
        if values.get("action") == "merge" and len(set(values.get("claims", ()))) < 2:
            self.add_error("claims", "Tick at least two claims to merge.")
        return values


class SaveViewForm(DeskForm):
    name = forms.CharField(label="Name", max_length=80)
    shared = forms.BooleanField(required=False, label="for everybody")
    query = forms.CharField(required=False, widget=forms.HiddenInput, max_length=1000)
