"""Step 10: what kind of claim a proposition is, by its verb, tense and numbers."""

from claims.extraction.lexicon import POSITIONS
from claims.extraction.pieces import Proposition
from claims.extraction.tree import FINITE_TAGS, Word
from claims.extraction.values import Kind
from claims.extraction.wordset import word_set

_AHEAD = word_set(
    "due set expected scheduled slated likely planned poised bound projected going about forecast"
)
_LASTING = word_set("be mean consist involve belong represent constitute comprise symbolize symbolise")
_STATES = word_set("remain stay continue keep live work hold face lack need")
_ACTS = word_set(
    "accuse approve ask call condemn criticise criticize decline demand deny endorse praise recommend refuse"
    " reject request threaten urge welcome"
)
_AMOUNT = word_set("PERCENT MONEY QUANTITY CARDINAL")


def kind_of(proposition: Proposition, *, ahead: bool = False) -> Kind:
    """One of the six kinds; the first rule that holds decides. `ahead`: its time is still to come."""
    head = proposition.head
    words = proposition.words
    tensed = _tensed(head, words)
    if _is_future(head, words) or (ahead and tensed == "present"):
        return "prediction"
    if any(a.lower in ("should", "must", "ought") for a in head.all("aux")):
        return "position"
    if head.lemma in POSITIONS and not (head.lemma in _ACTS and tensed == "past"):
        return "position"
    if _turns_on_number(head) and head.lemma not in _STATES:
        return "quantity"
    if tensed == "past":
        return "event"
    if head.lemma in _LASTING and not any(w.tag in ("VBG",) and w.dep == "aux" for w in words):
        attribute = head.child("attr")
        return "background" if attribute is not None or head.lemma != "be" else "status"
    return "status"


def _tensed(head: Word, words: list[Word]) -> str:
    carriers = [w for w in (*head.all("aux", "auxpass"), head) if w.tag in FINITE_TAGS]
    if any(w.tag == "VBD" for w in carriers):
        return "past"
    if carriers:
        return "present"
    return "past" if head.tag in ("VBN", "VBD", "VBG") else "present"


def _is_future(head: Word, words: list[Word]) -> bool:
    auxiliaries = head.all("aux")
    if any(
        a.lower in ("will", "'ll", "’ll", "shall", "wo", "would", "could", "may", "might")
        for a in auxiliaries
    ):
        return not any(a.lemma == "have" for a in auxiliaries)
    present = any(w.tag in ("VBZ", "VBP") for w in (head, *auxiliaries, *head.all("auxpass")))
    ahead = [w for w in (head, *head.all("acomp", "attr", "oprd")) if w.lower in _AHEAD]
    if present and any(c.dep == "xcomp" for w in ahead for c in w.children):
        return True
    return (
        head.lemma == "be"
        and present
        and any(c.dep == "xcomp" and any(a.tag == "TO" for a in c.children) for c in head.children)
    )


def _is_no_amount(word: Word) -> bool:
    """ "One of them", "the two"."""
    return word.lower in ("one", "two") and (
        word.lower == "one" or word.child("det") is not None or word.head.child("det") is not None
    )


_OF_AMOUNT = word_set("to by from with of for about")


def _turns_on_number(head: Word) -> bool:
    for child in head.children:
        if child.dep in ("nsubj", "nsubjpass", "dobj", "attr", "acomp", "npadvmod"):
            numbers = [
                w for w in (child, *child.children) if w.tag == "CD" or w.entity in ("PERCENT", "MONEY")
            ]
            if any(w.entity in _AMOUNT for w in numbers) and not any(_is_no_amount(w) for w in numbers):
                return True
        amounts = (w for o in child.children for w in (o, *o.children) if w.entity in ("PERCENT", "MONEY"))
        if child.dep == "prep" and child.lower in _OF_AMOUNT and any(amounts):
            return True
    return False
