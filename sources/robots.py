"""robots.txt (RFC 9309): what a site asks programs to leave alone.

Pure, and in one pass over the file: a hostile one takes no longer than an honest one of its size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.addresses import escaped

_PRODUCT = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True)
class Rules:
    """What one program may ask for: (allow, pattern) pairs, and the seconds it is to wait in between."""

    rules: tuple[tuple[bool, str], ...] = ()
    crawl_delay: float = 0.0

    def allow(self, path: str) -> bool:
        """Whether this path (with its query) may be asked for: the longest rule decides, of two "allow"."""
        matching = [(len(pattern), allow) for allow, pattern in self.rules if _matches(pattern, path)]
        return max(matching)[1] if matching else True


def rules_for(text: str, user_agent: str) -> Rules:
    """The rules of the groups that name this program ("Recheck/0.1 (…)" is "recheck"), else everybody's."""
    product = _product(user_agent)
    ours: list[tuple[str, str]] = []
    everybodys: list[tuple[str, str]] = []
    named = False
    agents: set[str] = set()
    in_agents = False
    for field, value in _lines(text):
        if field == "user-agent":
            if not in_agents:
                agents.clear()
            in_agents = True
            agents.add("*" if value == "*" else _product(value))
            named = named or product in agents
        elif field in ("allow", "disallow", "crawl-delay"):
            in_agents = False
            if product in agents:
                ours.append((field, value))
            elif "*" in agents:
                everybodys.append((field, value))
    return _rules(ours if named else everybodys)


def _product(user_agent: str) -> str:
    token = _PRODUCT.match(user_agent)
    return token[0].lower() if token else user_agent.lower()


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        field, _, value = line.partition("#")[0].partition(":")
        yield field.strip().lower(), value.strip()


def _rules(lines: list[tuple[str, str]]) -> Rules:
    rules = tuple(
        (field == "allow", escaped(value)) for field, value in lines if field != "crawl-delay" and value
    )
    delays = [float(value) for field, value in lines if field == "crawl-delay" and _is_number(value)]
    return Rules(rules, max(delays, default=0.0))


def _is_number(value: str) -> bool:
    return re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", value) is not None


def _matches(pattern: str, path: str) -> bool:
    """Whether the path begins as the pattern says; "*" is any characters, "$" at its end the path's end."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if rest else None
    for part in rest:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if last is None:
        return not ends or at == len(path)
    return path.endswith(last) and len(path) - len(last) >= at if ends else path.find(last, at) >= 0
