"""Word lists of general English that the steps share; nothing here names a person, place or topic."""

from typing import Final

from claims.extraction.wordset import word_set

TITLES: Final = word_set(
    "mr mrs ms dr prof sir dame lord lady rev fr sr jr gen lt col maj capt cpl sgt adm cmdr sen rep gov"
    " sens reps govs profs drs"
    " pres hon amb messrs mme mlle pvt det insp supt"
)
COURTESIES: Final = word_set("mr mrs ms miss mme mlle")
ABBREVIATIONS: Final = word_set(
    "st jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun vs etc inc ltd co"
    " corp bros dept est no nos vol pp ed eds fig approx ca cf al i.e e.g a.m p.m ave blvd rd mt ft univ"
    " assn intl natl govt calif fla tex mass conn ariz colo ill ind kan minn mo mont neb nev okla ore pa"
    " tenn va wash wis"
)

POSITIONS: Final = word_set(
    "want wish hope plan intend aim seek propose oppose support back favor favour demand urge call"
    " promise pledge vow agree refuse decline reject endorse advocate prefer believe fear worry object"
    " condemn criticize criticise praise welcome accuse recommend request insist ask threaten commit"
    " consider deny dispute approve disapprove welcome expect"
)

PERSON_NOUNS: Final = word_set(
    "man woman boy girl child baby person student teacher president minister mayor senator congressman"
    " congresswoman governor chancellor king queen prince princess leader chief chairman chairwoman"
    " chairperson chair director spokesman spokeswoman spokesperson official officer judge lawyer attorney"
    " prosecutor defendant suspect victim witness doctor nurse patient professor scientist researcher"
    " author writer journalist reporter editor actor actress singer artist player coach captain manager"
    " goalkeeper defender striker midfielder referee champion candidate lawmaker politician activist"
    " blogger critic expert analyst economist engineer founder co-founder executive ceo owner employee"
    " worker father mother son daughter brother sister husband wife widow parent uncle aunt cousin"
    " grandfather grandmother friend neighbor neighbour soldier sailor general colonel commander pilot"
    " driver astronaut resident citizen voter farmer priest bishop pope imam rabbi billionaire businessman"
    " businesswoman nominee ambassador envoy diplomat representative secretary administrator commissioner"
    " councillor councilor deputy pedestrian passerby poster user gunman attacker driver cosplayer"
    " illustrator poet novelist composer director detective sergeant constable inspector bookkeeper"
    " accountant architect designer curator conductor cyclist rider runner swimmer skier boxer sprinter"
    " auditor treasurer comptroller councilman councilwoman alderman assemblyman assemblywoman selectman"
    " legislator delegate speaker premier sheriff trooper superintendent trustee ombudsman clerk negotiator"
    " adviser advisor aide strategist pollster consultant lobbyist donor organizer organiser operative"
    " staffer columnist correspondent moderator photographer historian economist biologist physicist chemist"
    " psychologist sociologist physician surgeon paramedic firefighter policeman policewoman lieutenant"
    " admiral archbishop cardinal pastor rabbi musician comedian producer filmmaker athlete teammate"
    " retiree pensioner teenager"
)
# What a person may be called in passing by news prose, whatever the office: "the native", "the tycoon".
EPITHETS: Final = word_set(
    "native mogul tycoon magnate billionaire millionaire businessman businesswoman developer entrepreneur"
    " nominee candidate hopeful contender front-runner frontrunner challenger incumbent republican democrat"
    " conservative liberal lawmaker politician veteran newcomer socialist libertarian senator congressman"
    " congresswoman governor statesman star actor actress singer novelist economist physicist footballer"
    " midfielder striker defender goalkeeper surgeon neurosurgeon"
)
# What a title tells of its bearer.
TITLE_ROLES: Final = {
    "sen": ("senator", "lawmaker"),
    "rep": ("representative", "lawmaker", "congressman", "congresswoman"),
    "gov": ("governor",),
    "dr": ("doctor",),
    "prof": ("professor",),
    "pres": ("president",),
    "lt": ("lieutenant", "officer"),
    "gen": ("general",),
    "sgt": ("sergeant", "officer"),
}
FEMALE_NOUNS: Final = word_set(
    "woman girl congresswoman queen princess chairwoman spokeswoman actress mother daughter sister wife"
    " widow aunt grandmother businesswoman lady girlfriend businesswoman niece heroine policewoman"
    " councilwoman assemblywoman"
)
MALE_NOUNS: Final = word_set(
    "man boy congressman king prince chairman spokesman father son brother husband uncle grandfather"
    " businessman pope gentleman boyfriend nephew gunman priest policeman widower councilman alderman"
    " assemblyman"
)
FEMALE_TITLES: Final = word_set("mrs ms miss mme mlle dame lady")
MALE_TITLES: Final = word_set("mr sir lord")

ORGANISATION_NOUNS: Final = word_set(
    "company firm corporation agency organization organisation group party team club committee commission"
    " council government administration ministry department court university school college hospital bank"
    " newspaper network union association board police army military force church parliament congress"
    " senate house camp side manufacturer airline carrier retailer publisher broadcaster coalition"
    " alliance institute foundation panel office pac fund league federation society museum library times post"
    " journal tribune herald gazette news bureau authority"
)
# Last words of the names of firms.
FIRM_WORDS: Final = word_set(
    "mutual inc corp corporation ltd llc plc holdings partners industries motors airlines airways"
    " pharmaceuticals pharma technologies systems energy gas oil power steel mining foods enterprises"
    " associates bros securities capital insurance analytics media pictures studios telecom software"
    " laboratories logistics financial petroleum electric utilities"
)
PLACE_NOUNS: Final = word_set(
    "country nation state city town village region province district county island continent territory"
)

# "The company" may stand for a name the parser calls an organisation, and so on.
NOUNS_OF_TYPE: Final = {
    "ORG": word_set("company firm corporation organization organisation group"),
    "GPE": word_set("country nation state city town village"),
}
FACILITIES: Final = word_set(
    "centre center hall stadium arena park building theatre theater museum gallery office hotel grounds"
)
_MONTHS: Final = (
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept"
    "|october oct|november nov|december dec"
)
MONTHS: Final = {
    name: number for number, names in enumerate(_MONTHS.split("|"), start=1) for name in names.split()
}
_WEEKDAYS: Final = (
    "monday mon|tuesday tue tues|wednesday wed|thursday thu thurs|friday fri|saturday sat|sunday sun"
)
WEEKDAYS: Final = {
    name: number for number, names in enumerate(_WEEKDAYS.split("|")) for name in names.split()
}
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
    "event festival expo exhibition fair conference summit convention election championship tournament"
    " cup games olympics marathon race ceremony parade concert carnival trial referendum"
)
_SAME: Final = (
    "treaty pact deal agreement accord|film movie|company firm corporation|attack assault raid|car vehicle"
    "|child baby infant|newspaper paper|law legislation act bill measure statute ordinance proposition"
    "|airplane plane aircraft|ship vessel boat|poll survey|vote ballot|storm hurricane typhoon|match game"
    "|breach intrusion hack|blast explosion|fire blaze|quake earthquake|crash collision accident"
    "|shooting massacre|killing murder slaying|ruling decision verdict|lawsuit suit|increase rise hike"
    "|committee panel subcommittee|study trial|drug medicine medication|vaccine shot|village town"
    "|plan proposal|speech address|cut reduction|protest demonstration"
)
SYNONYMS: Final = {word: frozenset(group.split()) for group in _SAME.split("|") for word in group.split()}
