import json

import pytest

from claims.evaluation import BadGold, read_article, read_folder

CLAIM = {
    "id": "c1",
    "text": "The mill was sold.",
    "sentence": "The mill was sold.",
    "elements": [["mill"], ["sold", "sale"]],
    "standalone": [],
    "claimant": None,
    "when": None,
    "kind": "event",
    "priority": 2,
}
ARTICLE = {
    "title": "Mill sold",
    "date": "2024-06-01",
    "text": "The mill  was\nsold. Read more",
    "claims": [CLAIM],
    "not_claims": ["Read more"],
}


def write(path, value):
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def refusal(path):
    with pytest.raises(BadGold) as refused:
        read_article(path)
    return str(refused.value)


def test_an_article_is_read(tmp_path):
    article = read_article(write(tmp_path / "mill.json", ARTICLE))
    assert (article.name, article.document.published_on.isoformat()) == ("mill", "2024-06-01")
    assert article.claims[0].elements == (("mill",), ("sold", "sale"))
    assert article.claims[0].claimants == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": "June 2024"}, "date must be a day, YYYY-MM-DD"),
        ({"date": 2024}, "date must be a day, YYYY-MM-DD"),
        ({"text": " "}, "text must be a text"),
        ({"claims": {}}, "claims must be a list"),
        ({"claims": ["sold"]}, r"claims[0] must be an object"),
        ({"not_claims": [3]}, "not_claims[0] must be a text"),
    ],
)
def test_a_bad_field_is_named_with_its_file(tmp_path, change, said):
    path = write(tmp_path / "mill.json", ARTICLE | change)
    assert refusal(path) == f"{path}: {said}."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"elements": ["mill"]}, "elements[0] must be a list"),
        ({"standalone": [["mill", None]]}, "standalone[0][1] must be a text"),
        ({"claimant": "Ada Brook"}, "claimant must be a list"),
        ({"when": 2024}, "when must be a text"),
        ({"kind": "rumour"}, "kind must be one of event, status,"),
        ({"priority": True}, "priority must be 0, 1 or 2"),
        ({"priority": 3}, "priority must be 0, 1 or 2"),
        ({"sentence": "The mill was bought."}, "sentence must be in the article's text, word for word"),
    ],
)
def test_a_bad_field_of_a_claim_is_named(tmp_path, change, said):
    path = write(tmp_path / "mill.json", ARTICLE | {"claims": [CLAIM, CLAIM | change]})
    assert f"{path}: claims[1].{said}" in refusal(path)


@pytest.mark.parametrize("field", ["title", "claims", "not_claims"])
def test_a_missing_field_is_named(tmp_path, field):
    path = write(tmp_path / "mill.json", {k: v for k, v in ARTICLE.items() if k != field})
    assert refusal(path) == f"{path}: {field} must be there."


@pytest.mark.parametrize(
    ("content", "said"), [('{\n"text": }', "line 2: not JSON"), ("[]", "the file must be an object")]
)
def test_what_is_no_article_is_named(tmp_path, content, said):
    path = write(tmp_path / "mill.json", content)
    assert refusal(path).startswith(str(path))
    assert said in refusal(path)


def test_bytes_that_are_no_text_are_named(tmp_path):
    path = tmp_path / "mill.json"
    path.write_bytes(b"\xff\xfe{}")
    assert refusal(path) == f"{path}: not UTF-8 text."


def test_a_folder_is_read_in_order_of_names(tmp_path):
    for name in ("b.json", "a.json", "notes.txt"):
        write(tmp_path / name, ARTICLE)
    assert [article.name for article in read_folder(tmp_path)] == ["a", "b"]


def test_a_folder_without_articles_and_no_folder_are_refused(tmp_path):
    with pytest.raises(BadGold, match="no articles here"):
        read_folder(tmp_path)
    with pytest.raises(BadGold, match="no such folder"):
        read_folder(tmp_path / "nowhere")
