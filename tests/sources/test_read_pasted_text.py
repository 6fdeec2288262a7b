"""Reading pasted and uploaded plain text."""

from __future__ import annotations

from datetime import date

import pytest

from sources.reading import Unreadable, read_text

LEAD = "The harbour board of Milltown voted on Monday to close the east pier."
MORE = "Board chair Ana Ruiz said the pier had lost a third of its piles since 2018."
LAST = "The ferry to Gull Island will leave from the west pier."


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert read_text(f"\n{LEAD}\r\n{MORE}  \r\n \r\n\r\n  {LAST}\t\n").text == f"{LEAD}\n\n{MORE}\n\n{LAST}"


def test_lines_that_a_program_has_cut_are_joined() -> None:
    cut = (
        "The harbour board of Milltown voted on Monday to close the east\n"
        "pier until repairs worth 3.5 million euros are finished, and said\n"
        "that ferries will use the west pier.\n\nBoard chair Ana Ruiz spoke."
    )
    assert read_text(
        cut
    ).text == f"{' '.join(cut.split('.')[0].split())}.5 million euros are finished, and said " + (
        "that ferries will use the west pier.\n\nBoard chair Ana Ruiz spoke."
    )


@pytest.mark.parametrize(
    "text", ["West pier: open\nEast pier: shut\nNorth pier: open", f"{LEAD}\n{MORE}\n{LAST}"]
)
def test_lines_that_somebody_has_broken_stay_apart(text: str) -> None:
    assert read_text(text).text == text.replace("\n", "\n\n")


@pytest.mark.parametrize(
    "first",
    ["East pier closes", "Pier to close, board says", "Who will pay for the pier?", "Pier shut: what now"],
)
def test_the_first_line_is_the_title_if_it_reads_like_one(first: str) -> None:
    page = read_text(f"Accessibility links\n\n{first}\n\nFriday, August 21, 2015\n\n{LEAD}")
    assert page.title == first
    assert page.text.startswith(first)


@pytest.mark.parametrize(
    "text", [f"{LEAD}\n\n{MORE}", "The pier is shut", f"Milltown\n\n{LEAD}", f"{'long ' * 30}\n\n{LEAD}"]
)
def test_a_text_without_a_headline_has_no_title(text: str) -> None:
    assert read_text(text).title == ""


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Friday, August 21, 2015", date(2015, 8, 21)),
        ("June 28, 2019 09:12 GMT", date(2019, 6, 28)),
        ("Published 3 Sept. 2020, 10:15 a.m.", date(2020, 9, 3)),
        ("28th June 2019", date(2019, 6, 28)),
        ("Last updated: Tue 2021-05-04 10:00", None),
        ("2021-05-04", date(2021, 5, 4)),
        ("2021-05-04T10:00:00Z", date(2021, 5, 4)),
        ("By Ana Lind | May 4, 2021", date(2021, 5, 4)),
        ("February 30, 2020", None),
        ("The pier opened on May 3, 1901", None),
        ("06/07/2019", None),
    ],
)
def test_a_line_that_dates_the_text_gives_its_day(line: str, day: date | None) -> None:
    assert read_text(f"East pier closes\n\n{line}\n\n{LEAD}\n\n{MORE}").published_on == day


def test_the_day_of_publication_is_preferred_to_the_one_of_the_update() -> None:
    page = read_text(f"East pier closes\n\nUpdated May 6, 2021\n\nPublished May 4, 2021\n\n{LEAD}")
    assert page.published_on == date(2021, 5, 4)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Lind", ("Ana Lind",)),
        ("By Ana Lind and Bo de Vries", ("Ana Lind", "Bo de Vries")),
        ("BY ANA LIND, May 4, 2021", ("ANA LIND",)),
        ("By Associated Press", ()),
        ("By closing the pier the board saves money", ()),
    ],
)
def test_a_byline_names_the_authors(line: str, names: tuple[str, ...]) -> None:
    assert read_text(f"East pier closes\n\n{line}\n\n{LEAD}").authors == names


def test_lines_that_no_article_contains_are_dropped() -> None:
    page = read_text(
        "Accessibility links\n\nBreaking News\n\nEast pier closes now\n\n"
        "The pier at low tide.\nThe pier at low tide.\n\n"
        f"{LEAD}\n\nAdvertisement\n\n{MORE}\n\nSee also: The storm of 2018\n\n{LAST}\n\n"
        "With reporting by AFP and dpa\n  • 16x9 Image\n\n\n"
        "    Milltown Radio journalists report the news in 5 towns. We provide what others do not."
    )
    assert page.text.split("\n\n") == ["East pier closes now", LEAD, MORE, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "We provide water to our readers, said the mayor of Milltown.",
        "Image is everything in this town.",
        "With reporting by two agencies it was a long day.",
        "Home is where the pier is.",
    ],
)
def test_a_sentence_of_the_article_is_never_dropped(line: str) -> None:
    assert line in read_text(f"{LEAD}\n\n{line}\n\n{MORE}\n\n{LAST}\n\n{LEAD} {LAST}\n\n{MORE} {LAST}").text


def test_a_last_sentence_on_copyright_is_no_imprint() -> None:
    law = "Copyright law was changed in 2019 so that museums may lend copies."
    assert read_text(f"{LEAD}\n\n{law}\n\n© 2019 Milltown Post").text == f"{LEAD}\n\n{law}"


def test_furniture_alone_is_kept_rather_than_nothing() -> None:
    assert read_text("Breaking News").text == "Breaking News"


def test_control_characters_are_taken_out_and_letters_composed() -> None:
    assert read_text("Cafe\u0301\x00 \x07so\u00adft\u202e\ufeff\u2028next\ud800 line 👩\u200d🚀").text == (
        "Caf\u00e9 soft\n\nnext line 👩\u200d🚀"
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{LEAD} {MORE}", "en"),
        ("Der Hafenrat von Mühlstadt hat am Montag beschlossen, den Ostkai bis zum Mai zu schließen.", "de"),
        ("Городской совет в понедельник закрыл мост до мая из-за гнилых свай.", "ru"),
        ("Ana Ruiz", ""),
        ("🎉" * 100 + " 1234", ""),
    ],
)
def test_the_language_is_told_from_the_words(text: str, language: str) -> None:
    assert read_text(text).language == language


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "… — !", "\ufeff"])
def test_a_text_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_text(text)
    assert caught.value.code == "empty"
