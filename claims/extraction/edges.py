"""Where a part of a clause begins and which mark stands before it; how it is hung elsewhere."""

from claims.extraction.tree import Word


def left_edge(word: Word) -> Word:
    """The first word of a subtree."""
    edge, below = word, word.children
    while below:
        first = min(below, key=lambda w: w.i)
        if first.i > edge.i:
            break
        edge, below = first, first.children
    return edge


def has_comma_before(word: Word) -> bool:
    """Whether a comma or dash parts the subtree from what stands before it; a closing quotation mark may
    follow."""
    edge = left_edge(word)
    near = [c for a in (word, *word.ancestors()) for c in a.children if edge.i - 2 <= c.i < edge.i]
    last = next((c for c in near if c.i == edge.i - 1), None)
    if last is not None and last.text in ('"', "”", "''"):
        last = next((c for c in near if c.i == edge.i - 2), None)
    return last is not None and (last.text in (",", "—", "–", "--") or (last.text == "-" and last.tag == ":"))


def word_before(word: Word) -> Word | None:
    """The word right before the subtree."""
    at, root = left_edge(word).i - 1, word
    for above in word.ancestors():
        root = above
    return next((w for w in root.subtree() if w.i == at), None) if at >= 0 else None


def move(word: Word, head: Word) -> None:
    """Hang the word, and all below it, on another head."""
    word.head.children.remove(word)
    head.children.append(word)
    head.children.sort(key=lambda w: w.i)
    word.head = head


def opens_unit(word: Word) -> bool:
    """Whether nothing stands before the subtree."""
    return left_edge(word).i == 0


def is_comma(word: Word) -> bool:
    """A comma or dash between the parts of a clause."""
    return word.text in (",", "—", "–", "--", "-") and word.dep == "punct"
