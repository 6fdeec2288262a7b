"""Reading answers as a person does: words and links, not markup."""

from __future__ import annotations

import html
import re
from typing import Any

HTMX = {"HX-Request": "true"}


def words(answer: Any) -> str:
    """The page's text, tags dropped and white space folded."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
    return re.sub(r" (?=[:;,.])", "", text)


def field(answer: Any, name: str) -> str:
    """What stands in a form's input or text area of this name."""
    body = answer.content.decode()
    area = re.search(rf'<textarea[^>]*\bname="{name}"[^>]*>(.*?)</textarea>', body, flags=re.S)
    if area:
        return html.unescape(area[1]).removeprefix("\n")
    tag = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', body)
    value = re.search(r'\bvalue="([^"]*)"', tag[0]) if tag else None
    return html.unescape(value[1]) if value else ""
