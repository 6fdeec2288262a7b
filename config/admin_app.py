"""Makes Recheck's own admin site the default one, as Django's documentation has it."""

from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    default_site = "config.admin_site.RecheckAdminSite"
