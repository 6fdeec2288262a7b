"""The four roles as groups. Each includes what the one before it may do."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTRIBUTOR = [
    *(f"view_{name}" for name in (
        "article", "claim", "claimant", "appearance", "evidence", "proposal", "verdict", "recheck", "ratinglabel",
        "savedview",
    )),
    "add_article", "change_article", "add_claim", "change_claim", "add_claimant", "change_claimant",
    "add_evidence", "change_evidence", "delete_evidence", "add_proposal",
    "add_savedview", "change_savedview", "delete_savedview",
]
REVIEWER = [*CONTRIBUTOR, "approve_proposal", "change_recheck"]
EDITOR = [*REVIEWER, "add_ratinglabel", "change_ratinglabel", "delete_ratinglabel", "view_user", "view_apikey"]
ADMINISTRATOR = [
    *EDITOR, "add_user", "change_user", "add_apikey", "change_apikey", "view_reminder",
]
SOURCES = ["view_source", "add_source", "change_source", "view_snapshot", "view_publisher", "add_publisher",
           "change_publisher"]
ROLES = {
    "contributor": CONTRIBUTOR,
    "reviewer": REVIEWER,
    "editor": EDITOR,
    "administrator": ADMINISTRATOR,
}


def create_roles(apps, schema_editor):
    # Permissions are made after migrating; this migration needs them now.
    for label in ("claims", "sources"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        allowed = Permission.objects.filter(content_type__app_label="claims", codename__in=codenames)
        allowed |= Permission.objects.filter(content_type__app_label="sources", codename__in=SOURCES)
        missing = {*codenames, *SOURCES} - set(allowed.values_list("codename", flat=True))
        if missing:
            raise LookupError(f"no such permissions: {sorted(missing)}")
        group.permissions.set(allowed)


def drop_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0002_relations"),
        ("sources", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_roles, drop_roles)]
