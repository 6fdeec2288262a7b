"""Step 10: the event an article is about, said in claims that would not stand alone without it.

"Hundreds of vendors offered products" is checkable only "at the Riverside Fair".
"""

from dataclasses import replace
from typing import Final

from claims.extraction.encounters import CONTEST
from claims.extraction.pieces import Proposition
from claims.extraction.rendering import Rendered
from claims.extraction.scene import Setting
from claims.extraction.tree import Word
from claims.extraction.values import Edit, Kind
from claims.extraction.wordset import word_set

LONGEST: Final = 24  # words of a claim that may take the event's name as well
_HAPPENING: Final = word_set("event status quantity")
_IN: Final = word_set(
    "election tournament championship trial referendum race cup match season war campaign games olympics"
    " marathon"
)


def place_claim(
    rendered: Rendered, proposition: Proposition, kind: Kind, setting: Setting | None
) -> Rendered:
    """The claim with "at …" behind it, where it names nobody and nothing that would tell where it belongs."""
    if setting is None or kind not in _HAPPENING or len(rendered.text.split()) > LONGEST:
        return rendered
    if not rendered.text.endswith(".") or _is_anchored(rendered, proposition, setting):
        return rendered
    at = max(w.end for w in proposition.words)
    words = f"{'in' if setting.noun in _IN else 'at'} {setting.text}"
    edit = Edit(at, at, "", words, setting.start, setting.end, "setting")
    return replace(rendered, text=f"{rendered.text[:-1]} {words}.", edits=(*rendered.edits, edit))


def _is_anchored(rendered: Rendered, proposition: Proposition, setting: Setting) -> bool:
    if setting.noun == "match" and proposition.head.lemma in CONTEST:
        return True  # it tells of a match of its own
    if setting.noun == "match":
        return _has_both_sides(rendered.text, setting.text) or proposition.head.tag not in (
            "VBD",
            "VBN",
            "VBG",
        )
    if any(_is_elsewhere(w, setting) for w in proposition.words):
        return True
    if any(_is_name(w) for w in proposition.words):
        # Who was there is told in the past tense; what somebody is, he is everywhere.
        return proposition.head.tag not in ("VBD", "VBN") or proposition.head.lemma == "be"
    return any(edit.reason not in ("date", "verb form", "added", "full name") for edit in rendered.edits)


def _has_both_sides(text: str, match: str) -> bool:
    sides = match.removeprefix("the match between ").split(" and ")
    return "match between" in text or all(side.removeprefix("the ").split()[-1] in text for side in sides)


_NAMES: Final = word_set("PERSON ORG GPE NORP FAC LOC EVENT PRODUCT WORK_OF_ART LAW")
_PLACES: Final = word_set("GPE FAC LOC EVENT LAW")


def _is_elsewhere(word: Word, setting: Setting) -> bool:
    """A place, another event, or the event itself."""
    return (
        word.entity in _PLACES
        or (word.lower == "there" and word.dep == "advmod")
        or (len(word.text) > 3 and word.text in setting.text)
    )


def _is_name(word: Word) -> bool:
    if word.entity in ("DATE", "TIME"):
        return False
    return word.text[0].isupper() and (word.i > 0 or word.entity in _NAMES)
