"""Permissions for roles, given by the migration that makes what they are about."""

from django.contrib.auth.management import create_permissions


def grant(apps, schema_editor, grants, app="claims"):
    """Give permissions to roles. `grants`: {codename: first role that has it}; later roles have it too."""
    # Permissions are made after migrating; they are needed now.
    config = apps.get_app_config(app)
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    roles = ("contributor", "reviewer", "editor", "administrator")
    for codename, first in grants.items():
        permission = Permission.objects.get(content_type__app_label=app, codename=codename)
        for role in roles[roles.index(first) :]:
            Group.objects.get(name=role).permissions.add(permission)
