import pytest

from claims.extraction.paragraphs import LONGEST_BLOCK, find_blocks


def kinds(text: str, title: str = "") -> list[str]:
    return [b.kind for b in find_blocks(text, title)]


def test_a_sentence_with_a_full_stop_is_prose():
    assert kinds("The council approved the plan on Monday.") == ["prose"]


def test_the_title_is_a_heading_whatever_its_marks():
    assert kinds('Council: "Yes" to the plan.', "Council: Yes to the plan") == ["heading"]


def test_a_short_line_without_a_stop_is_a_heading():
    assert kinds("What happens next") == ["heading"]


@pytest.mark.parametrize(
    "line", ["Monday, May 13, 2024", "13 May 2024", "Published on May 13, 2024", "2024-05-13"]
)
def test_a_date_alone_is_a_dateline(line):
    assert kinds(line) == ["dateline"]


@pytest.mark.parametrize(
    "line",
    [
        "Share",
        "Sources",
        "By Anna Novak and Petr Svoboda",
        "The new bridge at dusk. Image: City Archive.",
        "A crane lifts the roof (Photo: Harbour Office)",
        "With reporting by two news agencies",
        "• 16x9 Image",
    ],
)
def test_lines_around_an_article_are_furniture(line):
    assert kinds(line) == ["furniture"]


def test_a_caption_that_repeats_is_furniture():
    line = "Workers open the new lock on the canal."
    assert kinds(f"{line}\n\n{line}") == ["furniture", "furniture"]


def test_about_us_at_the_end_is_furniture():
    body = "\n".join(f"The river rose by {n} metres on that day." for n in range(5))
    about = "We provide local news. Our journalists report from ten towns, and our newsletter is free."
    assert kinds(f"{body}\n{about}")[-1] == "furniture"


def test_blocks_are_trimmed_and_reproduce_the_text():
    text = "  First line here.  \r\n\n\tSecond line here.\n"
    assert [text[b.start : b.end] for b in find_blocks(text)] == ["First line here.", "Second line here."]


def test_an_endless_line_is_cut_into_blocks_that_cover_it():
    text = "word " * LONGEST_BLOCK
    blocks = find_blocks(text)
    assert max(b.end - b.start for b in blocks) <= LONGEST_BLOCK
    assert sum(len(text[b.start : b.end].split()) for b in blocks) == LONGEST_BLOCK
