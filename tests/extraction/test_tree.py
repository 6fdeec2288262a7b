from claims.extraction.language import parse
from claims.extraction.tree import build_tree
from tests.extraction.reading import tree_of


def test_words_keep_their_place_in_the_article():
    (doc,) = parse(["Rain fell."])
    tree = build_tree(doc, 100, 110)
    assert [(w.text, w.start, w.end) for w in tree.words] == [
        ("Rain", 100, 104),
        ("fell", 105, 109),
        (".", 109, 110),
    ]


def test_children_and_heads_agree():
    tree = tree_of("The old bridge carries forty trains a day.")
    assert all(word in word.head.children for word in tree.words if word.head is not word)


def test_a_subtree_is_in_text_order():
    tree = tree_of("The old bridge near the mill carries trains.")
    bridge = next(w for w in tree.words if w.text == "bridge")
    assert [w.text for w in bridge.subtree()] == ["The", "old", "bridge", "near", "the", "mill"]


def test_ancestors_end_at_the_root():
    tree = tree_of("She said the plan failed.")
    plan = next(w for w in tree.words if w.text == "plan")
    assert [w.text for w in plan.ancestors()] == ["failed", "said"]
