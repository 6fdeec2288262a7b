"""Who may merge and split claims."""

from django.db import migrations

from claims.migrations._grants import grant

GRANTS = {"merge_claim": "reviewer"}


def grant_merging(apps, schema_editor):
    grant(apps, schema_editor, GRANTS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0018_merge_split_undo")]

    operations = [migrations.RunPython(grant_merging, migrations.RunPython.noop)]
