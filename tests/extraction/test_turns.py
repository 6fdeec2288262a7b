from claims.extraction.paragraphs import find_blocks
from claims.extraction.turns import find_turns
from tests.extraction.reading import claims_of, read, texts_of

DEBATE = """Jane Roe met Mark Stone on Tuesday in Oslo.

MODERATOR: Unemployment stands at 6 percent. Ms. Roe?

ROE: The county created 4,200 jobs. [APPLAUSE]

It borrowed 40 million euros in 2021.

MR. STONE (R-Oslo): I voted for the port in 2021. She raised the tax. Was that fair?

(CROSSTALK)

ROE: No.

The recount begins in June, and Roe leads by 300 votes."""


def names(text: str) -> list[str | None]:
    blocks = find_turns(text, find_blocks(text))
    return [text[slice(*b.turn.name)] if b.turn and b.turn.name else None for b in blocks]


def test_a_label_names_the_speaker_until_the_next():
    said = {c.text: c.claimant for c in claims_of(DEBATE)}
    assert said["The county created 4,200 jobs."] == "Jane Roe"
    assert said["The county borrowed 40 million euros in 2021."] == "Jane Roe"
    assert said["Mark Stone voted for the port in 2021."] == "Mark Stone"


def test_who_is_spoken_of_does_not_speak():
    assert names(DEBATE)[-1] is None


def test_questions_of_a_moderator_give_no_claims():
    reasons = {s.sentence: s.reason for s in read(DEBATE).skipped}
    assert reasons["MODERATOR: Unemployment stands at 6 percent."] == "question"
    assert reasons["Was that fair?"] == "question"
    assert reasons["(CROSSTALK)"] == "furniture"


def test_a_label_with_a_time_on_its_own_line_names_who_follows():
    text = (
        "Jane Roe  00:20\nThe agency spent 14 million dollars in 2022.\n\n"
        "Speaker 1  01:05\nHow many offices use it?\n\nJane Roe  01:12\nOhio sued Acme Data in 2023."
    )
    assert [(c.claimant, c.sentence[:8]) for c in claims_of(text)] == [
        ("Jane Roe", "The agen"),
        ("Jane Roe", "Ohio sue"),
    ]


def test_titled_labels_of_another_gender_are_other_people():
    text = (
        "MARY STONE: The port lost 300 jobs in 2019.\n\nMR. STONE: The port hired 40 people in 2020.\n\n"
        "MARY STONE: The port lost 20 million euros in 2021."
    )
    assert [c.claimant for c in claims_of(text)] == ["Mary Stone", "Mr. Stone", "Mary Stone"]


def test_words_before_a_colon_that_name_nobody_are_no_labels():
    text = (
        "CLAIM: The bridge cost 60 million.\n\nVERDICT: The bridge cost 48 million.\n\n"
        "CLAIM: The bridge fell in 2018.\n\nVERDICT: The bridge fell in 2019."
    )
    assert set(names(text)) == {None}


def test_results_are_no_speech():
    text = "Jane Roe met Mark Stone in Oslo.\nRoe: 547 votes.\nStone: 46 votes.\nRoe: 2,316.\nStone: 1,547."
    assert set(names(text)) == {None}


def test_a_name_and_a_colon_before_a_quotation_name_its_speaker():
    text = 'The bridge in Oslo fell.\n\nMayor Jane Roe: "The city offered 3 million euros in 2020."'
    assert claims_of(text)[-1].claimant == "Jane Roe"


INTERVIEW = """Petr Svoboda has run the harbour of Oslo for 12 years. We met him above the quay.

How many ships call each year?

I count 1,400 ships in 2023.

Has the new lock helped?

It has. The new lock cost 90 million euros. I was against it.

Are you leaving?

I retire in December.

This interview has been edited for length."""


def test_answers_belong_to_the_one_the_lead_names():
    extraction = read(INTERVIEW)
    answers = {c.text: c.claimant for c in extraction.claims if c.start > INTERVIEW.index("How many")}
    assert set(answers.values()) == {"Petr Svoboda"}
    assert "The new lock cost 90 million euros." in answers
    reasons = {s.sentence: s.reason for s in extraction.skipped}
    assert reasons["How many ships call each year?"] == "question"
    assert reasons["This interview has been edited for length."] == "furniture"


def test_two_people_in_the_lead_leave_the_answers_to_nobody():
    text = INTERVIEW.replace(
        "We met him above the quay.", "Maria Lopez keeps his books. John Stone helps her."
    )
    claims = [c for c in claims_of(text) if c.start > text.index("How many")]
    assert claims
    assert {c.claimant for c in claims} == {None}


def test_q_and_a_are_labels():
    text = (
        "Dr. Maria Lopez leads the unit. She spoke with the Gazette.\n\n"
        "Q. How many took part?\n\nA. The trial had 3,400 volunteers.\n\n"
        "Q: Who paid for it?\n\nA: The union paid 60 million euros."
    )
    assert [c.claimant for c in claims_of(text)][-2:] == ["Maria Lopez", "Maria Lopez"]


def test_rhetorical_questions_make_no_interview():
    text = (
        "What did it cost?\n\nThe port of Oslo cost 90 million euros.\n\nWho paid?\n\nThe ministry paid.\n\n"
        "And now?\n\nThe port opens in June."
    )
    assert "The port of Oslo cost 90 million euros." in texts_of(text)
    assert set(names(text)) == {None}


def test_labels_of_a_transcript_in_quotation_marks():
    text = (
        "The mayor met the press on Monday.\n\n"
        '"LOPEZ: Mayor, what did the bridge cost?\n\n"ORTEGA: The bridge cost 90 million euros.\n\n'
        '"LOPEZ: Who paid?\n\n"ORTEGA: The union paid 60 million euros."'
    )
    assert [c.claimant for c in claims_of(text)][-2:] == ["Ortega", "Ortega"]
