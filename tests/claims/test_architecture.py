"""The arrows point one way: who may import whom."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# For each part: what its modules may not import.
FORBIDDEN = {
    "sources": ("claims",),
    "claims/extraction": (
        "django",
        "claims.models",
        "claims.intake",
        "claims.language_model",
        "claims.extractor",
        "sources",
        "httpx",
        "socket",
        "time",
        "random",
    ),
    "claims/evaluation": ("django", "claims.models", "claims.intake", "sources"),
    # Knows neither Django nor its settings, and of `sources` only the guard of connections.
    "claims/language_model": (
        "django",
        "claims.models",
        "claims.intake",
        "claims.extractor",
        "config",
        "sources.models",
        "sources.fetching",
        "random",
    ),
    "claims/models": (
        "claims.views",
        "claims.api",
        "claims.admin",
        "claims.tasks",
        "claims.intake",
        "claims.verdicts",
    ),
    "claims/channels": ("claims.views", "claims.api", "claims.admin", "claims.tasks", "claims.reminders"),
    "claims/publication": ("claims.views", "claims.api", "claims.admin", "claims.tasks"),
}
# fmt: off
DOMAIN = [
    "archives", "blind", "changes", "comparing", "corrections", "drafts", "errors", "evidence",
    "extractor", "forecast", "gates", "handed_in", "hours", "inputs", "intake", "keys", "ledger",
    "letters", "links", "losses", "matching", "merging", "notices", "notifications", "pauses", "policy",
    "policy_change", "quotes", "reader_requests", "rechecks", "redaction", "reminders", "review",
    "splitting", "standing", "triage", "undo", "undo_words", "unsubscribing", "verdicts", "versions",
    "when",
]
# fmt: on


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def breaks(path: Path, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for name in imports(path)
        for part in forbidden
        if name == part or name.startswith(part + ".")
    ]


@pytest.mark.parametrize("part", FORBIDDEN)
def test_a_part_imports_nothing_above_it(part: str) -> None:
    files = list((ROOT / part).rglob("*.py"))
    assert files
    assert [fault for path in files for fault in breaks(path, FORBIDDEN[part])] == []


@pytest.mark.parametrize("name", DOMAIN)
def test_the_domain_knows_no_view_api_admin_or_task(name: str) -> None:
    path = ROOT / "claims" / f"{name}.py"
    assert breaks(path, ("claims.views", "claims.api", "claims.admin", "claims.tasks", "claims.forms")) == []
