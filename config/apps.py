from django.apps import AppConfig


class RecheckConfig(AppConfig):
    name = "config"
