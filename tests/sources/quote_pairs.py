"""Quotes, and what later stood in their place: which of them are still the same quote.

Each case: the text then, the quote in it, the text now, what is found. Own words throughout.
"""

from __future__ import annotations

from typing import NamedTuple

LEAD = "The harbour board of Milltown met on Monday in the old customs house."
TAIL = "Its next meeting is planned for the second week of April, the clerk said."


class Pair(NamedTuple):
    quote: str
    now: str  # what stands in the quote's place
    found: str
    lead: str = LEAD  # what stands before it now
    tail: str = TAIL

    @property
    def text_then(self) -> str:
        return f"{LEAD} {self.quote} {TAIL}"

    @property
    def text_now(self) -> str:
        return " ".join(part for part in (self.lead, self.now, self.tail) if part)


PIER = "The board voted to close the east pier until the end of May."
COST = "The repair of the bridge will cost 4.2 million euros, the mayor said."
FERRY = "Ferry traffic across the bay fell by 12 percent in the first half of 2025."
RUIZ = "Engineer Paula Ruiz told the board that the pillars were not safe."
WELL = "Water from the town's two wells met the legal limits in all samples taken last year."
SHORT = "The pier is open."
LONG = (
    "The commission found that the harbour master had ordered three inspections of the crane, that two of "
    "them were carried out by a firm from Lindau, and that the third was never done, the budget being spent."
)

PAIRS = {
    # Still there, or in another place.
    "untouched": Pair(PIER, PIER, "there"),
    "text added before": Pair(PIER, PIER, "moved", lead=f"Updated at noon. {LEAD}"),
    "text taken away before": Pair(COST, COST, "moved", lead=""),
    "text added after": Pair(COST, COST, "there", tail="Nothing else was decided."),
    "other quotation marks and dashes": Pair(
        "“It is old – and it shows,” said Ruiz.", '"It is old - and it shows," said Ruiz.', "there"
    ),
    "line breaks within": Pair(PIER, PIER.replace("the east", "the\n\neast"), "there"),
    "a short one that moved": Pair(SHORT, SHORT, "moved", lead="Good news."),
    # The same said in other words.
    "a typing error corrected": Pair(
        "The boad voted to close the east pier untill the end of May.", PIER, "reworded"
    ),
    "British to American": Pair(
        "The harbour programme was organised by the centre for coastal research.",
        "The harbor program was organized by the center for coastal research.",
        "reworded",
    ),
    "a clause put in": Pair(
        PIER, "The board voted, after a long debate, to close the east pier until the end of May.", "reworded"
    ),
    "a clause taken out": Pair(
        "The board voted, after a long debate, to close the east pier until the end of May.", PIER, "reworded"
    ),
    "another order": Pair(
        COST, "The mayor said the repair of the bridge will cost 4.2 million euros.", "reworded"
    ),
    "another tense": Pair(COST, COST.replace("will cost", "is going to cost"), "reworded"),
    "passive": Pair(
        PIER, "The board has voted that the east pier be closed until the end of May.", "reworded"
    ),
    "a number in words": Pair(
        "Only four of the pillars were inspected by divers this winter.",
        "Only 4 of the pillars were inspected by divers this winter.",
        "reworded",
    ),
    "other separators in a number": Pair(
        "The fund has paid 1,250,000 crowns to the fishermen so far.",
        "The fund has paid 1 250 000 crowns to the fishermen so far.".replace(" 250 ", "\u00a0250\u00a0"),
        "reworded",
    ),
    "a contraction": Pair(RUIZ, RUIZ.replace("were not", "weren't"), "reworded"),
    "other punctuation": Pair(COST, COST.replace("euros, the", "euros; the"), "reworded"),
    "capitals": Pair(PIER, PIER.replace("The board", "THE BOARD"), "reworded"),
    "a title left out": Pair(
        LONG, LONG.replace("the harbour master had ordered", "the master of the harbour ordered"), "reworded"
    ),
    "cut in two sentences": Pair(
        LONG,
        LONG.replace("of the crane, that two", "of the crane. Two").replace(", and that the", ". The"),
        "reworded",
    ),
    # Edited so that it says something else.
    "a number changed": Pair(COST, COST.replace("4.2", "4.6"), "gone"),
    "a number grew at its end": Pair("The repair will cost 4", "The repair will cost 45 million.", "gone"),
    "a number grew a decimal": Pair("The repair will cost 4", "The repair will cost 4.5 million.", "gone"),
    "million became billion": Pair(COST, COST.replace("million", "billion"), "gone"),
    "a number in words changed": Pair(LONG, LONG.replace("three inspections", "five inspections"), "gone"),
    "a year changed": Pair(FERRY, FERRY.replace("2025", "2024"), "gone"),
    "a percentage became points": Pair(FERRY, FERRY.replace("12 percent", "12"), "gone"),
    "first half became second": Pair(FERRY, FERRY.replace("first", "last"), "gone"),
    "negated": Pair(PIER, PIER.replace("voted to", "voted not to"), "gone"),
    "no longer negated": Pair(RUIZ, RUIZ.replace("were not safe", "were safe"), "gone"),
    "negated by a contraction": Pair(WELL, WELL.replace("met", "didn't meet"), "gone"),
    "negated just before": Pair(
        "all the samples met the legal limits", "not all the samples met the legal limits", "gone"
    ),
    "never": Pair(LONG, LONG.replace("was never done", "was done"), "gone"),
    "the opposite": Pair(FERRY, FERRY.replace("fell", "rose"), "gone"),
    "the opposite state": Pair(SHORT, "The pier is closed.", "gone"),
    "opened for closed": Pair(PIER, PIER.replace("close", "open"), "gone"),
    "a day added": Pair(PIER, PIER.replace("voted", "voted on Monday"), "gone"),  # in doubt: a person looks
    "another month": Pair(PIER, PIER.replace("May", "June"), "gone"),
    "another person": Pair(RUIZ, RUIZ.replace("Paula Ruiz", "Ines Falk"), "gone"),
    "another place": Pair(LONG, LONG.replace("Lindau", "Bergen"), "gone"),
    "another first name": Pair(
        "Ruiz told the board that the crane was old.", "Falk told the board that the crane was old.", "gone"
    ),
    "refused, with a day put in": Pair(PIER, PIER.replace("voted", "refused on Monday"), "gone"),
    "its first words turned": Pair(RUIZ, RUIZ.replace("told the board", "never told anybody"), "gone"),
    "its last words turned": Pair(
        WELL, WELL.replace("in all samples taken last year", "in no sample at all"), "gone"
    ),
    # One word for another: whether it is the same is for a person to say.
    "a synonym": Pair(PIER, PIER.replace("voted", "decided"), "gone"),
    "two synonyms": Pair(FERRY, FERRY.replace("traffic", "crossings").replace("bay", "water"), "gone"),
    "other first words": Pair(PIER, PIER.replace("The board voted", "On Monday the board decided"), "gone"),
    "another deed": Pair(RUIZ, RUIZ.replace("told", "asked"), "gone"),
    "another way": Pair("Tickets are sold at the door only.", "Tickets are sold online only.", "gone"),
    "another form of the word": Pair(RUIZ, RUIZ.replace("told the board", "told the boards"), "reworded"),
    # No longer there.
    "taken out": Pair(PIER, "", "gone"),
    "replaced by something else": Pair(PIER, "The mayor opened a new market hall on the square.", "gone"),
    "on the same matter": Pair(PIER, "The east pier has been a matter of debate for years.", "gone"),
    "only its first words left": Pair(
        LONG, "The commission found that the harbour master had gone home.", "gone"
    ),
    "a correction in its place": Pair(
        COST, "Correction: an earlier version gave a wrong sum for the repair.", "gone"
    ),
    "the page is a menu now": Pair(WELL, "Home News Sport Weather Contact", "gone", lead="", tail=""),
    "nothing is left": Pair(WELL, "", "gone", lead="", tail=""),
    "same words, other sense": Pair(
        PIER, "The end of the east pier will board the vote until May, close to the harbour.", "gone"
    ),
    # Other languages and scripts.
    "German, reworded": Pair(
        "Der Stadtrat hat beschlossen, die alte Brücke bis Ende Mai zu sperren.",
        "Der Stadtrat hat nun beschlossen, die alte Brücke noch bis Ende Mai zu sperren.",
        "reworded",
    ),
    "German, negated": Pair(
        "Der Stadtrat hat beschlossen, die alte Brücke bis Ende Mai zu sperren.",
        "Der Stadtrat hat beschlossen, die alte Brücke nicht bis Ende Mai zu sperren.",
        "gone",
    ),
    "Japanese, reworded": Pair(
        "市議会は月曜日に港の橋を五月末まで閉鎖することを決めた。",
        "市議会は月曜日、港の橋を五月末まで閉鎖することを正式に決めた。",
        "reworded",
    ),
    "Japanese, replaced": Pair(
        "市議会は月曜日に港の橋を五月末まで閉鎖することを決めた。", "天気は晴れでした。", "gone"
    ),
}
