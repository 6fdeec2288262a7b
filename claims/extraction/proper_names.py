"""What the words of a proper name tell: its kind, title, gender, and whom its bearer stands for."""

from collections.abc import Iterable
from typing import Literal

from claims.extraction.edges import has_comma_before
from claims.extraction.lexicon import (
    FEMALE_NOUNS,
    FEMALE_TITLES,
    FIRM_WORDS,
    MALE_NOUNS,
    MALE_TITLES,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    TITLES,
)
from claims.extraction.names import Gender, frequent_gender, is_given_name, usual_gender
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

EntityKind = Literal["person", "organisation", "place", "thing"]


_KIND_OF_LABEL: dict[str, EntityKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}


_FOLLOWERS = word_set("team camp")
_SUFFIXES = word_set("jr sr ii iii iv")
_PART_OF_NAME = word_set("king queen prince princess pope")


def words_text(words: Iterable[Word]) -> str:
    """The words with the spaces between them as in the text."""
    listed = list(words)
    return "".join(w.text + (w.space if w is not listed[-1] else "") for w in listed)


def kind_of_name(words: list[Word]) -> EntityKind:
    """Two votes decide for a person: the recogniser's and a given name, a title or a role before the name."""
    label = label_of(words)
    if len(words) == 2 and words[0].lower in _FOLLOWERS:
        return "organisation"
    kind = _KIND_OF_LABEL.get(label, "thing")
    roled = any(w.lower in PERSON_NOUNS for w in modifiers_of(words))
    if words[-1].lower not in ORGANISATION_NOUNS and title_or_given(words):
        return "person"
    if len(words) in (2, 3) and usual_gender(words[0].text) and (roled or _is_aged(words)):
        return "person"  # whatever the recogniser calls "Imogen Roe, the manager"
    if roled and kind in ("person", "thing"):
        return "person"
    if words[-1].lower in ORGANISATION_NOUNS or (len(words) > 1 and words[-1].lower in FIRM_WORDS):
        return "organisation"
    if (
        kind == "person"
        and not (title_or_given(words) or roled)
        and (len(words) > 3 or any(not w.text[0].isupper() for w in words))
    ):
        return "thing"
    return kind


def _is_aged(words: list[Word]) -> bool:
    """ "Jane Roe, 52, …"."""
    return any(c.text.isdigit() and len(c.text) < 4 and has_comma_before(c) for c in words[-1].children)


def title_or_given(words: list[Word]) -> bool:
    """Whether a title, an office or a frequent given name tells that this is a person."""
    if words[0].lower.rstrip(".") in TITLES or inner_title(words):
        return True
    return is_given_name(words[0].text) and (len(words) > 1 or label_of(words) not in ("GPE", "LOC"))


def label_of(words: list[Word]) -> str:
    return next((w.entity for w in reversed(words) if w.entity), "")


def modifiers_of(words: list[Word]) -> list[Word]:
    """Common nouns before a name or beside it: "spokesman Roe", "Roe, a doctor"."""
    head = words[-1]
    inside = set(words)
    found = [c for c in head.children if c not in inside and c.dep in ("compound", "appos", "nmod")]
    if head.dep == "appos":
        found.append(head.head)
    return found


_OF_TEAMS = word_set("coach captain manager player goalkeeper striker defender midfielder")


def represented_by(words: list[Word]) -> str:
    """The name before a role: "Acme spokeswoman Jane Roe", "Jane Roe, head of Acme", "Wales's coach"."""
    for role in modifiers_of(words):
        if role.lemma not in PERSON_NOUNS:
            continue
        of = next(
            (c.child("pobj") for c in role.children if c.dep == "prep" and c.lower in ("of", "for")), None
        )
        for name in (
            *(c for c in (*words[-1].children, *role.children) if c.dep in ("poss", "compound", "nmod")),
            of,
        ):
            if name is None or name in words or name.tag not in ("NNP", "NNPS"):
                continue
            if name.entity == "ORG" or (name.entity == "GPE" and role.lemma in _OF_TEAMS):
                return words_text([w for w in name.subtree() if w.tag in ("NNP", "NNPS")])
    return ""


def surname_of(words: list[Word]) -> str:
    """The last word that is no "Jr." or "III", in small letters."""
    kept = [w.lower for w in words if w.lower.rstrip(".") not in _SUFFIXES]
    return kept[-1] if kept else words[-1].lower


def without_title(words: list[Word]) -> list[Word]:
    return words[inner_title(words) :]


def inner_title(words: list[Word]) -> int:
    """Where the name begins after titles and offices: "U.S. President Jane Roe"; a king keeps his title."""
    for at in range(len(words) - 1, 0, -1):
        before = words[at - 1].lower.rstrip(".")
        if before in TITLES or (before in PERSON_NOUNS and before not in _PART_OF_NAME):
            return at
    return 0


def gender_of(words: list[Word], roles: set[str]) -> Gender | None:
    title = gender_of_title(words)
    if title is not None:
        return title
    if roles & FEMALE_NOUNS:
        return "female"
    if roles & MALE_NOUNS:
        return "male"
    plain = without_title(words)
    if len(plain) == 1:  # most likely a surname, and many of them are given names too
        return frequent_gender(plain[0].text)
    return usual_gender(plain[0].text)


def gender_of_title(words: list[Word]) -> Gender | None:
    titles = {w.lower.rstrip(".") for w in words[:-1]}
    if titles & FEMALE_TITLES:
        return "female"
    return "male" if titles & MALE_TITLES else None


def head_of_name(words: list[Word]) -> Word:
    """The noun that says what it is: the last, or that before "of" in "Church of the East" and before the
    number in "Route 9" or "Proposition C"."""
    at = next((i for i, w in enumerate(words) if w.lower == "of"), len(words))
    if at > 1 and (len(words[at - 1].text) == 1 or words[at - 1].text.isdigit()):
        at -= 1
    return words[max(at - 1, 0)]


def is_initial(word: Word) -> bool:
    """ "G." in "Edward G. Rendell"."""
    return len(word.text.rstrip(".")) == 1


def has_article(words: list[Word]) -> bool:
    """ "The Yankees"; a firm that is called "Acme Industries" is one thing."""
    return any(c.i == words[0].i - 1 and c.lower == "the" for w in words for c in w.children)
