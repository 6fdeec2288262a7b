"""Between parse and walk: slips of a small parser that can be told from the tree or from the rest of the
article."""

from collections.abc import Sequence

from claims.extraction.appositions import is_superlative
from claims.extraction.edges import has_comma_before, left_edge, move
from claims.extraction.lost_verbs import find_lost_verb
from claims.extraction.pieces import is_finite, is_verbal, subject_of
from claims.extraction.reattachments import settle_clause, settle_on_name
from claims.extraction.speech import FINDING, REPORTING
from claims.extraction.tree import NOUN_TAGS, Tree, Word
from claims.extraction.wordset import word_set

_CLAUSES = word_set("ROOT advcl ccomp relcl conj parataxis")
_COMMON = word_set("NN NNS JJ VB VBP RB UH FW")


def repair(trees: Sequence[Tree]) -> None:
    """Mend the trees in place, before any other step has seen them."""
    _settle_names(trees)
    for tree in trees:
        for root in tree.roots:
            _settle_noun(root)
            _settle_root(root)
            find_lost_verb(root, tree)
        for word in tree.words:
            _settle_report(word)
            settle_clause(word)
            _settle_verb(word)
            _settle_have(word)
            _settle_tense(word)
        for word in tree.words:
            _settle_conjunct(word)
            _settle_subject(word, tree)
        for word in tree.words:
            _settle_apposition(word, tree)
            _settle_relative(word, tree)
            settle_on_name(word)


def _settle_names(trees: Sequence[Tree]) -> None:
    """A capitalised word that is a name elsewhere in the article, and nowhere a common word, is a name
    here too."""
    names: set[str] = set()
    common: set[str] = set()
    for tree in trees:
        for word in tree.words:
            if word.tag in ("NNP", "NNPS") and word.i > 0:
                names.add(word.text)
            elif word.text == word.lower:
                common.add(word.lower)
    for tree in trees:
        for word in tree.words:
            hyphened = word.entity == "PERSON" and word.i > 1 and tree.words[word.i - 1].tag == "HYPH"
            known = word.text in names and word.lower not in common
            if word.tag in _COMMON and (known or hyphened):
                word.tag = "NNP"


def _settle_root(root: Word) -> None:
    """ "The anniversary of the launch fell on Sunday": a tensed verb hung below the noun that is its
    subject."""
    if root.tag not in NOUN_TAGS or any(is_verbal(c) and c.dep not in _BELOW_NOUNS for c in root.children):
        return
    verb = next((w for w in root.subtree() if w.i > root.i and _is_lost_verb(w)), None)
    if verb is None or any(a.dep in ("relcl", "ccomp", "advcl") for a in verb.ancestors()):
        return
    if any(
        w.dep in ("relcl", "ccomp", "advcl", "parataxis", "appos") and w.i < verb.i and w.tag != "CD"
        for w in root.subtree()
    ):
        return
    verb.head.children.remove(verb)
    for child in [c for c in root.children if c.i > verb.i]:
        move(child, verb)
    verb.head, verb.dep = verb, "ROOT"
    root.head, root.dep = verb, "nsubj"
    verb.children.append(root)
    verb.children.sort(key=lambda w: w.i)
    if verb.tag == "VBN":
        verb.tag = "VBD"


def _settle_noun(root: Word) -> None:
    """ "The six-day race finishes in Lorcy": a verb read as the last of several nouns."""
    if root.tag != "NNS" or any(w.tag.startswith(("VB", "MD")) for w in root.subtree()):
        return
    before = [c for c in root.children if c.i < root.i]
    noun = before[-1] if before else None
    if noun is None or noun.i != root.i - 1 or noun.tag != "NN" or noun.dep != "compound":
        return
    if not any(c.tag == "DT" for c in before) or not any(
        c.dep == "prep" and c.i > root.i for c in root.children
    ):
        return
    for child in [c for c in before if c is not noun and c.dep != "punct"]:
        move(child, noun)
    root.tag, noun.dep = "VBZ", "nsubj"
    root.lemma = (
        root.lower.removesuffix("es") if root.lower.endswith(("shes", "ches", "sses")) else root.lemma
    )


_BELOW_NOUNS = word_set("acl relcl amod compound dative nmod appos")


def _is_lost_verb(word: Word) -> bool:
    if word.dep not in ("acl", "dative", "nmod", "npadvmod", "dep", "amod"):
        return False
    if word.tag in ("VBD", "VBZ", "VBP"):
        return subject_of(word) is None and word.child("aux") is None
    if word.tag != "VBN" or word.dep != "acl":
        return False
    aside = any(c.i < word.i and (c.dep == "acl" or c.text.isdigit()) for c in word.head.children)
    joined = any(c.tag == "VBD" for c in word.all("conj"))
    # "The mill, built in 1902, reopened"; "Roe, 24, attacked"; "… attacked and dropped"
    found = word.child("ccomp") is not None and word.lemma in REPORTING | FINDING
    return found or word.child("dobj") is not None or joined or (has_comma_before(word) and aside)


def _settle_report(word: Word) -> None:
    """ "Said presumptive nominee Roe is …": an adjective read as the verb that is reported."""
    clause = word.child("ccomp")
    if word.dep != "ccomp" or word.tag not in ("VB", "VBP") or clause is None or subject_of(word) is not None:
        return
    subject = subject_of(clause)
    if word.all("aux") or subject is None or left_edge(subject).i != word.i + 1:
        return
    move(clause, word.head)
    for child in list(word.children):
        move(child, clause)
    move(word, subject)
    word.dep, word.tag = "amod", "JJ"


def _settle_tense(word: Word) -> None:
    """A participle or bare verb with a subject and no auxiliary is a tensed verb: "hurdles proved",
    "taxes hurt"."""
    if word.dep not in _CLAUSES or word.child("aux", "auxpass") is not None:
        return
    subject = word.child("nsubj")
    if subject is None or subject.i > word.i:
        joined = (
            word.dep == "conj"
            and word.tag == "VBN"
            and word.head.tag == "VBD"
            and word.child("agent") is None
        )
        if joined:
            word.tag = "VBD"
        return
    if word.tag == "VBN":
        word.tag = "VBD"
    elif word.tag == "VB" and word.dep != "ccomp":
        word.tag = "VBP" if subject.tag in ("NNS", "NNPS", "PRP") else "VBD"


def _settle_have(verb: Word) -> None:
    """ "He's always denied it": what has an object is not passive."""
    for ending in verb.all("aux", "auxpass") if verb.tag == "VBN" else ():
        if ending.tag == "POS":
            ending.tag, ending.lemma = "VBZ", "have" if ending.dep == "aux" else "be"
    short = next((c for c in verb.all("auxpass") if c.lower in ("'s", "’s")), None)
    if short is None or verb.tag != "VBN":
        return
    active = verb.child("dobj") is not None and verb.lemma not in _TWO_OBJECTS
    if active or any(a.lower == "been" for a in verb.all("auxpass")):
        short.dep, short.lemma = "aux", "have"
    for subject in verb.all("nsubjpass") if active else ():
        subject.dep = "nsubj"


_TWO_OBJECTS = word_set("give offer tell show ask teach pay send grant award allow promise owe")


def _settle_verb(word: Word) -> None:
    """ "The economy spirals": a noun that has a subject heads a clause."""
    if (
        word.tag not in ("NNS", "NN")
        or word.dep not in _CLAUSES
        or word.child("det", "amod", "cop") is not None
    ):
        return
    subject = word.child("nsubj", "nsubjpass")
    if subject is not None and subject.i < word.i:
        word.tag = "VBZ" if word.tag == "NNS" else "VBP"


def _settle_conjunct(word: Word) -> None:
    """A tensed verb joined to an untensed one belongs to the tensed verb above: "plans to sell it and
    moved away"."""
    if _is_list_member(word):
        word.dep = "conj"
    if word.dep != "conj" or word.tag not in ("VBD", "VBZ", "VBP") or subject_of(word) is not None:
        return
    first = word.head
    if not is_verbal(first) or is_finite(first) or first.tag == "VBN":
        return
    above = next((a for a in first.ancestors() if is_verbal(a) and is_finite(a)), None)
    if above is None or above.tag not in (word.tag, "VBD", "VBZ", "VBP", "VBN"):
        return
    for link in [c for c in first.children if c.dep == "cc" and c.i < word.i]:
        move(link, above)
    move(word, above)


def _is_list_member(word: Word) -> bool:
    """ "Mocked A, referred to B and pointed to C": a tensed verb in a list of them is no adverb."""
    if word.dep != "advcl" or word.tag != "VBD" or word.i < word.head.i:
        return False
    bare = subject_of(word) is None and word.child("mark") is None and not word.all("aux")
    return bare and has_comma_before(word) and any(c.tag == "VBD" for c in word.all("conj"))


def _settle_subject(verb: Word, tree: Tree) -> None:
    """ "In a race between Roe and Doe, Roe was ahead": the subject is taken for one more of the names."""
    before = tree.words[verb.i - 1] if verb.i else verb
    if verb.lemma == "be" and before.dep == "npadvmod" and before.head is verb and subject_of(verb) is None:
        before.dep = "nsubj"  # "last year was the driest"
    if verb.dep != "ROOT" or not is_verbal(verb) or not is_finite(verb) or subject_of(verb) is not None:
        return
    first = min([verb, *verb.all("aux", "auxpass")], key=lambda w: w.i)
    if first.i < 3:
        return
    lost = next((c for c in verb.all("ccomp") if c.i < first.i and _is_lost_adjective(c)), None)
    if lost is not None:
        _settle_adjective(lost, verb)
        return
    noun = _name_before(first, tree) if verb.lemma in REPORTING else None
    if noun is not None:
        move(noun, verb)
        noun.dep = "nsubj"
        return
    noun = tree.words[first.i - 1]
    if (
        noun.dep not in ("appos", "conj", "npadvmod")
        or noun.tag not in NOUN_TAGS
        or noun.entity in ("DATE", "TIME")
    ):
        return
    if any(w.i > first.i for w in noun.subtree()) or not has_comma_before(noun):
        return
    move(noun, verb)
    noun.dep = "nsubjpass" if verb.child("auxpass") is not None else "nsubj"


def _name_before(verb: Word, tree: Tree) -> Word | None:
    """ "…, Jane Roe, the mayor, wrote": the name with its apposition, between commas."""
    last = verb.i - 2
    if tree.words[verb.i - 1].text != ",":
        return None
    names = (w for w in tree.words[:last] if w.dep == "appos" and w.tag == "NNP" and has_comma_before(w))
    return next((w for w in names if w.subtree()[-1].i == last and w.child("appos") is not None), None)


def _is_lost_adjective(word: Word) -> bool:
    """ "Roe, the consummate outsider, is …": a rare adjective read as a verb that does not agree."""
    subject = word.child("nsubj")
    bare = word.tag in ("VB", "VBP") and not word.all("aux", "auxpass")
    return bare and subject is not None and subject.tag in ("NN", "NNP") and word.child("dobj") is not None


def _settle_adjective(word: Word, verb: Word) -> None:
    subject, noun = word.child("nsubj"), word.child("dobj")
    assert subject is not None
    assert noun is not None
    move(subject, verb)
    subject.dep = "nsubjpass" if verb.child("auxpass") is not None else "nsubj"
    for aside in [c for c in subject.all("appos") if c.i < word.i]:
        move(aside, noun)
        aside.dep = "amod"
    move(noun, subject)
    noun.dep = "appos"
    move(word, noun)
    word.dep, word.tag = "amod", "JJ"


_HUNG = word_set("npadvmod dobj attr dep oprd")


def _settle_apposition(word: Word, tree: Tree) -> None:
    """ "…on the Mayflower, the first of three ships": the parser hangs the phrase on the verb."""
    hung = word.dep in _HUNG and is_verbal(word.head) and word.i > word.head.i
    far = (
        word.dep == "appos"
        and word.head.dep in ("nsubj", "nsubjpass")
        and word.head.i < word.head.head.i < word.i
    )
    if not (hung or far):
        return
    if word.entity in ("DATE", "TIME") or not _describes(word):
        return
    if tree.words[left_edge(word).i - 1].text not in (",", "–", "—"):
        return
    at = left_edge(word).i - 2
    if at < 0 or tree.words[at].tag not in NOUN_TAGS or tree.words[at].entity in ("DATE", "TIME"):
        return
    noun = tree.words[at]
    move(word, noun)
    word.dep = "appos"


def _settle_relative(word: Word, tree: Tree) -> None:
    """ "Between Roe and Jane Doe, who …": the clause belongs to the name before its comma."""
    if word.dep != "relcl":
        return
    edge = left_edge(word)
    if edge.tag not in ("WP", "WDT") or edge.i < 2:
        return
    before = tree.words[edge.i - 1]
    before = tree.words[edge.i - 2] if before.text in _PARTING else before
    if before is word.head or before not in word.head.subtree():
        return
    joined = before.dep == "conj" and (edge.lower != "who" or before.tag == "NNP")
    nearest = edge.lower == "which" and before.dep == "pobj" and before.i == edge.i - 2
    if before.tag in NOUN_TAGS and (joined or nearest):
        move(word, before)


_PARTING = (",", "-", "–", "—")


def _describes(word: Word) -> bool:
    if word.tag in ("NN", "NNS"):
        return any(c.dep == "det" and c.lower in ("a", "an", "the") for c in word.children)
    return is_superlative(word) or (word.lower == "one" and any(c.lower == "of" for c in word.children))
