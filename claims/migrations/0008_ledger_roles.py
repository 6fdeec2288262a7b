"""Who may erase the words of a verdict."""

from django.db import migrations

from claims.migrations._grants import grant


def grant_redaction(apps, schema_editor):
    grant(apps, schema_editor, {"redact_verdict": "administrator"})


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_ledger")]

    operations = [migrations.RunPython(grant_redaction, migrations.RunPython.noop)]
