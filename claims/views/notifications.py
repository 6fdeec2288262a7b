"""What I am told, when and where; and the two addresses that need no sign-in: unsubscribing, the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims import notifications as domain
from claims import reminders
from claims.channels import CHANNELS
from claims.forms.base import DeskForm
from claims.forms.notifications import ChannelForm, WishesForm
from claims.models import PersonChannel, Reminder
from claims.publication.calendar import calendar_of
from claims.unsubscribing import person_of
from claims.views.access import DeskRequest, signed_in

ABOUT = {
    Reminder.Channel.EMAIL: "To the address of your account.",
    Reminder.Channel.WEBHOOK: "To a program of yours: JSON, signed as Standard Webhooks says.",
    Reminder.Channel.SLACK: "The address of an incoming webhook, from Slack, Mattermost or Rocket.Chat.",
}


@dataclass(frozen=True)
class Card:
    """One channel on the page."""

    channel: PersonChannel
    form: DeskForm
    about: str
    needs_address: bool


@signed_in("GET", "POST")
def notifications(request: DeskRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    form = WishesForm(request.POST, auto_id="wish-%s")
    done = form.carry_out(
        lambda values: domain.change(person=request.user, wishes=values, by=request.user, at=timezone.now())
    )
    if done is None:
        return _page(request, wishes_form=form)
    messages.success(request, "Noted.")
    return redirect("notifications")


@signed_in("POST")
def notifications_channel(request: DeskRequest, name: str) -> HttpResponse:
    _known(name)
    form = ChannelForm(request.POST, auto_id=f"{name}-%s")
    done = form.carry_out(
        lambda values: domain.set_channel(
            person=request.user, name=name, by=request.user, at=timezone.now(), **values
        )
    )
    if done is None:
        return _page(request, failed={name: form})
    messages.success(request, f"{done.get_name_display().capitalize()} is {'on' if done.is_on else 'off'}.")
    return redirect(f"{reverse('notifications')}#{name}")


@signed_in("POST")
def notifications_test(request: DeskRequest, name: str) -> HttpResponse:
    _known(name)
    domain.send_test(person=request.user, name=name, by=request.user, at=timezone.now())
    messages.success(request, "The test went out. Look whether it arrived.")
    return redirect(f"{reverse('notifications')}#{name}")


@signed_in("POST")
def notifications_calendar(request: DeskRequest) -> HttpResponse:
    """Make the feed's address anew and show it, this once; or end it."""
    if request.POST.get("do") == "end":
        domain.end_calendar(person=request.user, by=request.user)
        messages.success(request, "The calendar feed is off.")
        return redirect(f"{reverse('notifications')}#calendar")
    token = domain.renew_calendar(person=request.user, by=request.user, at=timezone.now())
    return _page(request, calendar_address=settings.SITE_URL + reverse("calendar_feed", args=[token]))


@csrf_exempt  # The signed link is the right to do it; mail programs post to it by themselves (RFC 8058).
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    person = person_of(token)
    if person is None:
        return render(request, "notifications/unsubscribe.html", {"unknown": True}, status=404)
    if request.method == "POST":
        domain.unsubscribe(person=person, at=timezone.now())
    context = {"person": person, "done": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    whose = domain.whose_calendar(token)
    if whose is None:
        raise Http404
    feed = calendar_of(person=whose.person, at=timezone.now())
    etag = quote_etag(feed.etag)
    answer = HttpResponse(feed.body, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'inline; filename="recheck.ics"'
    answer["X-Robots-Tag"] = "noindex"
    found = get_conditional_response(request, etag=etag, response=answer)
    assert isinstance(found, HttpResponse)
    return found


def _page(
    request: DeskRequest,
    *,
    wishes_form: WishesForm | None = None,
    failed: dict[str, ChannelForm] | None = None,
    calendar_address: str = "",
) -> HttpResponse:
    wishes = domain.settings_of(request.user)
    failed = failed or {}
    context: dict[str, Any] = {
        "form": wishes_form
        or WishesForm(initial={name: getattr(wishes, name) for name in domain.FIELDS}, auto_id="wish-%s"),
        "wishes": wishes,
        "cards": [_card(channel, failed.get(channel.name)) for channel in domain.channels_of(request.user)],
        "calendar_address": calendar_address,
        "is_desk": reminders.desk().filter(pk=request.user.pk).exists(),
        "switch_off_after": domain.SWITCH_OFF_AFTER,
    }
    status = next((form.status for form in [context["form"], *failed.values()] if form.status != 200), 200)
    return render(request, "notifications/settings.html", context, status=status)


def _card(channel: PersonChannel, failed: ChannelForm | None) -> Card:
    name = channel.name
    form = failed or ChannelForm(
        initial={"is_on": channel.is_on, "address": channel.address}, auto_id=f"{name}-%s"
    )
    return Card(channel, form, ABOUT[Reminder.Channel(name)], CHANNELS[name].needs_address)


def _known(name: str) -> None:
    if name not in CHANNELS:
        raise Http404
