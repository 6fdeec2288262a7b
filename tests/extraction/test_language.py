import pytest

from claims.extraction.language import MANIFEST, ModelError, is_english, is_foreign, parse, verify
from tests.extraction.reading import read

ENGLISH = "The harbour was closed on Monday because the storm had damaged two of the piers in the night."
GERMAN = "Der Hafen wurde am Montag geschlossen, weil der Sturm in der Nacht zwei Molen beschädigt hatte."
RUSSIAN = "Порт был закрыт в понедельник, потому что шторм повредил два причала."


def test_english_is_told_from_other_languages():
    assert [is_english(text) for text in (ENGLISH, GERMAN, RUSSIAN)] == [True, False, False]


def test_a_few_words_do_not_tell():
    assert is_english("Oslo, Bergen") is None


def test_texts_come_back_in_their_order():
    assert [doc[0].text for doc in parse(["One came.", "Two left."])] == ["One", "Two"]


def test_prefixed_words_stay_one_word():
    (doc,) = parse(["She was re-elected as co-chair of a well-known club."])
    assert {"re-elected", "co-chair"} <= {t.text for t in doc}
    assert "well-known" not in {t.text for t in doc}


def test_a_changed_model_file_is_refused(tmp_path):
    (tmp_path / "model").write_bytes(b"other")
    with pytest.raises(ModelError, match="model is not the file that was checked"):
        verify(tmp_path, {"model": "0" * 64})


def test_a_missing_model_file_is_named(tmp_path):
    with pytest.raises(ModelError, match="parser/model"):
        verify(tmp_path, {"parser/model": MANIFEST["parser/model"]})


@pytest.mark.parametrize(
    "text",
    [
        "Der Bürgermeister trat zurück.",
        "Le maire a démissionné hier soir.",
        "El alcalde dimitió ayer por la tarde.",
        "Starosta včera odstoupil z funkce.",
        "Мэр ушёл.",
        "市长辞职了。",
        "استقال العمدة.",
    ],
)
def test_a_few_words_of_another_language_are_told(text):
    assert is_foreign(text)
    assert {s.reason for s in read(text).skipped} == {"language"}


@pytest.mark.parametrize(
    "text",
    [
        "The mayor resigned.",
        "Jean-Marie Le Pen died in Garches.",
        "Another child responded, “That’s Anna’s husband.”",
        "Real Madrid beat Bayern München 3-1 in Paris.",
    ],
)
def test_foreign_names_do_not_make_a_foreign_sentence(text):
    assert not is_foreign(text)


def test_a_foreign_quotation_in_an_english_article_is_skipped():
    text = (
        "Mayor Jonas Falk of Oslo spoke in the town hall on Monday.\n\n"
        '"Wir haben die Brücke nicht verkauft," he said. He sold the port in May.'
    )
    extraction = read(text)
    assert {s.reason: s.sentence for s in extraction.skipped} == {
        "language": '"Wir haben die Brücke nicht verkauft," he said.'
    }
    assert len(extraction.claims) == 2
