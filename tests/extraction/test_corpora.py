import numpy as np
import pytest

from claims.extraction.antecedents import Case
from claims.extraction.likelihood import Nets
from training.antecedents import Example, gather, gradients, with_names
from training.corpora import read_conllu, read_gap, read_gum

GAP = (
    "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
    "one\tMaria Lopez met Anna Reed in May. She had led the board.\tShe\t34"
    "\tMaria Lopez\t0\tTRUE\tAnna Reed\t16\tFALSE\thttp://example.org/wiki/Maria_Lopez#Life\n"
)
ROWS = [
    ("# meta::title = A mill",),
    ("# newpar",),
    ("1", "The", "DET", "2", "Entity=(1-org-new"),
    ("2", "owners", "NOUN", "5", ""),
    ("3", "of", "ADP", "4", ""),
    ("4", "Acme", "PROPN", "2", "Entity=(2-org-new)1)"),
    ("5", "left", "VERB", "0", "SpaceAfter=No"),
    ("6", ".", "PUNCT", "5", ""),
    (),
    ("# newpar",),
    ("1-2", "They're", "_", "_", ""),
    ("1", "They", "PRON", "3", "Entity=(1-org-giv)"),
    ("2", "'re", "AUX", "3", ""),
    ("3", "gone", "VERB", "0", ""),
    ("4", "it", "PRON", "3", ""),
    (),
]
CONLLU = "\n".join(
    row[0]
    if len(row) == 1
    else "\t".join((row[0], row[1], "_", row[2], "_", "_", row[3], "_", "_", row[4]))
    if row
    else ""
    for row in ROWS
)


def test_gap_tells_the_names_and_whose_the_pronoun_is(tmp_path):
    path = tmp_path / "gap.tsv"
    path.write_text(GAP)
    (sample,) = read_gap(path)
    assert [sample.text[m.start : m.end] for m in sample.marks] == ["Maria Lopez", "Anna Reed"]
    assert (sample.pronouns, sample.title, sample.complete) == ({34: 1}, "Maria Lopez", False)


def test_gum_is_put_together_from_its_words():
    sample = read_conllu("GUM_bio_x", CONLLU)
    assert (sample.title, sample.text) == ("A mill", "The owners of Acme left.\n\nThey're gone it")
    marked = {sample.text[m.start : m.end]: (m.thing, m.head) for m in sample.marks}
    assert marked == {"The owners of Acme": (1, 4), "Acme": (2, 14)}
    they, it = sample.text.index("They"), sample.text.index("it", 30)
    assert sample.pronouns == {they: 1, it: 0}


def test_only_documents_that_may_be_learned_from_are_read(tmp_path):
    for name in ("GUM_bio_x", "GUM_fiction_x", "GENTLE_bio_x"):
        (tmp_path / f"{name}.conllu").write_text(CONLLU)
    assert [s.name for s in read_gum(tmp_path)] == ["GUM_bio_x"]


def test_an_example_knows_which_candidate_is_meant(tmp_path):
    path = tmp_path / "gap.tsv"
    path.write_text(GAP)
    (example,) = gather(read_gap(path))
    right = dict(zip((c.text for c in example.case.candidates), example.right, strict=True))
    assert right == {"Maria Lopez": True, "Anna Reed": False}
    assert example.fair.tolist() == [*example.right.tolist(), False]


def test_from_gap_nothing_is_learned_about_who_is_not_named(tmp_path):
    path = tmp_path / "gap.tsv"
    path.write_text(GAP.replace("met Anna Reed in May.", "met a farmer in 2010."))
    (example,) = gather(read_gap(path))
    assert [c.named for c in example.case.candidates] == [False, True]
    left = with_names(example)
    assert ([c.text for c in left.case.candidates], left.case.chosen) == (["Maria Lopez"], 0)
    assert (left.case.rows.shape[0], left.fair.tolist()) == (1, [True, False])


def test_the_gradients_are_those_of_the_loss():
    random = np.random.default_rng(0)
    examples = []
    for fair in ([True, False, False], [False, False, False, True], [False, True, True]):
        rows = random.normal(size=(len(fair) - 1, 4))
        case = Case(None, "male", (), (), -1, rows)
        examples.append(Example(case, np.array(fair), np.array(fair[:-1]), told=True))
    net = Nets(random.normal(size=(4, 3)), random.normal(size=(1, 3)), random.normal(size=(3, 1)))

    def loss():
        total = 0.0
        for example in examples:
            inner = np.maximum(example.case.rows @ net.hidden + net.bias, 0)
            odds = np.append(np.exp(inner @ net.out)[:, 0], 1)
            total -= np.log(odds[example.fair].sum() / odds.sum()) / len(examples)
        return total

    for weight, slope in zip((net.hidden, net.bias, net.out), gradients(net, examples), strict=True):
        for place in np.ndindex(weight.shape):
            before, step = loss(), 1e-6
            weight[place] += step
            assert slope[place] == pytest.approx((loss() - before) / step, abs=1e-4)
            weight[place] -= step
