"""Checking what people and programs type, field by field; a failure is an `Invalid` naming it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from claims.errors import Invalid
from claims.models.claim import WHEN
from claims.when import first_day
from sources.pages import has_begun

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# A language and, where it matters, its script and region (BCP 47): en, pt-BR, zh-Hant.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?", re.IGNORECASE)
LONGEST_TEXT = 20_000
# Years of fewer digits are slips of the hand.
EARLIEST = date(1000, 1, 1)

Choices = TypeVar("Choices", bound=TextChoices)


def line(value: str | None, field: str, longest: int, *, required: bool = False) -> str:
    """One line, white space folded."""
    return text(re.sub(r"\s+", " ", value or ""), field, longest, required=required)


def text(value: str | None, field: str, longest: int = LONGEST_TEXT, *, required: bool = False) -> str:
    """Any number of lines, ends trimmed."""
    value = (value or "").strip()
    if CONTROL.search(value):
        raise Invalid("bad_characters", "Take the control characters (such as NUL) out.", field=field)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Invalid(
            "bad_characters", "Take the broken characters (lone surrogates) out.", field=field
        ) from None
    if required and not value:
        raise Invalid("required", "This cannot be empty.", field=field)
    if len(value) > longest:
        message = f"This is {len(value):,} characters long; {longest:,} is the most."
        raise Invalid("too_long", message, field=field)
    return value


def choice(value: str, field: str, choices: type[Choices]) -> Choices:
    try:
        return choices(value)
    except ValueError:
        raise Invalid("unknown_choice", f"Choose one of: {', '.join(choices.values)}.", field=field) from None


def past_day(value: date | None, field: str, at: datetime) -> date | None:
    """A day that has begun somewhere on Earth, or None."""
    if value is not None and not has_begun(value, at):
        raise Invalid("in_the_future", f"{value} is in the future.", field=field)
    if value is not None and value < EARLIEST:
        raise Invalid("bad_day", "Give a day from the year 1000 on.", field=field)
    return value


def language(value: str | None, field: str = "language") -> str:
    """A language's code, or empty where it is not known."""
    value = line(value, field, 12)
    if value and not LANGUAGE.fullmatch(value):
        raise Invalid("bad_language", "Give a language's code, such as en or pt-BR.", field=field)
    return value


def when(value: str | None, field: str = "when") -> str:
    """An ISO year, month or day, or a range of them; empty where no time is stated."""
    value = line(value, field, 21)
    if not value:
        return ""
    parts = value.split("/")
    try:
        WHEN(value)
        days = [first_day(part) for part in parts]
    except (ValidationError, ValueError):
        raise Invalid("bad_time", str(WHEN.message), field=field) from None
    if days != sorted(days, key=str):
        raise Invalid("bad_time", "The range ends before it begins.", field=field)
    return value
