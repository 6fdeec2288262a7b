import pytest

from claims.extraction.language import MANIFEST, ModelError, is_english, parse, verify

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
