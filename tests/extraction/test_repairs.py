from claims.extraction.repairs import repair
from claims.extraction.tree import Tree, Word


def word(i: int, text: str, tag: str, dep: str) -> Word:
    return Word(i, text, text.lower(), text.lower(), tag, dep, "", i * 10, i * 10 + len(text), " ")


def tree(words: list[Word], heads: list[int]) -> Tree:
    for w, head in zip(words, heads, strict=True):
        w.head = words[head]
        if w.head is not w:
            w.head.children.append(w)
    return Tree(tuple(words), 0, 100)


def test_a_participle_with_a_subject_and_no_auxiliary_is_a_past():
    verb = word(1, "proved", "VBN", "ROOT")
    repair([tree([word(0, "Plans", "NNS", "nsubj"), verb, word(2, "costly", "JJ", "acomp")], [1, 1, 1])])
    assert verb.tag == "VBD"


def test_a_noun_that_has_a_subject_is_a_verb():
    verb = word(1, "spirals", "NNS", "advcl")
    repair([tree([word(0, "debt", "NN", "nsubj"), verb], [1, 1])])
    assert verb.tag == "VBZ"


def test_a_name_known_from_elsewhere_is_a_name_everywhere():
    known = tree(
        [word(0, "Then", "RB", "advmod"), word(1, "Brandt", "NNP", "nsubj"), word(2, "left", "VBD", "ROOT")],
        [2, 2, 2],
    )
    again = word(0, "Brandt", "NN", "nsubj")
    repair([known, tree([again, word(1, "stayed", "VBD", "ROOT")], [1, 1])])
    assert again.tag == "NNP"


def test_a_tensed_verb_hung_below_a_noun_becomes_the_main_verb():
    noun, verb = word(1, "anniversary", "NN", "ROOT"), word(4, "fell", "VBD", "acl")
    words = [
        word(0, "The", "DT", "det"),
        noun,
        word(2, "of", "IN", "prep"),
        word(3, "peace", "NN", "pobj"),
        verb,
    ]
    repaired = tree(words, [1, 1, 1, 2, 3])
    repair([repaired])
    assert repaired.roots == (verb,)
    assert noun.dep == "nsubj"


def test_a_name_with_an_apposition_before_a_verb_of_saying_is_its_subject():
    said = [
        ("Emails", "NNS", "nsubjpass", 2),
        ("were", "VBD", "auxpass", 2),
        ("placed", "VBN", "ccomp", 10),
        ("in", "IN", "prep", 2),
        ("storage", "NN", "pobj", 3),
        (",", ",", "punct", 4),
        ("Roe", "NNP", "appos", 4),
        (",", ",", "punct", 6),
        ("mayor", "NN", "appos", 6),
        (",", ",", "punct", 10),
        ("write", "VBD", "ROOT", 10),
    ]
    words = [word(i, text, tag, dep) for i, (text, tag, dep, _) in enumerate(said)]
    repair([tree(words, [head for *_, head in said])])
    assert (words[6].head, words[6].dep) == (words[10], "nsubj")
