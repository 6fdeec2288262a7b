import numpy as np

from claims.extraction.antecedents import LONG_AGO, MOST
from claims.extraction.attribution import ParsedUnit
from claims.extraction.references import resolve_references
from tests.extraction.reading import unit_of


def cases_of(*sentences, title="", speaker=None):
    """The cases of the sentences as the judge gets them, and the references when it follows the rules."""
    units: list[ParsedUnit] = [unit_of(text, sentence=i) for i, text in enumerate(sentences)]
    cases = []

    def by_rules(case):
        cases.append(case)
        return case.candidates[case.chosen] if case.chosen >= 0 else None

    references = resolve_references(units, [speaker] * len(units), title, by_rules)
    return cases, references


def names(case):
    return [c.text for c in case.candidates]


def test_the_candidates_come_nearest_first_with_the_rules_choice_among_them():
    (case,), _ = cases_of("Maria Lopez met Anna Reed in May.", "She had led the commission.")
    assert names(case) == ["Anna Reed", "Maria Lopez"]
    assert (case.sort, case.chosen) == ("female", names(case).index("Maria Lopez"))


def test_who_is_of_the_other_gender_is_no_candidate():
    (case,), _ = cases_of("Maria Lopez met Mark Stone in May.", "She had led the commission.")
    assert names(case) == ["Maria Lopez"]


def test_an_object_is_not_its_own_subject():
    cases, _ = cases_of("Anna Reed was there.", "Maria Lopez saw her in Rome.")
    assert names(cases[0]) == ["Anna Reed"]


def test_an_organisation_competes_for_he_but_may_not_be_taken():
    (case,), _ = cases_of("Mark Stone left Wikinews in May.", "He had sold the firm.")
    fit = dict(zip(names(case), case.fit, strict=True))
    assert fit == {"Wikinews": False, "Mark Stone": True}


def test_of_two_that_were_named_together_neither_may_be_taken_against_the_rules():
    (case,), _ = cases_of("Mark Stone and James Reed met in Rome.", "He had sold the firm.")
    assert (case.chosen, case.fit[names(case).index("James Reed")]) == (-1, False)
    assert case.fit[names(case).index("Mark Stone")] is False


def test_a_person_named_long_ago_is_still_weighed_and_one_named_longer_ago_is_not():
    between = ["The sun was out."] * (LONG_AGO - 1)
    cases, _ = cases_of("Anna Reed met Maria Lopez.", *between, "She left.")
    assert "Anna Reed" in names(cases[-1])
    cases, _ = cases_of("Anna Reed met Maria Lopez.", *between, "The sun was out.", "She left.")
    assert not any("Anna Reed" in names(case) for case in cases)


def test_the_work_for_one_pronoun_is_bounded():
    crowd = "They praised " + ", ".join(f"Anna Reed{chr(97 + i)}" for i in range(MOST + 5)) + "."
    cases, _ = cases_of(crowd, "She had left.")
    assert max(len(case.candidates) for case in cases) <= MOST


def test_the_numbers_tell_candidates_apart_and_are_small():
    (case,), _ = cases_of("Maria Lopez met Anna Reed in May.", "She had led the commission.")
    assert case.rows.shape[0] == 2
    assert not np.array_equal(case.rows[0], case.rows[1])
    assert np.isfinite(case.rows).all()
    assert np.abs(case.rows).max() <= 2


def test_the_title_speaks_for_whom_it_names():
    text = ("Maria Lopez met Anna Reed in May.", "She had led the commission.")
    (plain,), _ = cases_of(*text)
    (titled,), _ = cases_of(*text, title="The days of Anna Reed")
    changed = (plain.rows != titled.rows).any(axis=1)
    assert changed[names(plain).index("Anna Reed")]


def test_a_judge_that_declines_leaves_the_pronoun():
    unit = [unit_of("Maria Lopez joined in May.", sentence=0), unit_of("She led the board.", sentence=1)]
    asked = []
    references = resolve_references(unit, [None, None], "", lambda case: asked.append(case))
    assert [case.pronoun.text for case in asked] == ["She"]
    assert unit[1].tree.words[0] in references.unresolved
    assert unit[1].tree.words[0] not in references.substitutions


def test_a_judge_may_take_another_candidate():
    units = [
        unit_of("Maria Lopez met Anna Reed in May.", sentence=0),
        unit_of("She led the board.", sentence=1),
    ]
    references = resolve_references(units, [None, None], "", lambda case: case.candidates[0])
    assert references.substitutions[units[1].tree.words[0]].text == "Anna Reed"
