"""Verbs that report what somebody says."""

from typing import Final

from claims.extraction.inflection import past_tense
from claims.extraction.wordset import word_set

# Lemma, past, third person, -ing form.
_FORMS: Final = """
say said says saying|tell told tells telling|state stated states stating
|claim claimed claims claiming|add added adds adding|note noted notes noting
|report reported reports reporting|announce announced announces announcing
|declare declared declares declaring|explain explained explains explaining
|warn warned warns warning|argue argued argues arguing|insist insisted insists insisting
|assert asserted asserts asserting|maintain maintained maintains maintaining
|confirm confirmed confirms confirming|reveal revealed reveals revealing
|acknowledge acknowledged acknowledges acknowledging|admit admitted admits admitting
|allege alleged alleges alleging|contend contended contends contending
|observe observed observes observing|remark remarked remarks remarking
|comment commented comments commenting|respond responded responds responding
|reply replied replies replying|write wrote writes writing|tweet tweeted tweets tweeting
|estimate estimated estimates estimating|predict predicted predicts predicting
|suggest suggested suggests suggesting|indicate indicated indicates indicating
|conclude concluded concludes concluding|stress stressed stresses stressing
|emphasize emphasized emphasizes emphasizing|emphasise emphasised emphasises emphasising
|reiterate reiterated reiterates reiterating|repeat repeated repeats repeating
|recall recalled recalls recalling|testify testified testifies testifying
|disclose disclosed discloses disclosing|continue continued continues continuing
|caution cautioned cautions cautioning|complain complained complains complaining
|concede conceded concedes conceding|boast boasted boasts boasting|charge charged charges charging
|speculate speculated speculates speculating|theorize theorized theorizes theorizing
|quip quipped quips quipping|joke joked jokes joking|ask asked asks asking
|inform informed informs informing|assure assured assures assuring
|believe believed believes believing|think thought thinks thinking|point pointed points pointing
|read read reads reading|retort retorted retorts retorting|counter countered counters countering
|vow vowed vows vowing|mention mentioned mentions mentioning
|describe described describes describing|call called calls calling|feel felt feels feeling
|post posted posts posting|pledge pledged pledges pledging|promise promised promises promising
|signal signaled signals signaling|shout shouted shouts shouting|affirm affirmed affirms affirming
|opine opined opines opining|elaborate elaborated elaborates elaborating
|agree agreed agrees agreeing|urge urged urges urging|express expressed expresses expressing
|dispute disputed disputes disputing"""
_VERBS: Final = tuple(entry.split() for entry in _FORMS.replace("\n", "").split("|"))

# Less frequent, or as often nouns: only the past tense tells that somebody speaks.
_RARER: Final = word_set(
    "advise answer beam bellow blurt chant chide clarify confess confide crow cry deadpan declaim deny echo"
    " email enthuse exclaim fume grumble gush hint interject intone jest lament marvel moan muse mutter"
    " object plead proclaim profess pronounce protest query rage reason recommend recount rejoin relate"
    " riposte scoff scream snap snarl sneer specify stipulate summarize summarise text thunder trumpet"
    " underline underscore venture volunteer whisper wonder yell"
)

# May introduce words in quotation marks.
QUOTING: Final = frozenset(forms[0] for forms in _VERBS)
SAYING: Final = QUOTING | _RARER
SPEECH_FORMS: Final = (
    frozenset(form for forms in _VERBS for form in forms) - word_set("feel feeling call calls")
) | frozenset(map(past_tense, _RARER))

# What a survey or study does behind the words of its result: "…, the survey found".
FINDING: Final = word_set("find show")

# "X says that P": P is the claim and X its claimant. Promises, wishes and orders are claims about X instead.
REPORTING: Final = (
    QUOTING
    - word_set(
        "agree ask call charge continue describe dispute express feel pledge point post promise read signal"
        " urge vow"
    )
) | word_set(
    "confess confide exclaim grumble lament proclaim profess pronounce reason recount specify underline"
    " underscore volunteer"
)
