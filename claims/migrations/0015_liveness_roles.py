"""Who sees checks of sources and looks for quotes: everybody who works here."""

from django.db import migrations

from claims.migrations._grants import grant


def grants(apps, schema_editor):
    grant(apps, schema_editor, {"view_quotelook": "contributor"})
    grant(apps, schema_editor, {"view_check": "contributor"}, app="sources")


class Migration(migrations.Migration):
    dependencies = [("claims", "0014_liveness"), ("sources", "0005_liveness"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(grants, migrations.RunPython.noop)]
