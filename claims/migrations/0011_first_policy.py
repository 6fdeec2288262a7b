"""The policy that the program came with, and who may change it, link claims and hear readers."""

from django.db import migrations
from django.utils import timezone

from claims.migrations._grants import grant

GRANTS = {
    "view_policy": "contributor",
    "view_policyrule": "contributor",
    "view_claimlink": "contributor",
    "add_claimlink": "reviewer",
    "delete_claimlink": "reviewer",
    "view_readerrequest": "reviewer",
    "decide_readerrequest": "reviewer",
    "change_recheck_policy": "editor",
}
# Read from the top: the first rule that fits decides.
RULES = [
    {"name": "settled", "ratings": ["satire", "opinion"], "wait": "never",
     "why": "Satire and opinion do not go out of date."},
    {"name": "date_comes", "kinds": ["prediction"], "dates": "begins", "wait": "date",
     "why": "The date in it comes."},
    {"name": "end_comes", "kinds": ["status"], "dates": "ends", "within": 14, "wait": "date",
     "why": "The date in it comes."},
    {"name": "fast", "volatility": "fast", "wait": "days", "days": 7, "why": "It changes fast."},
    {"name": "unproven", "ratings": ["unproven", "unverifiable"], "wait": "days", "days": 14,
     "why": "It could not be settled; new sources may appear."},
    {"name": "slow", "kinds": ["status", "prediction", "quantity", "position"], "volatility": "slow",
     "wait": "days", "days": 180, "why": "It changes slowly."},
    {"name": "prediction", "kinds": ["prediction"], "wait": "days", "days": 30,
     "why": "A prediction without a date to come can turn out any day."},
    {"name": "status", "kinds": ["status"], "wait": "days", "days": 14, "why": "A status can change any day."},
    {"name": "quantity", "kinds": ["quantity"], "wait": "days", "days": 90, "why": "Figures are revised."},
    {"name": "position", "kinds": ["position"], "wait": "days", "days": 90,
     "why": "People and governments change their minds."},
    {"name": "event", "kinds": ["event"], "wait": "days", "days": 365,
     "why": "What happened stays; what is known of it may not."},
    {"name": "background", "kinds": ["background"], "wait": "days", "days": 365,
     "why": "Laws and definitions change slowly."},
]


def make_policy(apps, schema_editor):
    policy = apps.get_model("claims", "Policy").objects.create(
        number=1, adopted_at=timezone.now().replace(microsecond=0), reason="The policy that the program came with."
    )
    PolicyRule = apps.get_model("claims", "PolicyRule")
    for position, rule in enumerate(RULES, 1):
        PolicyRule.objects.create(policy=policy, position=position, **rule)
    grant(apps, schema_editor, GRANTS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_policy_and_triggers")]

    operations = [migrations.RunPython(make_policy, migrations.RunPython.noop)]
