import pytest

from tests.extraction.reading import claims_of


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The port closed on Monday.", "event"),
        ("The 23 sailors remain in custody.", "status"),
        ("The company has closed its port.", "status"),
        ("The port employs 300 people.", "quantity"),
        ("Unemployment fell to 4 percent.", "quantity"),
        ("The port will close in June.", "prediction"),
        ("The treaty is due to expire in 2027 unless it is renewed.", "prediction"),
        ("The treaty ends in 2030.", "prediction"),
        ("The minister wants a new treaty.", "position"),
        ("The state should pay for the bridge.", "position"),
        ("The minister rejected the treaty.", "event"),
        ("Oslo is the capital of Norway.", "background"),
    ],
)
def test_the_kind_of_a_claim(sentence, kind):
    assert [c.kind for c in claims_of(sentence)] == [kind]
