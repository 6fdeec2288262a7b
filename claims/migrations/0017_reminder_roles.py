"""Who sees pauses, and who sets what other people are told."""

from django.db import migrations

from claims.migrations._grants import grant

GRANTS = {
    "view_recheckpause": "contributor",
    "view_notificationsettings": "administrator",
    "add_notificationsettings": "administrator",
    "change_notificationsettings": "administrator",
    "view_personchannel": "administrator",
}


def grant_reminders(apps, schema_editor):
    grant(apps, schema_editor, GRANTS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0016_reminders")]

    operations = [migrations.RunPython(grant_reminders, migrations.RunPython.noop)]
