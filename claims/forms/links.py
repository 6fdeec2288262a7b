"""Linking a claim with another one."""

from __future__ import annotations

import re

from django import forms

from claims.forms.base import DeskForm
from claims.models import Claim, ClaimLink

# A number, or the address of a claim's page.
WHICH = re.compile(r"#?(\d{1,18})|\S*/claims/(\d{1,18})/?(?:[#?]\S*)?")


class LinkForm(DeskForm):
    kind = forms.ChoiceField(choices=ClaimLink.Kind.choices, label="This claim")
    other = forms.CharField(
        label="which claim",
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Its number, or the address of its page.",
        error_messages={"required": "Say which claim."},
    )

    def clean_other(self) -> Claim:
        found = WHICH.fullmatch(self.cleaned_data["other"].strip())
        if found is None:
            raise forms.ValidationError("Give a claim's number, such as 17, or the address of its page.")
        number = int(found[1] or found[2])
        claim = Claim.objects.filter(pk=number).first()
        if claim is None:
            raise forms.ValidationError(f"There is no claim {number}.")
        return claim
