from claims.extraction.repairs import repair
from claims.extraction.tree import Tree, Word


def tree(*words: tuple[str, str, str, int]) -> Tree:
    made = [
        Word(i, text, text.lower(), text.lower(), tag, dep, "", i * 10, i * 10 + len(text), " ")
        for i, (text, tag, dep, _) in enumerate(words)
    ]
    for word, (_, _, _, head) in zip(made, words, strict=True):
        word.head = made[head]
        if word.head is not word:
            word.head.children.append(word)
    return Tree(tuple(made), 0, 200)


def test_a_word_before_the_subject_does_not_govern_the_clause():
    mended = tree(
        ("Presumptive", "VB", "ROOT", 0),
        ("nominee", "NN", "compound", 2),
        ("Roe", "NNP", "nsubj", 3),
        ("won", "VBD", "ccomp", 0),
        (".", ".", "punct", 0),
    )
    repair([mended])
    assert [w.text for w in mended.roots] == ["won"]
    assert (mended.words[0].head.text, mended.words[0].tag) == ("Roe", "JJ")


def test_an_exclamation_before_a_clause_stays_what_it_is():
    left = tree(
        ("No", "DT", "det", 1),
        ("wonder", "NN", "ROOT", 1),
        ("Roe", "NNP", "nsubj", 3),
        ("won", "VBD", "ccomp", 1),
        (".", ".", "punct", 1),
    )
    repair([left])
    assert [w.text for w in left.roots] == ["wonder"]


def test_a_noun_behind_the_clause_does_not_govern_it():
    mended = tree(
        ("Roe", "NNP", "nsubj", 1),
        ("enjoys", "VBZ", "ccomp", 5),
        ("support", "NN", "dobj", 1),
        (",", ",", "punct", 5),
        ("a", "DT", "det", 5),
        ("jump", "NN", "ROOT", 5),
    )
    repair([mended])
    assert [w.text for w in mended.roots] == ["enjoys"]
    assert mended.words[4].head.text == "jump"
    assert mended.words[5].dep == "parataxis"


def test_a_noun_whose_clause_has_no_subject_is_the_subject():
    mended = tree(
        ("The", "DT", "det", 1),
        ("lens", "NN", "ROOT", 1),
        ("is", "VBZ", "auxpass", 3),
        ("divided", "VBN", "ccomp", 1),
    )
    repair([mended])
    assert [w.text for w in mended.roots] == ["divided"]
    assert mended.words[1].dep == "nsubjpass"


def test_a_verb_between_two_names_is_no_noun():
    mended = tree(
        ("Roe", "NNP", "compound", 1),
        ("extols", "NNS", "ROOT", 1),
        ("Jane", "NNP", "compound", 3),
        ("Doe", "NNP", "appos", 1),
    )
    repair([mended])
    assert mended.words[1].tag == "VBZ"
    assert (mended.words[0].dep, mended.words[3].dep) == ("nsubj", "dobj")


def test_a_verb_behind_an_aside_does_not_describe_the_next_noun():
    mended = tree(
        ("The", "DT", "det", 1),
        ("author", "NN", "ROOT", 1),
        (",", ",", "punct", 4),
        ("Roe", "NNP", "nsubj", 4),
        ("says", "VBZ", "parataxis", 1),
        (",", ",", "punct", 4),
        ("charmed", "VBN", "amod", 7),
        ("readers", "NNS", "appos", 1),
        (".", ".", "punct", 1),
    )
    repair([mended])
    (verb,) = mended.roots
    assert (verb.text, verb.tag) == ("charmed", "VBD")
    assert (mended.words[1].dep, mended.words[7].dep) == ("nsubj", "dobj")


def test_a_sentence_that_is_qualified_has_a_main_verb():
    mended = tree(
        ("Half", "NN", "ROOT", 0),
        ("of", "IN", "prep", 0),
        ("residents", "NNS", "pobj", 1),
        ("approved", "VBN", "acl", 2),
        ("of", "IN", "prep", 3),
        ("it", "PRP", "pobj", 4),
        (",", ",", "punct", 0),
        ("although", "IN", "mark", 9),
        ("they", "PRP", "nsubj", 9),
        ("were", "VBD", "advcl", 0),
        ("cool", "JJ", "acomp", 9),
    )
    repair([mended])
    (verb,) = mended.roots
    assert (verb.text, verb.tag) == ("approved", "VBD")
    assert mended.words[9].head is verb


def test_a_verb_behind_the_relative_clause_of_its_subject_is_the_main_verb():
    mended = tree(
        ("Roe", "NNP", "ROOT", 0),
        (",", ",", "punct", 0),
        ("who", "WP", "nsubj", 3),
        ("served", "VBD", "relcl", 0),
        ("there", "RB", "advmod", 3),
        (",", ",", "punct", 4),
        ("called", "VBN", "acl", 4),
        ("it", "PRP", "dobj", 6),
        ("childish", "JJ", "oprd", 6),
    )
    repair([mended])
    (verb,) = mended.roots
    assert (verb.text, verb.tag) == ("called", "VBD")
    assert mended.words[0].dep == "nsubj"
