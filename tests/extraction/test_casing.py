import pytest

from claims.extraction.casing import titled
from claims.extraction.reading_copy import reading_copy


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        (
            "MAYOR JANE ROE SAID ON MONDAY THAT IT WAS LATE.",
            "Mayor Jane Roe said on Monday that it was late.",
        ),
        (
            "THE FBI AND NASA DENIED IT. THEY MAY LEAVE IN MAY.",
            "The FBI and NASA denied it. They may leave in May.",
        ),
        ("THE U.S. ARMY INSPECTED THE SITE IN OHIO.", "The U.S. Army inspected the site in Ohio."),
        ("ROE: WE CUT THE TAX IN 2019 AND IN 2020.", "ROE: We cut the tax in 2019 and in 2020."),
        ("CITY COUNCIL APPROVES THE NEW BRIDGE", "CITY COUNCIL APPROVES THE NEW BRIDGE"),
        ("The mayor of Oslo met the NATO envoy.", "The mayor of Oslo met the NATO envoy."),
    ],
)
def test_prose_in_capitals_is_read_as_a_sentence(text, copy):
    assert reading_copy(text).text == copy


def test_a_name_is_one_wherever_it_stands():
    text = "BRENVILLE, OHIO (AP) - THE CITY VOTED ON TUESDAY.\nOFFICIALS VISITED BRENVILLE LAST YEAR."
    assert reading_copy(text).text.endswith("Officials visited Brenville last year.")


def test_labels_are_written_like_names():
    assert titled("SEN. O'NEIL") == "Sen. O'Neil"
