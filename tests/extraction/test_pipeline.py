import ast
from pathlib import Path

import pytest

import claims.extraction as package
from claims.extraction import VERSION, Document, extract
from claims.extraction.pipeline import STEPS
from tests.extraction.reading import read

ARTICLE = """Harbour to close for two years

Monday, May 13, 2024

The harbour of Oslo will close in June, the port authority said. It employs 300 people.

"We lost 90 million euros," said Petr Svoboda, who runs the port. Is that a surprise?

Share
"""


def test_each_sentence_is_accounted_for_once():
    extraction = read(ARTICLE, title="Harbour to close for two years")
    taken = {(c.start, c.end) for c in extraction.claims}
    skipped = [(s.start, s.end) for s in extraction.skipped]
    assert not taken & set(skipped)
    rest = "".join(ch for at, ch in enumerate(ARTICLE) if not any(a <= at < b for a, b in (*taken, *skipped)))
    assert rest.strip() == ""


def test_offsets_reproduce_the_sentence():
    extraction = read(ARTICLE)
    for part in (*extraction.claims, *extraction.skipped):
        assert ARTICLE[part.start : part.end] == part.sentence


def test_edits_reproduce_what_they_replaced():
    for claim in read(ARTICLE).claims:
        for edit in claim.edits:
            assert claim.start <= edit.start <= edit.end <= claim.end
            assert ARTICLE[edit.start : edit.end] == edit.original


def test_the_same_text_gives_the_same_claims():
    assert read(ARTICLE) == read(ARTICLE)


def test_furniture_and_questions_have_their_reasons():
    reasons = {s.sentence: s.reason for s in read(ARTICLE, title="Harbour to close for two years").skipped}
    assert reasons["Share"] == "furniture"
    assert reasons["Monday, May 13, 2024"] == "furniture"
    assert reasons["Is that a surprise?"] == "question"


def test_another_language_is_skipped_and_said_so():
    german = (
        "Der Hafen wurde am Montag geschlossen, weil der Sturm zwei Molen beschädigt hatte. Er bleibt zu."
    )
    extraction = read(german)
    assert extraction.claims == ()
    assert {s.reason for s in extraction.skipped} == {"language"}


def test_progress_ends_at_the_total():
    seen: list[tuple[int, int]] = []
    extract(Document(ARTICLE), progress=lambda done, total: seen.append((done, total)))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1] > 0


def test_a_sentence_said_twice_gives_one_claim():
    extraction = read("The harbour of Oslo closed. The ferry left. The harbour of Oslo closed.")
    assert [c.text for c in extraction.claims] == ["The harbour of Oslo closed.", "The ferry left."]


def test_an_empty_text_has_no_claims():
    assert read(" \n ").claims == ()
    assert read("").version == VERSION


def test_what_happened_in_a_sentence_with_one_day_happened_then():
    extraction = read("Police arrested a man in Oslo on Monday and searched his flat.")
    assert [c.when for c in extraction.claims] == ["2024-05-13", "2024-05-13"]


def test_the_year_of_a_name_is_no_other_time():
    extraction = read("On Monday Oslo beat Bergen at the 2024 Fjord Cup; Tromso beat Molde.")
    assert {c.when for c in extraction.claims} == {"2024-05-13"}


def test_a_day_is_carried_from_the_sentence_before():
    extraction = read("The ferry sank off Oslo on March 3, 2019. Divers found the wreck the next day.")
    assert extraction.claims[-1].when == "2019-03-04"
    assert extraction.claims[-1].text == "Divers found the wreck on March 4, 2019."


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The ferry sank last year.", "The ferry sank in 2023."),
        ("This year's budget of Oslo is 90 million euros.", "2024's budget of Oslo is 90 million euros."),
        ("Rain fell in Oslo over the weekend.", "Rain fell in Oslo over the weekend of May 11, 2024."),
        ("The ferry sailed for three years.", "The ferry sailed for three years."),
    ],
)
def test_relative_dates_are_written_out(text, claim):
    assert [c.text for c in read(text).claims] == [claim]


def test_a_time_that_is_the_subject_takes_no_preposition():
    (found,) = read("Last year was the driest on record in Oslo, the weather service said.").claims
    assert found.text.startswith("2023 was the driest")


def test_the_order_of_the_steps_is_visible():
    assert [step.__name__.strip("_") for step in STEPS] == [
        "into_blocks",
        "into_sentences",
        "into_units",
        "parse",
        "attribute",
        "resolve",
        "date",
        "divide",
        "compose",
        "share_dates",
    ]


def test_numbers_of_a_taken_sentence_are_in_one_of_its_claims():
    text = "The port, which cost 90 million euros in 1931, employs 300 people and ships 4,000 trucks a month."
    said = " ".join(c.text for c in read(text).claims)
    assert all(number in said for number in ("90", "1931", "300", "4,000"))


FORBIDDEN = "django rest_framework celery psycopg sources config httpx urllib http socket time random"


@pytest.mark.parametrize("module", sorted(Path(package.__file__).parent.glob("*.py")), ids=lambda p: p.stem)
def test_the_extractor_knows_no_framework_network_or_clock(module):
    imported = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    assert not {name.split(".")[0] for name in imported} & set(FORBIDDEN.split())
    ours = {name for name in imported if name.split(".")[0] == "claims"}
    assert all(name.startswith("claims.extraction") for name in ours)
    assert "today(" not in module.read_text()


def test_a_number_that_no_claim_kept_brings_the_whole_sentence():
    text = "The clerk, having counted 4,120 votes of the 6,388 cast, praised the helpers."
    assert any("4,120" in claim.text for claim in read(text).claims)
    assert any("6,388" in claim.text for claim in read(text).claims)
