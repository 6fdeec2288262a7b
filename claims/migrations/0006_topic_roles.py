"""Who sees and keeps the topics."""

from django.db import migrations

from claims.migrations._grants import grant

GRANTS = {"view_topic": "contributor", "add_topic": "editor", "change_topic": "editor"}


def grant_topics(apps, schema_editor):
    grant(apps, schema_editor, GRANTS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_topics")]

    operations = [migrations.RunPython(grant_topics, migrations.RunPython.noop)]
