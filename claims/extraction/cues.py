"""Words that attribute: what a verb, noun or adjective of saying, thinking and judging has for its content.

The lists hold lemmas, adjectives as they are written.
"""

from typing import Final

from claims.extraction.speech import SAYING
from claims.extraction.wordset import word_set

# "X says that P".
CLAUSAL: Final = SAYING | word_set(
    "accept advocate allow anticipate appreciate ascertain assume attest aver avow bet brag calculate"
    " caption care certify cheer chime cite conjecture consider contemplate convey convince debate decide"
    " decree deduce deem demand demonstrate detail determine discover discuss doubt dream enquire envision"
    " establish expect fantasize fear figure find forecast foresee forget fret gather gloat grasp gripe"
    " grouse guarantee guess hear highlight hold hope howl hypothesize illustrate imagine imply infer inquire"
    " instruct intimate judge know label learn lecture love notice notify ordain outline perceive persuade"
    " pray preach prefer presume project propose prove publish question quote rant rave realise realize"
    " reckon recognise recognize reflect register regret relay remember remind request resolve rule seethe"
    " sense show sigh submit suppose surmise suspect swear teach tease threaten trust understand verify wager"
    " warrant whine wish worry"
)
# "X wants to do Y", "X refuses to".
WANTING: Final = word_set(
    "agree aim ask aspire beg choose claim consent decide decline demand desire dread elect expect hate"
    " hesitate hope intend long offer opt plan pledge prefer profess promise propose purport refuse resolve"
    " seek swear threaten undertake volunteer vote vow want wish"
)
# "X urges Y to do Z", "X tells Y that".
ADDRESSING: Final = word_set(
    "admonish advise ask assure beg beseech call caution challenge command convince dare direct encourage"
    " exhort forbid implore inform instruct invite lobby notify order persuade petition plead press pressure"
    " promise recommend remind request require teach tell urge warn"
)
# "X criticises Y": the object itself is what is said, thought or judged.
JUDGING: Final = word_set(
    "accuse acknowledge admire admit admonish advance advocate affirm analyse analyze announce anticipate"
    " applaud appreciate approve argue articulate assail assert assess attack attribute authorise authorize"
    " back bash bemoan berate blame blast bless boast boo broach castigate censure challenge champion"
    " characterise characterize chastise cheer chide circulate cite claim clarify commend compare compliment"
    " concede condemn confirm congratulate consider contemplate contend contest contradict convey credit"
    " criticise criticize critique debate debunk decline decry defend demand denigrate denounce deny deplore"
    " deride describe desire detail detest disapprove disavow discount discredit discuss dislike dismiss"
    " disparage dispute disregard distrust doubt downplay echo embrace emphasise emphasize endorse envision"
    " espouse estimate exaggerate expect explain expose express extol fault favor favour fear float flog"
    " forecast foresee foretell forgive formulate hail hammer hate heckle highlight hint identify illustrate"
    " imagine imply impugn indicate insult intend interpret invoke lambast lambaste lament lampoon laud like"
    " liken list loathe love malign mention mind minimise minimize mock mourn name narrate note notice"
    " observe oppose ordain outline overestimate overturn paint pan pardon peddle perceive pitch plan pledge"
    " plug portray praise pray preach predict prefer presage proclaim profess project promise promote"
    " pronounce propose protest question quote rap rate reaffirm rebuff rebuke rebut recall recite recognise"
    " recognize recommend recount refute regard regret reiterate reject relate relay relish remember renounce"
    " repeat report reprimand request resent respect retweet reveal ridicule rue salute satirise satirize"
    " scold scorn second shame share signal slam slight slur smear specify spurn state stress suggest"
    " summarise summarize support suspect tackle target taunt tease thank threaten toast tolerate tout trash"
    " trumpet trust uncover underestimate underline underscore understand uphold urge value view vilify voice"
    " vow want warrant welcome wish worship"
)
# "X calls Y a liar", "X describes Y as Z".
NAMING: Final = word_set(
    "accuse applaud attack believe bill blame brand call caption cast characterise characterize chide cite"
    " commend compare condemn congratulate consider credit criticise criticize declare decry deem define"
    " denounce depict describe designate diagnose dismiss dub fault find hail honor honour identify interpret"
    " judge know label lambast lambaste liken mock name nickname paint perceive portray praise proclaim"
    " pronounce rank rate rebuke recognise recognize regard ridicule scold see slam style term thank think"
    " title tout treat view"
)
# With these only "as …" or a predicate makes a judgement of it: "sees it as a gift", but "sees the gift".
NAMING_ONLY_AS: Final = word_set(
    "believe cast cite compare define find identify interpret know name paint rank rate regard see style"
    " think treat"
)
# "The court seems to agree": nobody is named who thinks so.
SEEMING: Final = word_set("appear seem")
# A second one of these in the same tense belongs to the speaker of the first.
SPEECH_ACTS: Final = SAYING | word_set(
    "accuse attack blame cite criticise criticize defend denounce imply mock praise refer"
)

_VERBS_WITH: Final = {
    "about": (
        "argue ask bicker boast brag care chat comment complain crow debate disagree dream fret fume"
        " gloat gripe grumble gush hear inquire joke know lament laugh learn lecture lie moan muse preach"
        " quarrel rage rail rant rave read say speak speculate talk tell testify think tweet warn wonder"
        " worry write"
    ),
    "against": "argue campaign decide lobby preach protest push rage rail rant rule speak vote warn",
    "at": "balk bristle fume hint lash laugh marvel point rejoice scoff sneer tweet",
    "back": "push",
    "by": "stand swear",
    "for": (
        "advocate apologise apologize appeal argue ask beg call campaign cheer hope lobby long opt plead"
        " pray press push root rule vote vouch wish yearn"
    ),
    "in": "argue believe rejoice trust",
    "into": "inquire",
    "of": (
        "approve boast brag complain conceive despair disapprove dream hear know learn say speak suspect"
        " talk tell think warn write"
    ),
    "on": (
        "agree call campaign comment decide disagree dwell elaborate expand focus insist lecture muse"
        " rail reflect report rule settle speak speculate talk testify touch vote weigh write"
    ),
    "out": "point speak",
    "over": "argue bicker debate despair fret fume gloat gush lament quarrel rejoice worry",
    "to": (
        "admit agree allude apologise apologize confess object point react refer reply respond subscribe"
        " testify"
    ),
    "toward": "point",
    "up": "talk",
    "upon": "call insist reflect touch",
    "with": "agree argue disagree plead quarrel respond side sympathise sympathize",
}
# "X talks about Y": the preposition is part of the cue, what follows it the content.
PREPOSITIONS: Final = {preposition: word_set(verbs) for preposition, verbs in _VERBS_WITH.items()}

# "X's claim that P", "X's support for Y".
NOUNS: Final = word_set(
    "account accusation acknowledgement acknowledgment admission advice allegation announcement answer"
    " appeal argument assertion assurance attack boast call charge claim comment commentary complaint"
    " conclusion condemnation confession contention criticism critique decision declaration demand denial"
    " description disclosure discussion editorial endorsement essay estimate evaluation explanation finding"
    " forecast guarantee insistence insult joke judgment lie memo mention message note op-ed plea pledge"
    " praise prediction projection promise proposal question rebuke recommendation reference remark reminder"
    " reply report request response revelation rhetoric rumor rumour speculation statement suggestion"
    " testimony threat verdict vow warning"
) | word_set(
    "acceptance admiration affection agreement aim ambition anger anxiety appreciation approval assumption"
    " attitude awareness belief case commitment concern confidence consensus contempt conviction dedication"
    " defence defense desire determination dig disagreement disappointment disapproval disdain disgust"
    " dislike dispute dissatisfaction distrust doubt eagerness enthusiasm expectation faith fear feeling"
    " frustration goal gratitude hatred hope hostility hunger hypothesis idea impression intent intention"
    " interest interpretation jab knowledge love loyalty mistrust notion objection observation opinion"
    " opposition optimism outrage passion perception pessimism plan preference recognition refusal regret"
    " rejection reluctance resistance respect satisfaction scepticism sense shot skepticism stance support"
    " suspicion swipe sympathy theme theory thought tribute understanding unwillingness view willingness wish"
    " worry"
)
# Prepositions between such a noun and its content.
NOUN_PREPOSITIONS: Final = word_set("about against at by for in of on over to toward towards with")
# "Made the claim", "voiced concern": the verb adds nothing, its subject is whose the noun is.
LIGHT: Final = word_set(
    "air announce declare deliver do draw echo express face feel file float get give harbor harbour have"
    " hold hurl issue launch level lodge make offer pen post present provide publish put raise reach receive"
    " register reiterate release repeat send share show signal state take throw voice write"
)
# "Issued a statement": what it says may follow in quotation marks.
UTTERANCES: Final = word_set("comment email interview letter message remark speech statement tweet")
# "X is confident that P", "X is critical of Y".
ADJECTIVES: Final = word_set(
    "adamant afraid alarmed amazed ambivalent angry annoyed anxious appalled apprehensive ashamed aware"
    " bothered certain clear cognizant committed complimentary concerned confident confused conscious"
    " contemptuous convinced critical curious delighted desperate determined disappointed disgusted"
    " dismissive dissatisfied divided doubtful eager emphatic enthusiastic envious excited explicit fearful"
    " fed fond frustrated furious glad grateful happy hesitant hopeful horrified hostile impressed inclined"
    " insistent intent interested jealous keen loath loyal mindful mum nervous offended open opposed"
    " optimistic outraged outspoken passionate pessimistic pleased prepared proud puzzled ready receptive"
    " reluctant responsible right sad satisfied sceptical shocked sick silent skeptical sorry stunned"
    " supportive sure surprised suspicious sympathetic thankful thrilled tired torn troubled unaware"
    " uncertain unhappy unsure unwilling upbeat upset vocal wary willing worried wrong"
)
# Uttered or written; the other words of this file tell what is thought, felt or meant.
STATING: Final = SAYING | UTTERANCES
