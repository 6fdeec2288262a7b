"""The inbox: notices, and reminders, as they stand here and as they went out by e-mail."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import reminders
from claims.models import Notice, Reminder
from claims.views.access import DeskRequest, came_from, signed_in

PER_PAGE = 25
# So many beside the reminders, unread ones first.
NOTICES = 20


@signed_in("GET")
def inbox(request: DeskRequest) -> HttpResponse:
    at = timezone.now()
    mine = Reminder.objects.filter(person=request.user)
    found = mine.filter(channel=Reminder.Channel.INBOX, sent_at__isnull=False)
    unread_only = request.GET.get("show") == "unread"
    if unread_only:
        found = found.filter(read_at=None)
    found = found.select_related("recheck", "recheck__claim", "recheck__closed_by").defer(
        "recheck__claim__search"
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    mails = {
        mail.recheck_id: mail
        for mail in mine.filter(
            channel=Reminder.Channel.EMAIL, recheck__in=[row.recheck_id for row in page]
        ).select_related("person")
    }
    rows = [(row, mails.get(row.recheck_id)) for row in page]
    notices = Notice.objects.filter(person=request.user).select_related("claim").defer("claim__search")
    if unread_only or page.number > 1:
        notices = notices.filter(read_at=None)
    context = {
        "page": page,
        "rows": rows,
        "notices": notices.order_by(F("read_at").desc(nulls_first=True), "-at")[:NOTICES],
        "unread_only": unread_only,
        "at": at,
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
