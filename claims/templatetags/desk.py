"""What the templates of the review desk need beyond Django's own tags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.marking import Piece, Segment, paragraphs, rewritten
from claims.models import Claim, Proposal, Rating, Recheck, Reminder, UndoStep, User
from claims.when import in_words
from sources.models import Source

register = template.Library()

FRESHNESS = {
    "unchecked": "never checked",
    "fresh": "fresh",
    "due": "re-check due",
    "overdue": "re-check overdue",
    "stale": "stale",
}
# The look and the picture of what a check of a source found.
LIVENESS = {
    "unchanged": ("fresh", "check"),
    "changed": ("due", "pencil"),
    "moved": ("in_progress", "link"),
    "gone": ("overdue", "cross"),
    "blocked": ("warn", "warn"),
}
# Days, and what so many are called; used from two of them on.
SPANS = ((365, "years"), (30, "months"), (1, "days"))

register.filter("paragraphs", paragraphs)
register.filter("in_words", in_words)


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("desk/icons.svg"), name
    )


def chip(look: str, picture: str, words: str) -> SafeString:
    return format_html('<span class="chip chip--{}">{}{}</span>', look, icon(picture), words)


@register.simple_tag
def state_chip(claim: Claim) -> SafeString:
    return chip(claim.state, f"state-{claim.state}", claim.get_state_display())


@register.simple_tag
def rating_chip(rating: str | None, label: str = "") -> SafeString:
    """The rating in words, with its place on the truth axis where it has one; the label first, if any.

    None: there is no verdict. An empty one: it was withdrawn.
    """
    if rating is None:
        return chip("unchecked", "fresh-unchecked", "no verdict")
    if not rating:
        return chip("retired", "undo", "Withdrawn")
    known = Rating(rating)
    words = f"{label} ({known.label.lower()})" if label and label != known.label else known.label
    return chip(rating, f"rating-{known.number or 'off'}", words)


@register.simple_tag
def freshness_chip(freshness: str) -> SafeString:
    return chip(freshness, f"fresh-{freshness}", FRESHNESS[freshness])


@register.simple_tag
def stance_chip(stance: str) -> SafeString:
    return chip(stance, f"stance-{stance}", stance)


@register.simple_tag
def liveness_chip(liveness: str) -> SafeString:
    """What the last check of a source found; nothing before the first."""
    if not liveness:
        return SafeString("")
    look, picture = LIVENESS[liveness]
    return chip(look, picture, Source.Liveness(liveness).label)


@register.filter
def kept_and_changed(text: str, sentence: str) -> list[Piece]:
    """`text` against `sentence`: which words are new."""
    return rewritten(sentence, text)


@register.filter
def claim_count(part: Segment) -> int:
    return len({appearance.claim_id for appearance in part.appearances})


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as "28 Jun 2019"; empty for none."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return date_format(value, "j M Y") if value else ""


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A moment as "28 Jun 2019, 14:05" in the site's zone, with the machine's form beside it."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), date_format(local, "j M Y, H:i")
    )


@register.filter
def in_days(value: datetime) -> str:
    """How far a moment lies from today: "today", "in 3 days", "9 days ago", "7 years ago"."""
    days = (timezone.localtime(value).date() - timezone.localdate()).days
    if days in (0, 1, -1):
        return {0: "today", 1: "tomorrow", -1: "yesterday"}[days]
    size, unit = next(pair for pair in SPANS if abs(days) >= 2 * pair[0])
    count = f"{abs(days) // size} {unit}"
    return f"in {count}" if days > 0 else f"{count} ago"


@register.simple_tag(takes_context=True)
def last_step(context: Context) -> UndoStep | None:
    """What was just done and can be undone; offered once."""
    request = context.get("request")
    offered = request.session.pop("undo", None) if request and hasattr(request, "session") else None
    return UndoStep.objects.filter(pk=offered, undone_at=None).first() if offered else None


@register.simple_tag
def unread(user: User) -> int:
    """How much in the inbox is unread, reminders and notices, in one query."""
    reminders = user.reminders.filter(channel=Reminder.Channel.INBOX, read_at=None, sent_at__isnull=False)
    notices = user.notices.filter(read_at=None)
    return reminders.values("pk").order_by().union(notices.values("pk").order_by(), all=True).count()


@register.filter
def hidden_from(proposal: Proposal, user: User) -> bool:
    """Whether a proposal is sealed to this person."""
    return proposal.hidden_from(user.pk)


@register.filter
def stance_is(evidence: Iterable[Any], stance: str) -> list[Any]:
    return [item for item in evidence if item.stance == stance]


@register.filter
def closed(rechecks: Iterable[Recheck]) -> list[Recheck]:
    """The looks that are done, the latest first."""
    done = [item for item in rechecks if item.closed_at]
    return sorted(done, key=lambda item: str(item.closed_at), reverse=True)


@register.filter
def looks_that_found_a_change(rechecks: Iterable[Recheck]) -> int:
    return sum(item.outcome == Recheck.Outcome.CHANGED for item in rechecks)


@register.filter
def share_of(number: int, most: int) -> int:
    """A bar's length in percent; what is there at all is seen."""
    return max(round(100 * number / most), 2) if number else 0


@register.filter
def words(text: str) -> list[str]:
    return text.split()
