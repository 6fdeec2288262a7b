"""The README names every setting, and its commands exist."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()


def test_every_environment_variable_is_in_the_readme() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "config").rglob("*.py"))
    sources += (ROOT / "claims/management/commands/first_start.py").read_text()
    read = set(
        re.findall(r"(?:env\.\w+|environ\.get|whole_number|web_address|folder)\(\s*\"([A-Z_]{4,})\"", sources)
    )
    assert {"DATABASE_URL", "FETCH_TIMEOUT", "LLM_URL", "DEMO"} <= read
    internal = {"DJANGO_SETTINGS_MODULE", "HOME", "PATH"}
    assert sorted(name for name in read - internal if f"`{name}`" not in README) == []


def test_every_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert {"extract", "ingest", "verify_history", "create_api_key"} <= named
    assert named <= set(get_commands())


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"`?make (\w+)", README))
    assert named - {"and"} <= targets
