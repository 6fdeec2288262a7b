from claims.extraction.countries import COUNTRIES
from claims.extraction.names import is_given_name, usual_gender


def test_given_names_tell_a_gender():
    assert (usual_gender("Maria"), usual_gender("Mark"), usual_gender("Xylo")) == ("female", "male", None)


def test_a_month_is_no_given_name():
    assert not is_given_name("Jun")


def test_countries_of_two_words_are_known():
    assert {"new zealand", "south korea", "norway"} <= COUNTRIES
