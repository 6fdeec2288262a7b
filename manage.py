#!/usr/bin/env python
"""Recheck's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.embedded import NotRunningError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, NotRunningError) as error:
        sys.exit(f"recheck: {error}")


if __name__ == "__main__":
    main()
