"""Given names with a usual gender, and what they say of a person. Frequent names of general knowledge."""

from functools import cache
from pathlib import Path
from typing import Final, Literal

from claims.extraction.wordset import word_set

Gender = Literal["male", "female"]

_FEMALE: Final = word_set(
    "abigail aisha akiko alexis alice amanda amber amy ana anastasia andrea angela anjali ann anna anne"
    " annie ashley astrid aung ava barbara benazir beth betty beverly brenda brigitte brittany camille"
    " carmen carol carolyn catherine charlotte cheryl chiara chloe christina christine claire claudia"
    " cynthia danielle deborah debra denise diana diane dolores donna doris dorothy ekaterina elena"
    " elizabeth ella ellen emily emma eva evelyn fatima frances francesca freja giulia gloria golda grace"
    " greta hannah heather heidi helen hillary hiroko indira ingrid irina isabel isabella ivanka"
    " jacqueline jane janet janice janine jean jennifer jessica jill jo joan joanna joanne joyce judith"
    " judy julia julie juliette karen kate katherine kathleen kathryn katie kayla kelly kimberly lakshmi"
    " laura lauren leila lily linda ling lisa lori lucia lucy madison malala margaret margot maria marilyn"
    " marine martha mary megan mei melania melissa mia michelle molly monika nancy naomi natalia natalie"
    " nicole noor nora olga olivia pamela patricia paula petra priya rachel rebecca rosa ruth sally"
    " samantha sandra sara sarah sharon shirley silvia simone sofia sonia sophia sophie stella stephanie"
    " sunita susan susanna svetlana sylvia tanya tara tatiana teresa theresa tiffany tina tracy una ursula"
    " valerie vanessa vera veronica victoria virginia wendy yasmin yoko yuki yulia yvonne zainab zoe"
)
_MALE: Final = word_set(
    "aaron abdul adam ahmed aidan akira alan albert alejandro alexander alexei ali amit anders andrei"
    " andrew angelo anthony antonio arthur austin barack barry ben benjamin bernie bill billy bjorn bob"
    " bobby boris brandon brendan brian bruce bryan carl carlos charles chris christopher colin connor"
    " craig dan daniel darren dave david declan dennis derek diego dmitry don donald douglas duncan dylan"
    " ed eduardo edward elijah elon emmanuel eric erik ethan eugene fernando francisco francois frank fred"
    " friedrich gabriel gareth gary gavin george gerald giovanni giuseppe graham greg gregory hans harold"
    " harry hassan heinz henry hiroshi hugo hussein ian ibrahim igor ivan jack jacob jacques jae-in james"
    " jason javier jean-claude jeb jeff jeffrey jeremy jerry jesse jim joe john jonathan jong-un jorge"
    " jose joseph joshua juan jurgen justin karl keith ken kenji kenneth kevin khalid klaus kyle larry"
    " lars lawrence leo liam logan louis luca luis magnus mahmoud manuel marco mario mark martin mason"
    " matt matteo matthew max michael mick miguel mike mikhail mitt mohammed moon muhammad narendra nathan"
    " neil newt nicholas nicolas nigel nikolai noah olaf oleg omar oscar owen patrick paul pavel pedro"
    " peter philip pierre rahul rajiv ralph rand randy raymond recep rhys ricardo richard rick robert"
    " roberto roger ron ronald roy rudy russell ryan sam samuel sanjay scott sean sergei sergey shinzo"
    " silvio simon stefan stephen steve steven stuart sven taro ted terry thomas tim timothy tom trevor"
    " tyler viktor vincent vladimir volodymyr walter william willie wolfgang yuri yusuf zachary"
)


_COUNTED: Final = Path(__file__).parent / "data" / "given_names.txt"


@cache
def _counted() -> tuple[frozenset[str], frozenset[str]]:
    """Women's and men's names of a census; too many of them are common words to tell a name by."""
    women, men = (line for line in _COUNTED.read_text().splitlines() if not line.startswith("#"))
    return word_set(women), word_set(men)


def usual_gender(given_name: str) -> Gender | None:
    """The gender a given name usually tells, None where it tells none."""
    frequent = frequent_gender(given_name)
    return frequent or _told_by(given_name, *_counted())


def frequent_gender(name: str) -> Gender | None:
    """The same, of the most frequent given names only."""
    return _told_by(name, _FEMALE, _MALE)


def _told_by(name: str, women: frozenset[str], men: frozenset[str]) -> Gender | None:
    if (name.lower() in women) == (name.lower() in men):
        return None
    return "female" if name.lower() in women else "male"


def is_given_name(word: str) -> bool:
    """Whether the word is one of the frequent given names."""
    return word.lower() in _FEMALE or word.lower() in _MALE
