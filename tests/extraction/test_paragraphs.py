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


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies and similar tools to improve your visit.",
        "By clicking “Accept”, you agree to our use of cookies.",
        "Sign up for our morning newsletter and get the news in your inbox.",
        "Follow us on Twitter and Facebook.",
        "Follow @JaneRoe on Twitter.",
        "Story continues below advertisement",
        "Correction: An earlier version said the bridge cost $84 million. It cost $48 million.",
        "Clarification (May 14): The bridge opened at noon.",
        "This article was amended on 14 May 2024 to correct the cost of the bridge.",
        "Jane Roe is a reporter. Contact the reporter at roe@example.com.",
        "Mayor Jane Roe cuts the ribbon on Monday. Photograph: Tom Bank/Reuters",
        "A view of the new bridge in May 2024. Tom Bank via Getty Images.",
        "Pictured: the old bridge in 1931.",
    ],
)
def test_what_a_page_says_of_itself_is_furniture(line):
    assert kinds(line) == ["furniture"]


def test_news_of_the_same_things_is_prose():
    assert kinds("The regulator said the site uses cookies without asking.") == ["prose"]
    assert kinds("The paper corrected its story on Monday.") == ["prose"]


def test_comments_of_readers_are_furniture():
    body = "The bridge in Oslo opened on Monday.\nIt cost $48 million, the city said."
    comments = "Comments (1)\nriverman 2 hours ago\nThe mayor lied about the cost.\nReply"
    assert kinds(f"{body}\n{comments}") == ["prose", "prose", "heading", "heading", "furniture", "heading"]
