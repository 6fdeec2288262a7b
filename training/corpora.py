"""Readers of two corpora in which it is marked what pronouns stand for: GAP (.tsv) and GUM (.conllu)."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from claims.extraction.wordset import word_set

PRONOUNS: Final = word_set(
    "he him his himself she her hers herself it its itself they them their theirs themselves"
)
# Those whose texts and labels may both be used for anything, with a credit.
GENRES: Final = ("academic", "bio", "court", "voyage")
_TAG: Final = re.compile(r"\((\d+)-[^()]*|(\d+)\)|\)")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words start..end of a text (offsets) that mention the thing of this number; `head` is where the head of
    them begins, where that is known."""

    start: int
    end: int
    thing: int
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with what is marked in it.

    `pronouns`: the thing each stands for, by its offset; 0 for something that is not marked. `complete`:
    everything in the text is marked, not only two names.
    """

    name: str
    title: str
    text: str
    marks: tuple[Mark, ...]
    pronouns: dict[int, int]
    complete: bool


def read_gap(path: Path) -> Iterator[Sample]:
    """The samples of a file of GAP: the names A (1) and B (2) and one pronoun each."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            marks = tuple(
                Mark(at := int(row[f"{name}-offset"]), at + len(row[name]), number)
                for number, name in ((1, "A"), (2, "B"))
            )
            thing = 1 if row["A-coref"] == "TRUE" else 2 if row["B-coref"] == "TRUE" else 0
            title = row["URL"].rpartition("/")[2].partition("#")[0].replace("_", " ")
            pronouns = {int(row["Pronoun-offset"]): thing}
            yield Sample(row["ID"], title, row["Text"], marks, pronouns, complete=False)


def read_gum(folder: Path) -> Iterator[Sample]:
    """The documents of `GENRES` in GUM's folder dep/, in the order of their names."""
    for path in sorted(folder.glob("GUM_*.conllu")):
        if path.name.split("_")[1] in GENRES:
            yield read_conllu(path.stem, path.read_text(encoding="utf-8"))


def read_conllu(name: str, content: str) -> Sample:
    """One document; its text is put together from its words, paragraphs parted by a blank line."""
    reader = _Reader()
    for line in content.splitlines():
        if line.startswith("#"):
            reader.comment(line)
        elif line:
            reader.word(line.split("\t"))
        else:
            reader.end_sentence()
    reader.end_sentence()
    pronouns = {m.start: m.thing for m in reader.marks if reader.text[m.start : m.end].lower() in PRONOUNS}
    marks = tuple(m for m in reader.marks if reader.text[m.start : m.end].lower() not in PRONOUNS)
    for at in reader.loose:
        pronouns.setdefault(at, 0)
    return Sample(name, reader.title, reader.text.rstrip(), marks, pronouns, complete=True)


class _Reader:
    def __init__(self) -> None:
        self.text = ""
        self.title = ""
        self.marks: list[Mark] = []
        self.loose: list[int] = []  # where pronouns begin, marked or not
        self.open: list[tuple[int, int, int]] = []  # the things that are being named: number, start, word
        self.words: dict[int, tuple[int, int, int]] = {}  # of the sentence: start, end, number of the head
        self.inside = 0  # the last word that a contraction ("they're") holds
        self.at = 0  # where its next part begins; nothing stands between them

    def comment(self, line: str) -> None:
        if line.startswith("# meta::title = "):
            self.title = line.partition(" = ")[2]
        elif re.match(r"# newpar(_block|$)", line) and self.text and not self.text.endswith("\n\n"):
            self.text = self.text.rstrip() + "\n\n"

    def word(self, fields: list[str]) -> None:
        number, form, misc = fields[0], fields[1], fields[9]
        if "." in number:
            return
        space = "" if "SpaceAfter=No" in misc else " "
        if "-" in number:
            self.inside, self.at = int(number.partition("-")[2]), len(self.text)
            self.text += form + space
            return
        i = int(number)
        if i <= self.inside:
            start, self.at = self.at, self.at + len(form)
        else:
            start = len(self.text)
            self.text += form + space
        self.words[i] = (start, start + len(form), int(fields[6]))
        if form.lower() in PRONOUNS and fields[3] == "PRON":
            self.loose.append(start)
        entity = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
        self._entities(entity, i)

    def _entities(self, tags: str, i: int) -> None:
        start, end, _ = self.words[i]
        for tag in _TAG.finditer(tags):
            if tag[1]:
                self.open.append((int(tag[1]), start, i))
                continue
            thing = int(tag[2]) if tag[2] else self.open[-1][0]
            at = next((k for k in range(len(self.open) - 1, -1, -1) if self.open[k][0] == thing), None)
            if at is not None:
                _, begun, first = self.open.pop(at)
                heads = (w for w in range(first, i + 1) if not first <= self.words[w][2] <= i)
                self.marks.append(Mark(begun, end, thing, self.words[next(heads, i)][0]))

    def end_sentence(self) -> None:
        self.words.clear()
        self.open.clear()
        self.inside = 0
