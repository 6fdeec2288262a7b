"""Attaching sources to a claim."""

from __future__ import annotations

from django import forms

from claims.forms.base import DeskForm


class PassageForm(DeskForm):
    """What a source says; also for correcting it later."""

    stance = forms.ChoiceField(
        choices=[("supports", "For it"), ("refutes", "Against it"), ("context", "Context")],
        label="What does it say about the claim?",
        widget=forms.RadioSelect,
    )
    quote = forms.CharField(
        required=False,
        label="Quote",
        help_text="Word for word; it is looked for in the snapshot.",
        widget=forms.Textarea({"rows": 3, "dir": "auto", "data-keep": ""}),
    )
    locator = forms.CharField(
        required=False, label="Where in it", max_length=200, help_text="Page, table, minute."
    )
    independence_group = forms.CharField(
        required=False,
        label="Origin group",
        max_length=80,
        help_text="Sources that repeat one origin, such as “AP report”, share a name here.",
    )
    note = forms.CharField(
        required=False, label="Note", widget=forms.Textarea({"rows": 2, "dir": "auto", "data-keep": ""})
    )
    is_primary = forms.BooleanField(required=False, label="This is a primary source")


class EvidenceForm(PassageForm):
    url = forms.CharField(
        label="Address of the source",
        help_text="A source already known is recognised by its address.",
        widget=forms.TextInput(
            {"inputmode": "url", "placeholder": "https://…", "autocomplete": "off", "list": "known-sources"}
        ),
    )
    field_order = ("url", "stance", "quote", "locator", "independence_group", "note", "is_primary")
