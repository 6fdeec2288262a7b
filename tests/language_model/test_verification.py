"""A claim that says more than its sentence and its article do is not let through."""

from __future__ import annotations

from datetime import date

import pytest

from claims.language_model.answers import Proposed
from claims.language_model.article import read_article
from claims.language_model.verification import find_fault

DAY = date(2024, 5, 14)
TITLE = "Last voyage of the Marit Oye"
SENTENCES = (
    "The ferry Marit Oye carried 1,200 passengers between Lund Harbour and Brevik last Friday.",
    "She will stop in August, harbour master Tomas Lind of the U.K. firm Lind & Sons said.",
    "The company did not pay its twenty-three sailors for two months.",
    "President Ada Moen met Lind on Route 66 in 2019.",
)
ARTICLE = read_article(SENTENCES, TITLE, DAY)


def fault(
    sentence: int, text: str, claimant: str | None = None, when: str | None = None, kind: str = "event"
):
    claim = Proposed(sentence, text, claimant, when, kind)
    return find_fault(claim, SENTENCES[sentence], ARTICLE, DAY)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (0, "The ferry Marit Oye carried 1200 passengers."),
        (0, "The Marit Oye carried passengers between Lund Harbour and Brevik on 10 May 2024."),
        (1, "The ferry Marit Oye will stop in August 2024."),
        (1, "Tomas Lind is harbour master of the UK firm Lind & Sons."),
        (2, "Lind & Sons did not pay its 23 sailors for two months."),
        (2, "The firm did not pay 23 sailors of the Marit Oye for two months."),
        (3, "President Ada Moen met Tomas Lind on Route 66 in 2019."),
    ],
)
def test_what_the_article_bears_out_passes(sentence: int, text: str) -> None:
    assert fault(sentence, text) is None


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        (0, "The ferry Marit Oye carried 1,300 passengers.", "number"),
        (0, "The ferry Marit Oye carried 1,200 passengers on 11 May 2024.", "number"),
        (0, "The ferry Marit Oye carried two million passengers.", "number"),
        (2, "Lind & Sons did not pay 1,200 sailors for two months.", "number"),
        (3, "President Ada Moen met Lind on Route 67 in 2019.", "number"),
        (3, "President Ada Moen met Lind on Route 66 on 5 March 2019.", "number"),
        (1, "The ferry will stop in September, Tomas Lind said.", "name"),
        (0, "The ferry Marit Oye carried 1,200 passengers last Monday.", "name"),
        (1, "Tomas Berg is harbour master of the firm.", "name"),
        (3, "President Tomas Moen met Lind on Route 66.", "name"),
        (1, "Zorblax will stop in August, harbour master Tomas Lind said.", "name"),
        (0, "Passengers were carried between Lund Harbour and OSLO.", "name"),
        (0, "The moon is made of green cheese.", "content"),
        (2, "The ferry carried passengers between the harbour and the firm.", "content"),
        (0, "The <b>ferry</b> Marit Oye carried 1,200 passengers.", "sign"),
        (0, "The ferry Marit Oye carried passengers: https://evil.example/a", "sign"),
        (0, "The ferry Marit Oye\ncarried passengers.", "sign"),
        (0, "The ferry Marit Oye\x00 carried passengers.", "sign"),
        (0, "The ferry \ud800 carried 1,200 passengers.", "sign"),
        (0, "Ferry carried.", "length"),
        (0, "The ferry Marit Oye carried passengers. " * 40, "length"),
    ],
)
def test_what_it_does_not_bear_out_is_told(sentence: int, text: str, expected: str) -> None:
    assert fault(sentence, text) == expected


@pytest.mark.parametrize(
    "name", ["Tomas Lind", "harbour master Tomas Lind", "the U.K. firm", "Lind & Sons", "UK"]
)
def test_a_claimant_of_the_article_passes(name: str) -> None:
    assert fault(1, "The ferry will stop in August 2024.", claimant=name) is None


@pytest.mark.parametrize(
    "name",
    [
        "Nils Berg",
        "Lind Tomas",
        "Marit Lind",
        "Sons said She",
        "the",
        "<i>Tomas Lind</i>",
        "Tomas\ud800 Lind",
        "!",
    ],
)
def test_a_claimant_that_the_article_does_not_name_is_a_fault(name: str) -> None:
    assert fault(1, "The ferry will stop in August 2024.", claimant=name) == "claimant"


@pytest.mark.parametrize("when", ["2024", "2024-08", "2024-05-10", "2019", "2024-05/2024-08", "2019/2024"])
def test_a_time_in_a_year_of_the_article_passes(when: str) -> None:
    assert fault(1, "The ferry will stop in August 2024.", when=when) is None


@pytest.mark.parametrize(
    "when",
    [
        "1066", "2031-01", "August", "2024-13", "2024-02-30", "2024-08/2024-05", "2024-8", "20240510",
        "2024-05-10T09", "2024/", "٢٠٢٤",
    ],
)  # fmt: skip
def test_what_is_no_time_of_the_article_is_a_fault(when: str) -> None:
    assert fault(1, "The ferry will stop in August 2024.", when=when) == "when"


@pytest.mark.parametrize("kind", ["", "fact", "Event", "ambiguous"])
def test_the_kind_is_one_of_ours(kind: str) -> None:
    assert fault(1, "The ferry will stop in August 2024.", kind=kind) == "kind"
