"""Main verbs that the parser did not see: a sentence whose root is a noun may have its clause elsewhere."""

from claims.extraction.edges import has_comma_before, left_edge, move
from claims.extraction.pieces import is_finite, is_verbal, subject_of
from claims.extraction.tree import NOUN_TAGS, Tree, Word


def find_lost_verb(root: Word, tree: Tree) -> None:
    """Make the verb of the sentence its root, where the parser chose a word that is none."""
    if is_verbal(root) and root.tag != "VB":
        return
    named = root.tag in NOUN_TAGS or (root.tag == "JJ" and root.child("det") is not None)
    if _raise_clause(root) or not named:
        return
    _read_as_verb(root)
    if not is_verbal(root):
        verb = _taken_for_adjective(root, tree) or _taken_for_participle(root)
        if verb is not None:
            _raise(verb, root)


def _raise_clause(root: Word) -> bool:
    """ "Presumptive nominee Jane Roe won": a word before the subject is taken for what governs the clause."""
    clauses = [c for c in root.all("ccomp") if is_finite(c) and is_verbal(c)]
    if len(clauses) != 1 or any(is_verbal(c) for c in root.all("conj", "xcomp", "relcl", "cop")):
        return False
    verb = clauses[0]
    subject = verb.child("nsubj", "nsubjpass")
    first = min([verb, *verb.all("aux", "auxpass", "neg")], key=lambda w: w.i)
    if verb.child("mark") is not None or root.child("aux", "auxpass", "nsubj", "expl") is not None:
        return False
    if subject is None:
        if subject_of(verb) is not None or root.tag not in NOUN_TAGS or not root.i < first.i:
            return False
        _take_over(verb, root)
        root.dep = "nsubj" if verb.child("auxpass") is None else "nsubjpass"
        return True
    if any(c.text == "," and verb.i < c.i < root.i for c in root.children):
        _take_over(verb, root)
        root.dep = "parataxis"
        return True
    if left_edge(subject).i != root.i + 1 or subject.tag not in ("NNP", "NNPS"):
        return False
    if any(c.tag in ("DT", "UH", "WP", "WRB", "RB") and c.i < root.i for c in root.children):
        return False  # "No wonder Roe said …"
    if root.tag == "VB" and left_edge(subject).tag in ("NNP", "NNPS", "DT", "PRP", "PRP$"):
        return False  # "Remember Roe said …"
    _take_over(verb, root)
    move(root, subject)
    root.dep = "amod" if root.tag == "VB" else "compound"
    root.tag = "JJ" if root.tag == "VB" else root.tag
    return True


def _take_over(verb: Word, root: Word) -> None:
    """The verb becomes the root; all that stands behind it belongs to it, the old root is below it."""
    root.children.remove(verb)
    verb.head, verb.dep = verb, "ROOT"
    first = left_edge(root)
    for child in list(root.children):
        opens = left_edge(child) is first and child.dep in ("prep", "advcl", "npadvmod")
        apart = child.dep in ("punct", "advmod", "cc") and not root.i < child.i < verb.i
        if root.i < verb.i < child.i or apart or opens:
            move(child, verb)
    root.head = verb
    verb.children.append(root)
    verb.children.sort(key=lambda w: w.i)


def _read_as_verb(root: Word) -> None:
    """ "Roe praises Jane Doe, a doctor": the verb is read as a noun and its object as a second name."""
    before = [c for c in root.children if c.i < root.i and c.dep != "punct"]
    names = [c for c in root.all("appos") if left_edge(c).i == root.i + 1]
    if root.tag != "NNS" or root.text != root.lower or len(names) != 1 or not before:
        return
    name, subject = names[0], before[-1]
    if name.tag != "NNP" or name.child("conj") is not None or subject.i != root.i - 1:
        return
    if any(c.tag != "NNP" or c.dep != "compound" for c in before):
        return
    for child in [c for c in root.children if c.i < root.i and c is not subject]:
        move(child, subject)
    root.tag = "VBZ"
    subject.dep, name.dep = "nsubj", "dobj"


def _taken_for_adjective(root: Word, tree: Tree) -> Word | None:
    """ "The author, Roe says, charmed many readers": as if the readers were charmed."""
    for noun in root.all("appos"):
        verb = left_edge(noun)
        bare = not any(c.tag in ("DT", "PRP$") for c in noun.children)
        if verb.tag == "VBN" and verb.head is noun and bare and tree.words[verb.i - 1].text == ",":
            noun.dep = "dobj"
            move(verb, root)
            move(noun, verb)
            return verb
    return None


def _taken_for_participle(root: Word) -> Word | None:
    """ "Half of those asked agreed, although …": as if it told which are meant."""
    opposed = any(is_finite(c) and c.child("mark") is not None for c in root.all("advcl"))
    relative = next((c for c in root.all("relcl") if has_comma_before(c)), None)
    for verb in root.subtree():
        if verb.dep != "acl" or verb.i < root.i or subject_of(verb) is not None or verb.all("aux", "auxpass"):
            continue
        apart = has_comma_before(verb)
        told = verb.child("dobj", "oprd", "ccomp") is not None
        beyond = apart and told and relative is not None and relative in verb.ancestors()
        if (
            verb.tag == "VBD"
            or (verb.tag == "VBN" and not apart and (opposed or root.tag == "JJ"))
            or (verb.tag == "VBN" and beyond)
        ):
            return verb
    return None


def _raise(verb: Word, root: Word) -> None:
    if verb.head is not root:
        move(verb, root)
    _take_over(verb, root)
    verb.tag, root.dep = "VBD", "nsubj"
    root.tag = "NN" if root.tag == "JJ" else root.tag
