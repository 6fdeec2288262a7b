"""English verb forms: the simple past and the third person singular, from a lemma."""

from typing import Final

from claims.extraction.wordset import word_set

# lemma: past (and participle where it differs)
_IRREGULAR: Final = """
arise arose|bear bore|beat beat|become became|begin began|bend bent|bet bet|bind bound|bite bit
|bleed bled|blow blew|break broke|breed bred|bring brought|broadcast broadcast|build built
|burst burst|buy bought|cast cast|catch caught|choose chose|cling clung|come came|cost cost
|creep crept|cut cut|deal dealt|dig dug|do did|draw drew|drink drank|drive drove|eat ate|fall fell
|feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew|forbid forbade
|forecast forecast|foresee foresaw|forget forgot|forgive forgave|freeze froze|get got|give gave
|go went|grind ground|grow grew|hang hung|have had|hear heard|hide hid|hit hit|hold held|hurt hurt
|keep kept|kneel knelt|know knew|lay laid|lead led|leave left|lend lent|let let|lie lay|light lit
|lose lost|make made|mean meant|meet met|mislead misled|offset offset|outdo outdid|overcome overcame
|overrun overran|oversee oversaw|overtake overtook|overthrow overthrew|pay paid|put put|quit quit
|read read|rebuild rebuilt|ride rode|ring rang|rise rose|run ran|say said|see saw|seek sought
|sell sold|send sent|set set|shake shook|shed shed|shine shone|shoot shot|show showed|shrink shrank
|shut shut|sing sang|sink sank|sit sat|sleep slept|slide slid|speak spoke|speed sped|spend spent
|spin spun|split split|spread spread|spring sprang|stand stood|steal stole|stick stuck|sting stung
|strike struck|strive strove|swear swore|sweep swept|swim swam|swing swung|take took|teach taught
|tear tore|tell told|think thought|throw threw|thrust thrust|undergo underwent|understand understood
|undertake undertook|undo undid|uphold upheld|upset upset|wake woke|wear wore|weave wove|weep wept
|win won|wind wound|withdraw withdrew|withhold withheld|withstand withstood|write wrote"""
PASTS: Final = dict(entry.split() for entry in _IRREGULAR.replace("\n", "").split("|"))

_VOWELS: Final = "aeiou"
# Two-syllable verbs stressed on the last syllable double their last letter; these are the frequent ones.
_DOUBLING: Final = word_set(
    "admit commit permit submit omit emit transmit refer prefer defer confer infer transfer occur incur"
    " recur control patrol compel expel propel repel rebel regret equip abet acquit allot annul excel"
    " forget begin"
)


def past_tense(lemma: str) -> str:
    """The simple past: "score" gives "scored", "begin" gives "began"."""
    if lemma in PASTS:
        return PASTS[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    if lemma.endswith("c"):
        return lemma + "ked"
    if lemma in _DOUBLING or _one_short_syllable(lemma):
        return lemma + lemma[-1] + "ed"
    return lemma + "ed"


def third_person(lemma: str) -> str:
    """The third person singular of the present: "go" gives "goes", "be" gives "is"."""
    irregular = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if lemma in irregular:
        return irregular[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def lemma_of_participle(participle: str, lemma: str) -> str:
    """The lemma where the lemmatiser forgot a silent e: "hoping" is of "hope", as "hop" would double its
    p."""
    stem = participle.removesuffix("ing")
    if stem == lemma and stem != participle and (_one_short_syllable(lemma) or lemma in _DOUBLING):
        return lemma + "e"
    return lemma


def _one_short_syllable(lemma: str) -> bool:
    """Consonant, one vowel, consonant: "stop", "plan"; not "look", "show", "fix"."""
    if len(lemma) < 3 or lemma[-1] in _VOWELS + "wxy" or lemma[-2] not in _VOWELS or lemma[-3] in _VOWELS:
        return False
    return sum(ch in _VOWELS for ch in lemma) == 1
