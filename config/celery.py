"""The Celery application and its beat schedule.

The database holds every piece of work as a row; a task only says "look". What a lost message
would have started, the sweeps below pick up.
"""

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["pgmq"] = "config.queue:Transport"
# Root in a container is a choice; the worker takes JSON only, which is what the warning is about.
warnings.filterwarnings("ignore", category=SecurityWarning)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("recheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    # A request must not wait for a broker that is away: the sweep will do the work.
    task_publish_retry=False,
    broker_connection_timeout=2,
    # Nobody listens to what workers tell each other; each such queue would be one more to look at.
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    timezone="UTC",
    beat_scheduler="config.timer:Scheduler",
    beat_schedule={
        "sweep-articles": {
            "task": "claims.tasks.sweep_articles",
            "schedule": 20.0,
            "options": {"expires": 20},
        },
        "sweep-sources": {
            "task": "sources.tasks.sweep_sources",
            "schedule": 20.0,
            "options": {"expires": 20},
        },
        "forget-steps": {
            "task": "claims.tasks.forget_steps",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        "sweep-checks": {
            "task": "sources.tasks.sweep_checks",
            "schedule": 60.0,
            "options": {"expires": 60},
        },
        "sweep-rereads": {
            "task": "claims.tasks.sweep_rereads",
            "schedule": 60.0,
            "options": {"expires": 60},
        },
        "follow-sources": {
            "task": "claims.tasks.follow_sources",
            "schedule": 30.0,
            "options": {"expires": 30},
        },
        "send-reminders": {
            "task": "claims.tasks.send_reminders",
            "schedule": 30.0,
            "options": {"expires": 30},
        },
    },
)
