"""Who sees versions of articles and looks at them: everybody who works here."""

from django.db import migrations

from claims.migrations._grants import grant


def grants(apps, schema_editor):
    grant(apps, schema_editor, {"view_articleversion": "contributor", "view_reread": "contributor"})


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_article_versions")]

    operations = [migrations.RunPython(grants, migrations.RunPython.noop)]
