"""Reading an article out of a web page."""

from __future__ import annotations

from datetime import date

import pytest

from sources.reading import Unreadable, read_html

LEAD = (
    "The harbour board of Milltown voted on Monday to close the east pier until 3.5 million euros are found."
)
MORE = "Board chair Ana Ruiz said the pier had lost a third of its wooden piles since the storm of 2018."
LAST = "The ferry to Gull Island will leave from the west pier from 1 June, the board said."
DATA = """
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Pier closes", "datePublished": "2021-05-04T10:00:00Z",
"author": [{"@type": "Person", "name": "Ana Lind"}, {"@type": "Person", "name": "Bo Lee"}],
"publisher": {"@type": "Organization", "name": "Milltown Post"}}</script>
"""


def article(inside: str = f"<p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>", head: str = "") -> str:
    head = f"<head><title>Pier closes</title>{head}</head>"
    return f"<html lang=en>{head}<body><article>{inside}</article></body></html>"


def test_title_day_authors_publisher_and_language_are_read() -> None:
    page = read_html(article(head=DATA), url="https://www.post.example/pier")
    assert (page.title, page.published_on) == ("Pier closes", date(2021, 5, 4))
    assert page.authors == ("Ana Lind", "Bo Lee")
    assert (page.publisher, page.site, page.language) == ("Milltown Post", "post.example", "en")


def test_what_cannot_be_read_is_left_empty() -> None:
    page = read_html(f"<div><p>{LEAD}</p><p>{MORE}</p></div>")
    assert (page.title, page.published_on, page.publisher, page.site, page.authors) == ("", None, "", "", ())


def test_a_date_in_the_text_is_not_the_day_of_the_article() -> None:
    page = read_html(article(f"<p>{LEAD}</p><p>The pier was opened on 3 May 1901.</p><p>{LAST}</p>"))
    assert page.published_on is None


def test_paragraphs_headings_quotes_and_lists_stand_on_their_own() -> None:
    inside = (
        f"<h1>Pier closes</h1><p>{LEAD} It is <b>old</b>.</p><h2>Ferries</h2>"
        "<ul><li>West: open</li><li>East: shut</li></ul>"
        f"<blockquote><p>“We had no choice,” Ruiz said.</p></blockquote><p>{LAST}</p>"
    )
    assert read_html(article(inside)).text.split("\n\n") == [
        f"{LEAD} It is old.", "Ferries", "West: open", "East: shut", "“We had no choice,” Ruiz said.", LAST,
    ]  # fmt: skip


def test_the_cells_of_a_row_stay_together() -> None:
    rows = "<tr><th>Pier</th><th>Piles</th></tr><tr><td>East</td><td>120</td></tr>"
    assert "Pier | Piles\n\nEast | 120" in read_html(article(f"<p>{LEAD}</p><table>{rows}</table>")).text


def test_line_breaks_make_paragraphs() -> None:
    page = read_html(f"<html><body><div>{LEAD}<br><br>{MORE}<br>\n<br>{LAST}</div></body></html>")
    assert page.text == f"{LEAD}\n\n{MORE}\n\n{LAST}"


FURNITURE = {
    "navigation": "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>",
    "caption": "<figure><img src=x><figcaption>The pier at low tide.</figcaption></figure>",
    "links beside the text": "<aside><h3>Related</h3><a href=/s>Storm of 2018</a></aside>",
    "link in the text": "<p><strong>Read more: <a href=x>Storm of 2018 broke records</a></strong></p>",
    "advertisement": "<p>Advertisement</p>",
    "script": "<script>let seconds = 3</script><style>p { color: red }</style>",
    "note number": "<sup class=reference><a href=#n>[1]</a></sup>",
    "edit link": '<span class="mw-editsection">[<a href=/e>edit</a>]</span>',
    "hidden": "<div style='display:none'><p>Nobody can see this paragraph at all.</p></div>",
    "reader comments": "<div class=comments><p>Bob: I say that the board should resign now!</p></div>",
    "imprint at the end": "<p>Subscribe to our newsletter.</p><p>© 2021 Post. All rights reserved.</p>",
}


@pytest.mark.parametrize("furniture", FURNITURE)
def test_what_sites_put_around_articles_is_dropped(furniture: str) -> None:
    at_end = f"<p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>{FURNITURE[furniture]}"
    within = f"<p>{LEAD}</p>{FURNITURE[furniture]}<p>{MORE}</p><p>{LAST}</p>"
    inside = at_end if "end" in furniture or "comments" in furniture else within
    assert read_html(article(inside)).text == f"{LEAD}\n\n{MORE}\n\n{LAST}"


def test_a_very_short_page_is_read_all_the_same() -> None:
    page = read_html(
        "<html><head><title>Note</title></head><body><nav>Home</nav><p>The pier is shut.</p></body></html>"
    )
    assert (page.title, page.text) == ("Note", "The pier is shut.")


def test_a_page_that_is_not_marked_up_is_read_as_text() -> None:
    assert read_html(f"{LEAD}\n\nIt is 3 < 4.").text == f"{LEAD}\n\nIt is 3 < 4."


def test_letters_of_all_scripts_survive_in_one_normal_form() -> None:
    rtl = "أغلقت المدينة الرصيف الشرقي يوم الاثنين بعد أن وجد المهندسون تلفا في أعمدته الخشبية 🎉."
    page = read_html(
        article(f"<p>{rtl}</p><p>Cafe\u0301 zero\u200bwidth so&shy;ft nul\x00 turn\u202e &#1;end.</p>")
    )
    assert page.text == f"{rtl}\n\nCaf\u00e9 zerowidth soft nul turn end."


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty"),
        (" \n\x00", "empty"),
        ("<html><body><nav><a href=/>Home</a></nav></body></html>", "no_text"),
        ("<p>", "no_text"),
        ("<frameset><frame src=x></frameset>", "no_text"),
        (b"%PDF-1.7 <p>text</p>", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
    ],
)
def test_a_page_without_article_says_why(body: str | bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_html(body)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


BOMBS = {
    "deep": "<div>" * 5000 + LEAD + "</div>" * 5000 + f"<p>{MORE}</p>",
    "unclosed": "<b><i><a href=x>" * 20_000 + f"<p>{LEAD}</p>",
    "attributes": f"<p {' '.join(f'a{n}=1' for n in range(300_000))}>{LEAD}</p>",
    "attributes with > in them": f"<p b='>' {' '.join(f'a{n}' for n in range(300_000))}>{LEAD}</p>",
    "elements": f"<p>{LEAD}</p>" + "<i>x</i> " * 300_000,
    "tables in tables": "<table><tr><td>" * 400 + LEAD,
    "open tags": "<a" * 500_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_page_made_to_choke_on_is_read_or_refused_in_little_time(bomb: str) -> None:
    """There is no clock here: without the bounds each of these takes minutes or ends the process."""
    try:
        text = read_html(f"<html><body>{BOMBS[bomb]}</body></html>").text
    except Unreadable as unreadable:
        text = unreadable.message
    assert text


def test_a_fault_of_the_library_does_not_cost_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.extract_metadata", lambda *_: 1 / 0)
    page = read_html(article(f"<nav>Home</nav><p>{LEAD}</p><aside>Links</aside><p>{LAST}</p>"))
    assert (page.title, page.text) == ("Pier closes", f"{LEAD}\n\n{LAST}")


def test_only_the_attributes_beyond_all_use_are_cut() -> None:
    many = " ".join(f"data-{n}='{n}'" for n in range(1000))
    assert read_html(article(f"<p {many}>{LEAD}</p><p>{LAST}</p>")).text == f"{LEAD}\n\n{LAST}"
