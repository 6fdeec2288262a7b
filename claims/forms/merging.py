"""Merging claims, and splitting one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from claims.forms.base import DeskForm
from claims.models import Appearance, Claim, Evidence
from claims.splitting import FEWEST, MOST, Part
from claims.triage import LONGEST_CLAIM


class MergeForm(DeskForm):
    """Which of these claims stands from now on, and why they are one."""

    into = forms.TypedChoiceField(
        coerce=int,
        label="Which one stands?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the claim that stands."},
    )
    reason = forms.CharField(
        label="Why are they one?",
        max_length=500,
        widget=forms.Textarea({"rows": 2, "dir": "auto", "data-keep": ""}),
        error_messages={"required": "Say in a few words why they are one claim."},
    )

    def __init__(self, *args: Any, claims: Sequence[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.TypedChoiceField)
        into.choices = [(claim.pk, f"no. {claim.pk}") for claim in claims]


class SplitForm(DeskForm):
    """The words of each part, and the parts that each appearance and each piece of evidence goes to."""

    reason = forms.CharField(
        label="Why is it split?",
        max_length=500,
        widget=forms.Textarea({"rows": 2, "dir": "auto", "data-keep": ""}),
        error_messages={"required": "Say in a few words why it is split."},
    )

    def __init__(self, *args: Any, claim: Claim, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, min(max(count, FEWEST), MOST) + 1)
        for number in self.numbers:
            self.fields[f"text_{number}"] = forms.CharField(
                label=f"Part {number}",
                max_length=LONGEST_CLAIM,
                widget=forms.Textarea({"rows": 2, "dir": "auto", "data-keep": ""}),
                error_messages={"required": "Give the words of this part."},
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label="Kind", choices=Claim.Kind.choices, initial=claim.kind
            )
        self.rows: dict[str, list[Appearance] | list[Evidence]] = {
            "appearance": list(claim.appearances.all()),
            "evidence": list(claim.evidence.all()),
        }
        for what, rows in self.rows.items():
            for row in rows:
                self.fields[f"{what}_{row.pk}"] = forms.TypedMultipleChoiceField(
                    coerce=int,
                    required=False,
                    label="Goes to",
                    choices=[(number, f"part {number}") for number in self.numbers],
                    initial=list(self.numbers),
                    widget=forms.CheckboxSelectMultiple,
                )

    @property
    def parts_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each part: its words, its kind."""
        return [(self[f"text_{number}"], self[f"kind_{number}"]) for number in self.numbers]

    def with_choice(self, what: str) -> list[tuple[Appearance | Evidence, forms.BoundField]]:
        """Each appearance, or each piece of evidence, and the field that says which parts it goes to."""
        return [(row, self[f"{what}_{row.pk}"]) for row in self.rows[what]]

    @property
    def appearances(self) -> list[tuple[Appearance | Evidence, forms.BoundField]]:
        return self.with_choice("appearance")

    @property
    def evidence(self) -> list[tuple[Appearance | Evidence, forms.BoundField]]:
        return self.with_choice("evidence")

    def parts(self) -> list[Part]:
        return [
            Part(
                text=self.cleaned_data[f"text_{number}"],
                kind=self.cleaned_data[f"kind_{number}"],
                appearances=self._given_to(number, "appearance"),
                evidence=self._given_to(number, "evidence"),
            )
            for number in self.numbers
        ]

    def _given_to(self, number: int, what: str) -> frozenset[int]:
        return frozenset(row.pk for row in self.rows[what] if number in self.cleaned_data[f"{what}_{row.pk}"])
