"""Step 10: the event an article is about, said in claims that would not stand alone without it.

"Hundreds of vendors offered products" is checkable only "at the Riverside Fair".
"""

from dataclasses import replace
from typing import Final

from claims.extraction.references import References, Setting
from claims.extraction.rendering import Rendered
from claims.extraction.pieces import Proposition
from claims.extraction.tree import Word
from claims.extraction.values import Edit, Kind
from claims.extraction.wordset import word_set

LONGEST: Final = 24  # words of a claim that may take the event's name as well
_HAPPENING: Final = word_set("event status quantity")
_IN: Final = word_set("election tournament championship trial referendum race cup season war campaign games olympics marathon")


def place_claim(rendered: Rendered, proposition: Proposition, kind: Kind, references: References) -> Rendered:
    """The claim with "at …" behind it, where it names nobody and nothing that would tell where it belongs."""
    setting = references.setting
    if setting is None or kind not in _HAPPENING or len(rendered.text.split()) > LONGEST:
        return rendered
    if not rendered.text.endswith(".") or _is_anchored(rendered, proposition, references):
        return rendered
    at = max(w.end for w in proposition.words)
    words = f"{'in' if setting.noun in _IN else 'at'} {setting.text}"
    edit = Edit(at, at, "", words, setting.start, setting.end, "setting")
    return replace(rendered, text=f"{rendered.text[:-1]} {words}.", edits=(*rendered.edits, edit))


def _is_anchored(rendered: Rendered, proposition: Proposition, references: References) -> bool:
    if any(w.tag in ("NNP", "NNPS") and not _is_calendar(w) for w in proposition.words):
        return True
    return any(edit.reason not in ("date", "verb form", "added") for edit in rendered.edits)


def _is_calendar(word: Word) -> bool:
    return word.entity in ("DATE", "TIME")
