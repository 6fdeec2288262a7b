import pytest

from claims.extraction.tables import is_row
from tests.extraction.reading import read


@pytest.mark.parametrize(
    "line",
    [
        "Candidate\tParty\tVotes",
        "| Oslo | 41.2 | 44.0 |",
        "|------|:----:|------|",
        "Oslo        8,210     64.1",
        "2019,12.5,300000",
        "Turnout | 61 percent",
    ],
)
def test_cells_side_by_side_are_a_row(line):
    assert is_row(line)


@pytest.mark.parametrize(
    "line",
    [
        "The mayor, the council and 12 guests met.",
        "The mayor left.  He went to Bergen.",
        "In 2019, 2020, and 2021, the town of Oslo lost 300 jobs a year to the port of Bergen.",
        "The mayor said | in a talk of more than two hours that nobody had foreseen | the flood of 2019",
    ],
)
def test_prose_is_no_row(line):
    assert not is_row(line)


def test_a_table_gives_no_claims_and_each_row_is_accounted_for():
    table = "Town\tVotes\nOslo\t8,210\nBergen\t4,044\n\nOslo\n8,210\n64.1%"
    extraction = read(f"Turnout in Oslo was 61 percent.\n\n{table}")
    assert [c.text for c in extraction.claims] == ["Turnout in Oslo was 61 percent."]
    assert {s.reason for s in extraction.skipped} == {"furniture"}
    assert [s.sentence for s in extraction.skipped] == [row for row in table.split("\n") if row]
