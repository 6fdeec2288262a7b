"""What a reader asks, and the reason why it is declined."""

from __future__ import annotations

from django import forms

from claims.forms.base import DeskForm
from claims.reader_requests import LONGEST


class AskForm(DeskForm):
    words = forms.CharField(
        label="What should we look at?",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
        help_text="What has changed, or what we got wrong; where we can read it.",
        error_messages={"required": "Say what we should look at."},
    )
    # People do not see it; programs that fill in everything do.
    website = forms.CharField(
        required=False,
        label="Leave this empty",
        widget=forms.TextInput({"autocomplete": "off", "tabindex": -1}),
    )


class DeclineForm(DeskForm):
    reason = forms.CharField(
        label="Why not?", max_length=500, error_messages={"required": "Say in a few words why not."}
    )
