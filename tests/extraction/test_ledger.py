from claims.extraction.ledger import Ledger
from claims.extraction.mentions import spot_mentions
from claims.extraction.proper_names import kind_of_name
from claims.extraction.tree import Word
from tests.extraction.reading import tree_of


def name(sentence: str) -> list[Word]:
    return list(next(m for m in spot_mentions(tree_of(sentence)) if m.kind == "name").words)


def test_a_title_or_a_given_name_makes_a_person():
    assert kind_of_name(name("Dr. Okafor left the ward.")) == "person"
    assert kind_of_name(name("Maria Lopez left the ward.")) == "person"


def test_an_organisation_by_its_last_word():
    assert kind_of_name(name("The Northern Mining Company closed its pits.")) == "organisation"


def test_a_surname_finds_the_full_name():
    ledger = Ledger()
    full = ledger.name(name("Maria Lopez left the ward."))
    assert ledger.name(name("Later Lopez left the ward.")) is full


def test_a_middle_initial_makes_no_other_person():
    ledger = Ledger()
    full = ledger.name(name("Maria Lopez left the ward."))
    assert ledger.name(name("Maria G. Lopez left the ward.")) is full


def test_a_surname_of_two_persons_is_neither():
    ledger = Ledger()
    both = [ledger.name(name("Maria Lopez left the ward.")), ledger.name(name("Mark Lopez left the ward."))]
    assert ledger.name(name("Later Lopez left the ward.")) not in both


def test_an_office_before_a_name_is_remembered():
    ledger = Ledger()
    entity = ledger.name(name("Defense Secretary Maria Lopez left the ward."))
    assert entity.text == "Maria Lopez"
    assert ledger.by_role["secretary"] == [entity]


def test_a_team_called_after_somebody_is_no_namesake():
    ledger = Ledger()
    full = ledger.name(name("Maria Lopez left the ward."))
    assert kind_of_name(name("Team Lopez left the ward.")) == "organisation"
    ledger.name(name("Team Lopez left the ward."))
    assert ledger.name(name("Later Lopez left the ward.")) is full


def test_a_middle_name_or_half_of_a_double_one_makes_no_other_person():
    ledger = Ledger()
    full = ledger.name(name("Maria Torres Lopez left the ward."))
    assert ledger.name(name("Maria Lopez left the ward.")) is full
    assert ledger.name(name("Torres Lopez left the ward.")) is full


def test_the_surname_stands_before_junior():
    ledger = Ledger()
    full = ledger.name(name("Frank Lopez Jr. left the ward."))
    assert ledger.name(name("Later Lopez left the ward.")) is full


def test_a_bare_surname_tells_no_gender_where_it_is_a_rare_given_name():
    ledger = Ledger()
    assert ledger.name(name("Later Clinton left the ward.")).gender is None
    assert ledger.name(name("Later Maria left the ward.")).gender == "female"
