"""Step 7: time expressions and what they mean, seen from the day of publication and from the dates told
before. Precision is kept.

A small grammar of its own: general date parsers fill in days nobody wrote.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from claims.extraction import clock_times, time_days, time_periods, time_spans
from claims.extraction.meanings import Meaning, Setting, Tense, at
from claims.extraction.periods import Period, iso

TenseAt = Callable[[int], Tense]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the article that begins at offset `start`, `quoted` where somebody else is speaking.
    `tense_at` tells the tense of the clause around an offset of the article: "in August" was or will be."""

    text: str
    start: int
    tense_at: TenseAt
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of the article at start..end that tell a time.

    `value` is its TIMEX3 value; `when` the ISO day, month, year or range that a claim is about, None for
    lengths of time, repeated times and vague references; `replacement` how to write it so that it stands
    alone, None where it does.
    """

    start: int
    end: int
    value: str
    when: str | None = None
    replacement: str | None = None


def find_times(passages: Iterable[Passage], published: date | None) -> tuple[tuple[TimeExpression, ...], ...]:
    """The time expressions of each passage, in the order of the article: "that year" is the one told last.

    Without a day of publication only what names its year is found, and what leans on it.
    """
    setting = Setting(published, "past")
    found: list[tuple[TimeExpression, ...]] = []
    for passage in passages:
        here, setting = _read(passage, setting)
        found.append(tuple(_once([_expression(passage, each) for each in _spanned(passage.text, here)])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    meaning: Meaning


def _read(passage: Passage, setting: Setting) -> tuple[list[_Found], Setting]:
    """The expressions of the passage, and the setting with what they tell."""
    found: list[_Found] = []
    begin = 0
    while match := _EXPRESSION.search(passage.text, begin):
        name = match.lastgroup or ""
        inner = _PATTERNS[name].fullmatch(passage.text, match.start(), match.end())
        now = _directed(setting, passage, match.start())
        meaning = _RULES[name][1](inner, now) if inner is not None else None
        if meaning is None:
            begin = match.start() + 1
            continue
        begin = match.end()
        here = _Found(match.start(), match.end(), meaning)
        joined = _joined(passage.text, found[-1], here) if found else None
        if joined is not None:
            here = joined
            found.pop()
        found.append(here)
        setting = _after(setting, here.meaning.period)
    return found, setting


_CLOCK: Final = r"(?:\d[\d:]*\s*[ap]\.?m\.?,?\s+(?:\w{2,4},?\s+)?|noon\s+|midnight\s+)?"
_AHEAD: Final = re.compile(
    r"\b(?:until|till|effective|starting|beginning|(?:soon|early|late)\s+as|no\s+later\s+than)\s+"
    rf"(?:(?:early|late|mid)[\s-]+)?{_CLOCK}(?:on\s+)?$",
    re.I,
)
_BEHIND: Final = re.compile(r"\bsince\s+(?:(?:early|late|mid)[\s-]+|at\s+least\s+)?$", re.I)


def _directed(setting: Setting, passage: Passage, at: int) -> Setting:
    """With the tense of the words just before the expression ("until Monday"), else of its clause."""
    if passage.quoted:
        setting = replace(setting, published=_spoken_on(setting))
    before = passage.text[max(0, at - 40) : at]
    if _AHEAD.search(before):
        return replace(setting, tense="future", sure=True)
    if _BEHIND.search(before):
        return replace(setting, tense="past", sure=True)
    return replace(setting, tense=passage.tense_at(passage.start + at))


LATEST_SPEECH: Final = 3  # days before publication


def _spoken_on(setting: Setting) -> date | None:
    """The day that "today" means in a quotation: the last day told, where it is just before publication."""
    published, told = setting.published, setting.told_day
    if published is None or told is None or not 0 <= (published - told.first).days <= LATEST_SPEECH:
        return published
    return told.first


def _after(setting: Setting, told: Period | None) -> Setting:
    if told is None:
        return setting
    return replace(
        setting,
        told=told,
        told_day=told if told.unit == "day" else setting.told_day,
        quarter=told if told.unit == "quarter" else setting.quarter,
    )


_BESIDE: Final = re.compile(r"\s*,?\s*(?:(?:on|at|of)\s+)?")


def _joined(text: str, first: _Found, second: _Found) -> _Found | None:
    """ "9 a.m. on Tuesday" as one: the time of the one on the day of the other."""
    if first.meaning.leans == second.meaning.leans or not _BESIDE.fullmatch(text, first.end, second.start):
        return None
    clock, day = (first, second) if first.meaning.leans else (second, first)
    if day.meaning.period is None or day.meaning.period.unit != "day" or "T" in day.meaning.value:
        return None
    words = None
    if day.meaning.words is not None:
        before, after = text[first.start : day.start], text[day.end : second.end]
        words = f"{before}{day.meaning.words}{after}"
    value = day.meaning.value + clock.meaning.value[len("2000-01-01") :]
    return _Found(first.start, second.end, replace(day.meaning, value=value, words=words))


_TO: Final = re.compile(r"\s+(?:to|through|until|till)\s+|\s?[-–]\s?")
_AND: Final = re.compile(r"\s+and\s+")
_FROM: Final = re.compile(r"\bfrom\s+(?:the\s+)?$", re.I)
_BETWEEN: Final = re.compile(r"\bbetween\s+(?:the\s+)?$", re.I)


def _spanned(text: str, found: list[_Found]) -> list[_Found]:
    """ "From June to September 2019": each end is about the whole range."""
    out = list(found)
    for i in range(len(out) - 1):
        first, second = out[i], out[i + 1]
        before = text[max(0, first.start - 20) : first.start]
        if not (
            (_TO.fullmatch(text, first.end, second.start) and _FROM.search(before))
            or (_AND.fullmatch(text, first.end, second.start) and _BETWEEN.search(before))
        ):
            continue
        ends = _range(first.meaning, second.meaning)
        if ends is not None:
            out[i], out[i + 1] = replace(first, meaning=ends[0]), replace(second, meaning=ends[1])
    return out


def _range(first: Meaning, second: Meaning) -> tuple[Meaning, Meaning] | None:
    begin, end = first.period, second.period
    if begin is None or end is None or begin.unit != end.unit:
        return None
    if first.words and not second.words and begin.unit in ("day", "month"):
        year = end.first.year - (begin.first.replace(year=end.first.year) > end.first)
        begin = replace(begin, first=begin.first.replace(year=year))
        first = at(begin)
    if begin.first > end.first:
        return None
    when = f"{iso(begin).split('/')[0]}/{iso(end).split('/')[-1]}"
    return replace(first, when=when), replace(second, when=when)


def _expression(passage: Passage, found: _Found) -> TimeExpression:
    start, end, meaning = found.start + passage.start, found.end + passage.start, found.meaning
    return TimeExpression(start, end, meaning.value, meaning.when, meaning.words)


def _once(found: list[TimeExpression]) -> list[TimeExpression]:
    """ "Sunday (March 4)": a day that is told twice is written out once."""
    later = {t.when: t.start for t in found}
    return [t if later[t.when] == t.start else replace(t, replacement=None) for t in found]


_RULES: Final = {
    **time_days.RULES,
    **clock_times.RULES,
    **time_spans.POINTING,
    **time_periods.RULES,
    **time_spans.RULES,
}
_PATTERNS: Final = {name: re.compile(pattern, re.I) for name, (pattern, _) in _RULES.items()}


def _unnamed(pattern: str) -> str:
    """The pattern with its inner groups unnamed: each rule of the alternation is a group of its own."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


_EXPRESSION: Final = re.compile(
    r"(?<![\w$€£.,-])(?=[\w'’‘`])(?:"
    + "|".join(f"(?P<{name}>{_unnamed(rule)})" for name, (rule, _) in _RULES.items())
    + r")(?!\w)",
    re.I,
)
