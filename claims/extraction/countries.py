"""Names of countries and states, in small letters: "the country" may mean one of them, "the city" none."""

from typing import Final

_NAMES: Final = """
afghanistan, albania, algeria, andorra, angola, argentina, armenia, australia, austria, azerbaijan,
bahamas, bahrain, bangladesh, barbados, belarus, belgium, belize, benin, bhutan, bolivia, bosnia,
botswana, brazil, brunei, bulgaria, burkina faso, burundi, cambodia, cameroon, canada, chad, chile,
china, colombia, congo, costa rica, croatia, cuba, cyprus, czech republic, czechia, denmark,
djibouti, dominican republic, ecuador, egypt, el salvador, england, eritrea, estonia, eswatini,
ethiopia, fiji, finland, france, gabon, gambia, georgia, germany, ghana, great britain, greece,
grenada, guatemala, guinea, guyana, haiti, honduras, hungary, iceland, india, indonesia, iran, iraq,
ireland, israel, italy, ivory coast, jamaica, japan, jordan, kazakhstan, kenya, kiribati, kosovo,
kuwait, kyrgyzstan, laos, latvia, lebanon, lesotho, liberia, libya, liechtenstein, lithuania,
luxembourg, madagascar, malawi, malaysia, maldives, mali, malta, mauritania, mauritius, mexico,
moldova, monaco, mongolia, montenegro, morocco, mozambique, myanmar, namibia, nauru, nepal,
netherlands, new zealand, nicaragua, niger, nigeria, north korea, north macedonia, norway, oman,
pakistan, palau, palestine, panama, papua new guinea, paraguay, peru, philippines, poland, portugal,
qatar, romania, russia, rwanda, samoa, san marino, saudi arabia, scotland, senegal, serbia,
seychelles, sierra leone, singapore, slovakia, slovenia, somalia, south africa, south korea, south
sudan, spain, sri lanka, sudan, suriname, sweden, switzerland, syria, taiwan, tajikistan, tanzania,
thailand, togo, tonga, trinidad, tunisia, turkey, turkmenistan, tuvalu, u.k., u.s., u.s.a., uganda,
uk, ukraine, united arab emirates, united kingdom, united states, uruguay, us, usa, uzbekistan,
vanuatu, vatican, venezuela, vietnam, wales, yemen, zambia, zimbabwe
"""
COUNTRIES: Final = frozenset(" ".join(name.split()) for name in _NAMES.split(","))

_STATES: Final = """
alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, georgia, hawaii,
idaho, illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan,
minnesota, mississippi, missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico,
new york, north carolina, north dakota, ohio, oklahoma, oregon, pennsylvania, rhode island,
south carolina, south dakota, tennessee, texas, utah, vermont, virginia, washington, west virginia,
wisconsin, wyoming, new south wales, queensland, victoria, tasmania, bavaria, saxony, punjab, kerala
"""
STATES: Final = frozenset(" ".join(name.split()) for name in _STATES.split(","))
