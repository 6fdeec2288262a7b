import pytest

from claims.extraction.tenses import tense_in
from tests.extraction.reading import tree_of


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The port closed on Monday.", "past"),
        ("The port has been closed since Monday.", "past"),
        ("The port will close on Monday.", "future"),
        ("The port may close on Monday.", "future"),
        ("The port is scheduled to close on Monday.", "future"),
        ("The owners plan to close the port on Monday.", "future"),
    ],
)
def test_the_clause_tells_which_way_a_day_lies(text, tense):
    assert tense_in(tree_of(text))(text.index("Monday")) == tense
