"""The channels by which a reminder leaves the house. A new one is a module, a name here and in the model.

The inbox is none of them: there the row itself is the message.
"""

from __future__ import annotations

from claims.channels import email, slack, webhook
from claims.channels.message import Channel
from claims.models import Reminder

CHANNELS: dict[str, Channel] = {
    Reminder.Channel.EMAIL: email.Email(),
    Reminder.Channel.WEBHOOK: webhook.Webhook(),
    Reminder.Channel.SLACK: slack.Slack(),
}
