""" "Supplies 11 percent of the power, down from 17 percent in 2015": what the figure was before."""

from claims.extraction.edges import has_comma_before
from claims.extraction.inflection import past_tense
from claims.extraction.pieces import Added, Piece, is_plural, is_verbal, subject_of
from claims.extraction.tree import Word
from claims.extraction.wordset import word_set

_CHANGING = word_set(
    "rise fall drop climb reach hit increase decrease grow jump shrink decline slip soar plunge dip edge"
)


def is_earlier_figure(word: Word) -> bool:
    """Whether "up" or "down" opens a phrase that tells the figure of another time."""
    if word.lower not in ("up", "down") or not is_verbal(word.head) or not has_comma_before(word):
        return False
    verb = word.head
    plain = verb.tag in ("VBD", "VBZ", "VBP") and not verb.all("aux", "auxpass", "neg")
    if subject_of(verb) is None:
        return False
    return plain and _figure_of(verb) is not None and _earlier(word) is not None and bool(_time(word))


def earlier_pieces(word: Word, subject: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The clause around, said of the earlier time with the earlier figure."""
    verb, figure, earlier = word.head, _figure_of(word.head), _earlier(word)
    said = tuple(p for p in subject if isinstance(p, Word))
    if figure is None or earlier is None or subject_of(verb) not in said:
        return ()
    when = _time(word)
    number = [w for w in earlier.subtree() if w not in when]
    unit = [figure] if earlier.tag == "CD" and figure.tag in ("NN", "NNS") else []
    if verb.lemma in _CHANGING or verb.lemma == "be":
        return (*subject, Added("were" if is_plural(said) else "was", (verb,)), *number, *unit, *when)
    of = [w for c in figure.all("prep") if c.lower == "of" for w in c.subtree()]
    whole = of if earlier.child("prep") is None else []
    form = verb if verb.tag == "VBD" else Added(past_tense(verb.lemma), (verb,))
    return (*subject, form, *number, *unit, *whole, *when)


def _figure_of(verb: Word) -> Word | None:
    """What the verb counts: "11 percent", "41 days"."""
    found = [c for c in verb.all("dobj", "attr") if c.i > verb.i]
    if verb.lemma in _CHANGING:
        found += [n for p in verb.all("prep") if p.lower == "to" for n in p.all("pobj")]
    return next((n for n in found if n.tag == "CD" or n.child("nummod") is not None), None)


def _earlier(word: Word) -> Word | None:
    start = next((c for c in word.all("prep") if c.lower == "from"), None)
    noun = start.child("pobj") if start is not None else None
    counted = noun is not None and (noun.tag == "CD" or noun.child("nummod") is not None)
    return noun if counted else None


def _time(word: Word) -> list[Word]:
    """ "In 2015", "a year earlier"; [] where no time is told."""
    earlier = _earlier(word)
    at = [word, *word.all("prep"), *([earlier] if earlier is not None else [])]
    parts = [
        c for a in at for c in a.children if c.dep in ("prep", "npadvmod", "advmod") and c is not earlier
    ]
    return next(
        (s for s in (p.subtree() for p in parts if p.lower != "from") if any(w.entity == "DATE" for w in s)),
        [],
    )
