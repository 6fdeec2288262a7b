"""Frames: who says, thinks or judges what, within one parsed unit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from claims.extraction import cues
from claims.extraction.complements import Shape as VerbShape
from claims.extraction.complements import Words, below, complement_of, in_order, is_passive, without
from claims.extraction.cuts import marker_of
from claims.extraction.edges import has_comma_before
from claims.extraction.pieces import is_finite, is_verbal, subject_of
from claims.extraction.speech import SAYING
from claims.extraction.tree import NOUN_TAGS, Tree, Word
from claims.extraction.wordset import word_set

Shape = VerbShape | Literal["bare", "label", "according", "parenthesis", "noun", "adjective"]

LONGEST_UNIT: Final = 250  # words; no parse of a longer sentence is to be trusted
LONGEST_LABEL: Final = 10  # words before a colon
_VIEWS: Final = word_set("view opinion words estimation judgment judgement telling")


@dataclass(frozen=True, slots=True)
class Frame:
    """The words of one attribution inside a unit, each part in text order; no content where it stands in
    another unit, no source where nobody is named. `shape` tells what kind of words made it one."""

    cue: Words
    source: Words
    content: Words
    shape: Shape

    @property
    def states(self) -> bool:
        """Whether something was uttered or written; otherwise it is thought, felt or meant."""
        return self.shape in ("according", "label") or self.cue[0].lemma in cues.STATING


def find_frames(tree: Tree) -> tuple[Frame, ...]:
    """The outermost frames in text order; what one of them has for its content is not looked into."""
    if len(tree.words) > LONGEST_UNIT:
        return ()
    label = _label(tree)
    if label is not None:
        return (label,)
    covering = _covering(tree)
    found: list[Frame] = []
    cued: set[Word] = set()
    taken: set[Word] = set()
    stack = list(tree.roots)
    while stack:
        word = stack.pop()
        frame = covering.get(word) or (None if word in cued else _frame(word))
        for part in _with_second_verbs(frame) if frame is not None else ():
            found.append(part)
            cued.update(part.cue)
            taken.update(part.content)
        stack += [c for c in word.children if c not in taken]
    found.sort(key=lambda f: f.cue[0].i)
    return tuple(found)


def _label(tree: Tree) -> Frame | None:
    """ "Roe: The dam will hold": a name with a colon before what it says."""
    colon = next((w.i for w in tree.words[:LONGEST_LABEL] if w.text == ":"), 0)
    label, rest = tree.words[:colon], tree.words[colon + 1 :]
    if not label or 0 < len(rest) < 3 or any(w.tag in ("VBD", "VBZ", "VBP", "MD", ",") for w in label):
        return None
    named = any(w.tag in ("NNP", "NNPS") for w in label)
    titled = all(w.text[0].isupper() or len(w.text) < 4 for w in label)
    return Frame((tree.words[colon],), in_order(label), in_order(rest), "label") if named and titled else None


def _with_second_verbs(frame: Frame) -> list[Frame]:
    """ "… said she knew him, adding that": a second verb of saying is the same speaker's, though the parser
    hung it inside the content."""
    first = frame.cue[0]
    second: list[Word] = []
    inner = frame.content[1:] if frame.shape != "medial" else ()
    for word in inner:
        if word.i > first.i and _goes_on(word, first) and not any(word in v.subtree() for v in second):
            second.append(word)
    gone = {w for verb in second for w in verb.subtree()}
    parts = [replace(frame, content=in_order(w for w in frame.content if w not in gone))] if gone else [frame]
    for verb in second:
        content, shape = complement_of(verb)
        parts.append(Frame((verb,), frame.source or source_of(verb), content, shape or "bare"))
    return parts


def _goes_on(word: Word, first: Word) -> bool:
    if word.lemma not in cues.SPEECH_ACTS or subject_of(word) is not None:
        return False
    if word.dep == "advcl":
        return word.tag == "VBG" and has_comma_before(word)
    return word.dep == "conj" and word.tag == first.tag and word.tag in ("VBD", "VBZ", "VBG")


def _covering(tree: Tree) -> dict[Word, Frame]:
    """ "P, X said", "P, according to X", "as X said, P": by the head of the clause that is the content."""
    found: dict[Word, Frame] = {}
    for word in tree.words:
        named = _named_source(word)
        if named is not None:
            clause = _clause_around(word)
            found.setdefault(clause, Frame((word,), below([named]), without(clause, word), "according"))
        elif _is_parenthetical(word):
            content = without(word.head, word)
            found.setdefault(word.head, Frame((word,), source_of(word), content, "parenthesis"))
    return found


def _clause_around(word: Word) -> Word:
    """The head of the clause, of coordinated ones the first."""
    at = word
    for at in word.ancestors():
        if is_verbal(at) and subject_of(at) is not None:
            break
    while at.dep == "conj" and is_verbal(at.head):
        at = at.head
    return at


def _is_parenthetical(verb: Word) -> bool:
    if verb.dep not in ("parataxis", "advcl", "ccomp") or verb.lemma not in SAYING:
        return False
    if not is_finite(verb) or subject_of(verb) is None or verb.child("ccomp", "dobj", "xcomp") is not None:
        return False
    marker = marker_of(verb)
    return marker.lower == "as" if marker is not None else verb.dep != "ccomp"


def _named_source(word: Word) -> Word | None:
    """The noun after "according to", or whose words it is in "in the words of X", "in X's view"."""
    if word.lower == "according":
        to = word.child("prep") or word
        return to.child("pobj", "pcomp")
    noun = word.child("pobj") if word.dep == "prep" else None
    if noun is None:
        return None
    if word.lower == "per":
        return noun if noun.tag in ("NNP", "NNPS") else None
    if word.lower != "in" or noun.lower not in _VIEWS:
        return None
    of = next((c for c in noun.all("prep") if c.lower == "of"), None)
    return noun.child("poss") or (of.child("pobj") if of is not None else None)


def _frame(word: Word) -> Frame | None:
    frame = None
    if word.tag.startswith("VB") and word.dep not in ("amod", "compound"):
        frame = _verb_frame(word)
    elif word.tag in NOUN_TAGS:
        frame = _noun_frame(word)
    if frame is None and word.tag.startswith(("JJ", "VBN")):
        frame = _adjective_frame(word)
    return frame


def _verb_frame(verb: Word) -> Frame | None:
    if verb.lemma == "continue" and verb.child("dobj", "xcomp") is not None:
        return None  # "continued the work", "continued to work"
    content, shape = complement_of(verb)
    source = () if shape == "seeming" else source_of(verb)
    if shape is not None:
        return Frame((verb,), source, content, shape)
    if verb.lemma in SAYING and source and not _has_other_object(verb):
        return Frame((verb,), source, (), "bare")
    return None


def _has_other_object(verb: Word) -> bool:
    """ "Posted the documents": the object is no hearer and no speaker behind the verb."""
    own = subject_of(verb) is not None and verb.lemma not in cues.ADDRESSING
    return own and verb.child("dobj") is not None


def _noun_frame(noun: Word) -> Frame | None:
    """ "Roe's claim that …", "made a promise to …", "her support for …"."""
    if noun.lemma not in cues.NOUNS and noun.lemma not in cues.UTTERANCES:
        return None
    source = _noun_source(noun)
    clause = next((c for c in noun.children if c.i > noun.i and _states(c)), None)
    if clause is not None and noun.lemma in cues.NOUNS:
        return Frame((noun,), source, below([clause]), "noun")
    if noun.lemma in cues.UTTERANCES and noun.dep == "dobj" and noun.head.lemma in cues.LIGHT:
        return Frame((noun,), source, (), "bare")
    content = _noun_topic(noun) if source and noun.lemma in cues.NOUNS else ()
    return Frame((noun,), source, content, "noun") if content else None


def _noun_topic(noun: Word) -> Words:
    for preposition in noun.all("prep"):
        if preposition.lower in cues.NOUN_PREPOSITIONS and preposition.i > noun.i:
            topic = below(preposition.all("pobj", "pcomp"))
            if topic:
                return topic
    return ()


def _states(clause: Word) -> bool:
    if clause.dep not in ("acl", "ccomp", "relcl"):
        return False
    marker = marker_of(clause)
    if marker is not None and marker.lower == "that":
        return True
    return clause.tag == "VB" and any(c.tag == "TO" for c in clause.children)


def _noun_source(noun: Word) -> Words:
    owner = noun.child("poss")
    if owner is not None:
        return below([owner])
    if noun.dep == "dobj" and noun.head.lemma in cues.LIGHT:
        return source_of(noun.head)
    by = next((c for c in noun.all("prep") if c.lower in ("by", "from")), None)
    named = by.child("pobj") if by is not None else None
    return below([named]) if named is not None else ()


def _adjective_frame(word: Word) -> Frame | None:
    """ "X is confident that …", "X was critical of …"."""
    if word.lower not in cues.ADJECTIVES or word.dep not in (
        "acomp",
        "oprd",
        "ROOT",
        "conj",
        "advcl",
        "ccomp",
    ):
        return None
    after = [c for c in word.children if c.i > word.i]
    clause = next((c for c in after if c.dep in ("ccomp", "xcomp")), None)
    topics = (below(c.all("pobj", "pcomp")) for c in after if c.dep == "prep")
    content = below([clause]) if clause is not None else next((t for t in topics if t), ())
    source = source_of(word if subject_of(word) is not None else word.head)
    return Frame((word,), source, content, "adjective") if content and source else None


def source_of(verb: Word) -> Words:
    """The subject, the agent of a passive, or whose subject a participle or infinitive shares."""
    if is_passive(verb):
        agent = verb.child("agent")
        named = agent.child("pobj") if agent is not None else None
        return below([named]) if named is not None else ()
    for at in _carriers(verb):
        subject = subject_of(at)
        if subject is not None:
            return below([subject]) if subject.dep != "expl" else ()
        if at.dep in ("acl", "relcl") and not is_verbal(at.head):
            return without(at.head, at)
        inverted = _inverted(at) if at is verb and at.lemma in SAYING else None
        if inverted is not None:
            return below([inverted])
    return ()


def _carriers(verb: Word) -> Iterator[Word]:
    """The verb and those above it that may carry its subject."""
    yield verb
    at = verb
    while at.dep in ("xcomp", "advcl", "conj", "pcomp", "prep", "parataxis", "ccomp") and at.head is not at:
        at = at.head
        yield at


def _inverted(verb: Word) -> Word | None:
    """The subject behind a verb that opens its unit: ", said Roe"."""
    if any(c.i < verb.i and c.dep != "punct" for c in verb.children) or verb.head is not verb:
        return None
    return next(
        (c for c in verb.children if c.i > verb.i and c.tag in NOUN_TAGS and c.dep != "npadvmod"), None
    )
