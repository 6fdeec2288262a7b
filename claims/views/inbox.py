"""The inbox: notices, and reminders, as they stand here and as they went out elsewhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import letters, reminders
from claims.models import Notice, Reminder
from claims.views.access import DeskRequest, came_from, signed_in

PER_PAGE = 25
# So many beside the reminders, unread ones first.
NOTICES = 20


@dataclass(frozen=True)
class Entry:
    """A reminder in the inbox, and the same as it went out elsewhere."""

    reminder: Reminder
    subject: str
    body: str
    elsewhere: list[Reminder]


@signed_in("GET")
def inbox(request: DeskRequest) -> HttpResponse:
    at = timezone.now()
    mine = Reminder.objects.filter(person=request.user)
    found = mine.filter(channel=Reminder.Channel.INBOX, sent_at__isnull=False)
    unread_only = request.GET.get("show") == "unread"
    if unread_only:
        found = found.filter(read_at=None)
    found = found.select_related("recheck", "recheck__closed_by", "person__notification_settings")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    sent = defaultdict(list)
    others = mine.exclude(channel=Reminder.Channel.INBOX).filter(recheck__in=[row.recheck_id for row in page])
    for other in others.select_related("digest").order_by("channel"):
        sent[other.recheck_id, other.round, other.stage].append(other)
    rows = [
        Entry(row, letters.subject(row), letters.body(row), sent[row.recheck_id, row.round, row.stage])
        for row in page
    ]
    notices = Notice.objects.filter(person=request.user).select_related("claim").defer("claim__search")
    if unread_only or page.number > 1:
        notices = notices.filter(read_at=None)
    context = {
        "page": page,
        "rows": rows,
        "notices": notices.order_by(F("read_at").desc(nulls_first=True), "-at")[:NOTICES],
        "unread_only": unread_only,
        "at": at,
        "switched_off": request.user.channels.exclude(switched_off_at=None),
    }
    return render(request, "inbox/inbox.html", context)


@signed_in("POST")
def reminder_read(request: DeskRequest, pk: int) -> HttpResponse:
    reminder = get_object_or_404(Reminder, pk=pk, person=request.user)
    reminders.mark_read(reminders=[reminder], by=request.user, at=timezone.now())
    return redirect(came_from(request, "inbox"))


@signed_in("POST")
def inbox_read(request: DeskRequest) -> HttpResponse:
    """Mark all as read that were there when the page was made, not what came since."""
    newest = request.POST.get("newest", "")
    if newest.isdecimal() and len(newest) < 19:
        mine = Reminder.objects.filter(person=request.user, read_at=None, pk__lte=int(newest))
        reminders.mark_read(reminders=mine, by=request.user, at=timezone.now())
    return redirect("inbox")
