from tests.extraction.reading import claims_of

PARAGRAPHS = """The port of Oslo closed on Monday.

"The fire began in the old store," said Petr Svoboda, who runs the port. "It took three hours.

"The brigade came after 40 minutes.

"The ministry bought 12 engines in 2023."

The brigade answered on Tuesday.

"The ministry spent 12 million euros on engines.

"The port got none of them," Anna Novak said."""


def test_a_quotation_over_paragraphs_has_one_speaker():
    said = {c.text: c.claimant for c in claims_of(PARAGRAPHS)}
    assert said["The brigade came after 40 minutes."] == "Petr Svoboda"
    assert said["The ministry bought 12 engines in 2023."] == "Petr Svoboda"


def test_its_speaker_may_be_named_in_the_last_paragraph():
    said = {c.text: c.claimant for c in claims_of(PARAGRAPHS)}
    assert said["The ministry spent 12 million euros on engines."] == "Anna Novak"
