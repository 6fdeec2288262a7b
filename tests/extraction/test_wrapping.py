from claims.extraction.reading_copy import reading_copy

WRAPPED = """The harbour of Oslo handled 4.2 million tons of grain in 2023, the port
authority said in its yearly report, which was published on Monday last.
The ministry paid for the lock and for the new crane, the report says as
well.
The union was not asked.

Ships came from Norway."""


def test_lines_broken_at_a_column_are_joined():
    assert reading_copy(WRAPPED).text.split("\n") == [
        "The harbour of Oslo handled 4.2 million tons of grain in 2023, the port authority said in its yearly"
        " report, which was published on Monday last. The ministry paid for the lock and for the new crane,"
        " the report says as well.",
        "The union was not asked.",
        "",
        "Ships came from Norway.",
    ]


def test_a_paragraph_to_each_line_stays_so():
    text = "The mayor of Oslo left the town hall on Monday.\nHe went to Bergen by train.\nIt rained."
    assert reading_copy(text).text == text


def test_short_lines_are_no_paragraph():
    text = "the first of the cells\nthe second\nthe third of them\nthe fourth"
    assert reading_copy(text).text == text


def test_words_broken_into_syllables_are_whole_again():
    text = (
        "Petr Svoboda, who runs the port, said the new lock had made the dif-\n"
        "ference. It opened in the spring of 2021 and cost 90 million euros, the min-\n"
        "istry said."
    )
    assert "difference" in reading_copy(text).text
    assert "ministry" in reading_copy(text).text


def test_a_hyphen_of_the_word_stays():
    text = (
        "Petr Svoboda, who runs the port, said the new lock had been the well-\n"
        "known engineer's last work. It opened in the spring of 2021 and cost 90\n"
        "million euros."
    )
    assert "well-known" in reading_copy(text).text
