from claims.extraction.ledger import Ledger
from claims.extraction.pairs import form_group
from tests.extraction.reading import read, texts_of, tree_of


def test_the_two_are_the_last_two_named_together():
    text = "Anna Novak and Petr Svoboda met in Vienna. The two signed a rail deal."
    assert texts_of(text)[-1] == "Anna Novak and Petr Svoboda signed a rail deal."


def test_the_two_countries_are_no_persons():
    text = "Anna Novak and Petr Svoboda met in Vienna. The two countries share a river."
    assert read(text).skipped[-1].reason == "ambiguous"


def test_both_sides_inside_a_claim_may_stay():
    assert texts_of("The licence ends in 2030 unless both parliaments renew it.") == [
        "The licence ends in 2030 unless both parliaments renew it."
    ]


def test_a_group_is_named_after_its_members():
    ledger = Ledger()
    words = tree_of("Anna Novak, Petr Svoboda").words
    first, second = ledger.name(list(words[:2])), ledger.name(list(words[3:]))
    group = form_group(ledger, [first, second])
    assert (group.text, group.plural, group.head) == ("Anna Novak and Petr Svoboda", True, "2")
