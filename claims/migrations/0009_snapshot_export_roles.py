"""Who may take snapshots out of Recheck, and see how sites want to be asked."""

from django.db import migrations

from claims.migrations._grants import grant

GRANTS = {"export_snapshot": "reviewer", "view_host": "contributor"}


def grant_export(apps, schema_editor):
    grant(apps, schema_editor, GRANTS, app="sources")


class Migration(migrations.Migration):
    dependencies = [("claims", "0008_ledger_roles"), ("sources", "0004_snapshot_bodies")]

    operations = [migrations.RunPython(grant_export, migrations.RunPython.noop)]
