"""Word lists of general English that the steps share; nothing here names a person, place or topic."""

from typing import Final

from claims.extraction.wordset import word_set

TITLES: Final = word_set(
    "mr mrs ms dr prof sir dame lord lady rev fr sr jr gen lt col maj capt cpl sgt adm cmdr sen rep gov pres hon amb"
    " messrs mme mlle pvt det insp supt"
)
ABBREVIATIONS: Final = word_set(
    "st jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun vs etc inc ltd co corp bros dept est"
    " no nos vol pp ed eds fig approx ca cf al i.e e.g a.m p.m ave blvd rd mt ft univ assn intl natl govt"
    " calif fla tex mass conn ariz colo ill ind kan minn mo mont neb nev okla ore pa tenn va wash wis"
)

# Verbs that report a statement: lemma, past, third person, -ing form.
_SPEECH: Final = """
say said says saying|tell told tells telling|state stated states stating|claim claimed claims claiming
|add added adds adding|note noted notes noting|report reported reports reporting|announce announced announces announcing
|declare declared declares declaring|explain explained explains explaining|warn warned warns warning
|argue argued argues arguing|insist insisted insists insisting|assert asserted asserts asserting
|maintain maintained maintains maintaining|confirm confirmed confirms confirming|reveal revealed reveals revealing
|acknowledge acknowledged acknowledges acknowledging|admit admitted admits admitting|allege alleged alleges alleging
|contend contended contends contending|observe observed observes observing|remark remarked remarks remarking
|comment commented comments commenting|respond responded responds responding|reply replied replies replying
|write wrote writes writing|tweet tweeted tweets tweeting|estimate estimated estimates estimating
|predict predicted predicts predicting|suggest suggested suggests suggesting|indicate indicated indicates indicating
|conclude concluded concludes concluding|stress stressed stresses stressing|emphasize emphasized emphasizes emphasizing
|emphasise emphasised emphasises emphasising|reiterate reiterated reiterates reiterating|repeat repeated repeats repeating
|recall recalled recalls recalling|testify testified testifies testifying|disclose disclosed discloses disclosing
|continue continued continues continuing|caution cautioned cautions cautioning|complain complained complains complaining
|concede conceded concedes conceding|boast boasted boasts boasting|charge charged charges charging
|speculate speculated speculates speculating|theorize theorized theorizes theorizing|quip quipped quips quipping
|joke joked jokes joking|ask asked asks asking|inform informed informs informing|assure assured assures assuring
|say said says saying|believe believed believes believing|think thought thinks thinking|point pointed points pointing
|read read reads reading|retort retorted retorts retorting|counter countered counters countering|vow vowed vows vowing
|mention mentioned mentions mentioning|describe described describes describing|call called calls calling
|feel felt feels feeling|post posted posts posting|pledge pledged pledges pledging|promise promised promises promising
|signal signaled signals signaling|shout shouted shouts shouting|affirm affirmed affirms affirming
|opine opined opines opining|elaborate elaborated elaborates elaborating|agree agreed agrees agreeing
|urge urged urges urging|express expressed expresses expressing|dispute disputed disputes disputing"""
SPEECH_FORMS: Final = frozenset(_SPEECH.replace("|", " ").split()) - {"feel", "feeling", "call", "calls"}
_SPEECH_LEMMAS: Final = frozenset(entry.split()[0] for entry in _SPEECH.replace("\n", "").split("|"))

# "X says that P": P is the claim and X its claimant. Promises, wishes and orders are claims about X instead.
REPORTING: Final = _SPEECH_LEMMAS - word_set(
    "ask charge call describe feel post pledge promise vow signal urge express dispute agree continue read point"
) | word_set("think believe")
# Verbs whose that-clause is only as true as the speaker's mind: kept whole.
QUOTING: Final = _SPEECH_LEMMAS  # may introduce words in quotation marks

POSITIONS: Final = word_set(
    "want wish hope plan intend aim seek propose oppose support back favor favour demand urge call promise pledge vow"
    " agree refuse decline reject endorse advocate prefer believe fear worry object condemn criticize criticise praise"
    " welcome accuse recommend request insist ask threaten commit consider deny dispute approve disapprove welcome expect"
)

PERSON_NOUNS: Final = word_set(
    "man woman boy girl child baby person student teacher president minister mayor senator congressman congresswoman"
    " governor chancellor king queen prince princess leader chief chairman chairwoman chairperson chair director"
    " spokesman spokeswoman spokesperson official officer judge lawyer attorney prosecutor defendant suspect victim"
    " witness doctor nurse patient professor scientist researcher author writer journalist reporter editor actor actress"
    " singer artist player coach captain manager goalkeeper defender striker midfielder referee champion candidate"
    " lawmaker politician activist blogger critic expert analyst economist engineer founder co-founder executive ceo"
    " owner employee worker father mother son daughter brother sister husband wife widow parent uncle aunt cousin"
    " grandfather grandmother friend neighbor neighbour soldier sailor general colonel commander pilot driver astronaut"
    " resident citizen voter farmer priest bishop pope imam rabbi billionaire businessman businesswoman nominee"
    " ambassador envoy diplomat representative secretary administrator commissioner councillor councilor deputy"
    " pedestrian passerby poster user gunman attacker driver cosplayer illustrator poet novelist composer director"
)
FEMALE_NOUNS: Final = word_set(
    "woman girl congresswoman queen princess chairwoman spokeswoman actress mother daughter sister wife widow aunt"
    " grandmother businesswoman lady girlfriend businesswoman niece heroine policewoman"
)
MALE_NOUNS: Final = word_set(
    "man boy congressman king prince chairman spokesman father son brother husband uncle grandfather businessman pope"
    " gentleman boyfriend nephew gunman priest policeman widower"
)
FEMALE_TITLES: Final = word_set("mrs ms miss mme mlle dame lady")
MALE_TITLES: Final = word_set("mr sir lord")

ORGANISATION_NOUNS: Final = word_set(
    "company firm corporation agency organization organisation group party team club committee commission council"
    " government administration ministry department court university school college hospital bank newspaper network"
    " union association board police army military force church parliament congress senate house camp side"
    " manufacturer airline carrier retailer publisher broadcaster coalition alliance institute foundation panel office"
)
PLACE_NOUNS: Final = word_set(
    "country nation state city town village region province district county island continent territory"
)

# "The company" may stand for a name the parser calls an organisation, and so on.
NOUNS_OF_TYPE: Final = {
    "ORG": word_set("company firm corporation organization organisation group"),
    "GPE": word_set("country nation city town village"),
}
FACILITIES: Final = word_set(
    "centre center hall stadium arena park building theatre theater museum gallery office hotel grounds"
)
COUNTRIES: Final = frozenset(
    name.strip()
    for name in [
        "\n    afghanistan",
        " albania",
        " algeria",
        " andorra",
        " angola",
        " argentina",
        " armenia",
        " australia",
        " austria",
        " azerbaijan",
        " bahamas",
        " bahrain",
        "\n    bangladesh",
        " barbados",
        " belarus",
        " belgium",
        " belize",
        " benin",
        " bhutan",
        " bolivia",
        " bosnia",
        " botswana",
        " brazil",
        " brunei",
        " bulgaria",
        "\n    burkina faso",
        " burundi",
        " cambodia",
        " cameroon",
        " canada",
        " chad",
        " chile",
        " china",
        " colombia",
        " congo",
        " costa rica",
        " croatia",
        " cuba",
        " cyprus",
        "\n    czech republic",
        " czechia",
        " denmark",
        " djibouti",
        " dominican republic",
        " ecuador",
        " egypt",
        " el salvador",
        " england",
        " eritrea",
        " estonia",
        "\n    eswatini",
        " ethiopia",
        " fiji",
        " finland",
        " france",
        " gabon",
        " gambia",
        " georgia",
        " germany",
        " ghana",
        " great britain",
        " greece",
        " grenada",
        "\n    guatemala",
        " guinea",
        " guyana",
        " haiti",
        " honduras",
        " hungary",
        " iceland",
        " india",
        " indonesia",
        " iran",
        " iraq",
        " ireland",
        " israel",
        " italy",
        "\n    ivory coast",
        " jamaica",
        " japan",
        " jordan",
        " kazakhstan",
        " kenya",
        " kiribati",
        " kosovo",
        " kuwait",
        " kyrgyzstan",
        " laos",
        " latvia",
        " lebanon",
        "\n    lesotho",
        " liberia",
        " libya",
        " liechtenstein",
        " lithuania",
        " luxembourg",
        " madagascar",
        " malawi",
        " malaysia",
        " maldives",
        " mali",
        " malta",
        "\n    mauritania",
        " mauritius",
        " mexico",
        " moldova",
        " monaco",
        " mongolia",
        " montenegro",
        " morocco",
        " mozambique",
        " myanmar",
        " namibia",
        " nauru",
        "\n    nepal",
        " netherlands",
        " new zealand",
        " nicaragua",
        " niger",
        " nigeria",
        " north korea",
        " north macedonia",
        " norway",
        " oman",
        " pakistan",
        " palau",
        "\n    palestine",
        " panama",
        " papua new guinea",
        " paraguay",
        " peru",
        " philippines",
        " poland",
        " portugal",
        " qatar",
        " romania",
        " russia",
        " rwanda",
        "\n    samoa",
        " san marino",
        " saudi arabia",
        " scotland",
        " senegal",
        " serbia",
        " seychelles",
        " sierra leone",
        " singapore",
        " slovakia",
        " slovenia",
        "\n    somalia",
        " south africa",
        " south korea",
        " south sudan",
        " spain",
        " sri lanka",
        " sudan",
        " suriname",
        " sweden",
        " switzerland",
        " syria",
        " taiwan",
        "\n    tajikistan",
        " tanzania",
        " thailand",
        " togo",
        " tonga",
        " trinidad",
        " tunisia",
        " turkey",
        " turkmenistan",
        " tuvalu",
        " uganda",
        " ukraine",
        "\n    united arab emirates",
        " united kingdom",
        " united states",
        " uruguay",
        " uzbekistan",
        " vanuatu",
        " vatican",
        " venezuela",
        " vietnam",
        " wales",
        "\n    yemen",
        " zambia",
        " zimbabwe",
        " u.s.",
        " us",
        " u.s.a.",
        " usa",
        " uk",
        " u.k.",
    ]
)

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday sat",
         "sunday sun")
    )
    for name in names.split()
}  # fmt: skip
NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a": 1, "an": 1, "couple": 2, "thirty": 30, "forty": 40, "fifty": 50}

EVENT_NOUNS: Final = word_set(
    "event festival expo exhibition fair conference summit convention election championship tournament cup games"
    " olympics marathon race ceremony parade concert carnival trial referendum"
)
_SAME: Final = (
    "treaty pact deal agreement accord", "film movie", "company firm corporation", "attack assault", "car vehicle",
    "child baby infant", "newspaper paper", "law legislation act bill", "airplane plane aircraft", "ship vessel",
    "poll survey", "vote ballot", "storm hurricane typhoon", "match game",
)  # fmt: skip
SYNONYMS: Final = {word: frozenset(group.split()) for group in _SAME for word in group.split()}
