from tests.extraction.reading import texts_of


def test_a_surname_before_the_full_name_is_the_same_person():
    found = texts_of("Brandt opened the bridge. Heidi Brandt is the mayor of the city.")
    assert found[0] == "Heidi Brandt opened the bridge."


def test_a_gender_learnt_later_counts_from_the_start():
    found = texts_of(
        "Kelsie Ortega met Robert Brandt. She paid for the meal. Robert Brandt left. "
        "Kelsie Ortega said she was tired. Kelsie Ortega sold her car."
    )
    assert "Kelsie Ortega paid for the meal." in found


def test_a_titled_surname_is_said_in_full():
    found = texts_of("Bernard Ortega opened the bridge. Mr. Ortega left the city.")
    assert "Bernard Ortega left the city." in found


def test_a_senator_named_just_before_may_be_called_so():
    found = texts_of("Sen. Heidi Brandt voted against the bill. The Ohio senator left the hall.")
    assert "Heidi Brandt left the hall." in found


def test_a_judge_is_not_whoever_was_named_before():
    found = texts_of("Tom Ortega was jailed on Monday. The presiding judge read the verdict.")
    assert "The presiding judge read the verdict." in found


def test_who_speaks_is_not_he():
    found = texts_of('"He sold the house in May," Tom Ortega said.')
    assert not any("Tom Ortega sold" in text for text in found)


def test_a_bare_surname_long_before_another_of_that_name_is_not_that_other():
    found = texts_of(
        "The port was opened after Ortega left the hall. The harbour is new. The crane is red. "
        "The quay is long. The sheds are empty. Among the guests was Marisol Ortega. Ortega left the city."
    )
    assert "Ortega left the city." in found


def test_a_name_that_only_modifies_still_makes_a_surname_ambiguous():
    found = texts_of("The Heidi Brandt supporters sang. Robert Brandt spoke. Brandt left the city.")
    assert "Brandt left the city." in found


def test_the_surname_is_the_one_the_article_is_about():
    text = "Maria Lopez won in Lima. Lopez thanked Rome. Lopez thanked Bern. She thanked Oslo. "
    text += "Frank Lopez came from Quito. In Kiev, Lopez praised the pope."
    assert texts_of(text, title="Maria Lopez wins")[-1] == "In Kiev, Maria Lopez praised the pope."
