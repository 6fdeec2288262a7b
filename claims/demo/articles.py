"""The demo's texts: our own words on real events, by an invented newspaper, with invented addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DemoArticle:
    url: str
    title: str
    published_on: date
    text: str


@dataclass(frozen=True)
class DemoSource:
    key: str
    url: str
    title: str
    publisher: str
    kind: str
    published_on: date
    text: str
    gone: bool = False


PUBLISHER = "Harbour Gazette (demo)"

SUMMIT = DemoArticle(
    url="https://harbour-gazette.example/2019/06/osaka-talks",
    title="Arms treaties hang in the balance after Osaka talks",
    published_on=date(2019, 6, 28),
    text="""\
Donald Trump and Vladimir Putin talked for about 80 minutes in Osaka on Friday, at the G20 summit. \
The White House said that both presidents want to keep talking about arms control.

Russia still holds 24 Ukrainian sailors whom it captured near the Kerch Strait in November 2018. \
Kyiv calls them prisoners of war, and an international court ordered Moscow in May to release them.

The New START treaty will expire in February 2021 unless Washington and Moscow extend it. \
It caps each side at 1,550 deployed strategic warheads. \
The older Intermediate-Range Nuclear Forces Treaty will end in August because the United States has withdrawn.

"We want China to be part of the next agreement," Trump told reporters after the meeting. \
Kremlin spokesman Dmitry Peskov said Putin had invited Trump to Moscow for the Victory Day parade in May 2020.

Was it a good day for diplomacy?
""",
)

EXCHANGE = DemoArticle(
    url="https://harbour-gazette.example/2019/09/prisoner-exchange",
    title="Seventy prisoners fly home as Moscow and Kyiv swap captives",
    published_on=date(2019, 9, 8),
    text="""\
Russia and Ukraine exchanged 35 prisoners each on Saturday. \
The sailors captured near the Kerch Strait were among those who landed at Boryspil airport outside Kyiv.

President Volodymyr Zelensky met the aircraft and called the exchange a first step towards ending the war. \
The film director Oleg Sentsov, who had spent five years in Russian prisons, was released as well.

The United States formally left the Intermediate-Range Nuclear Forces Treaty on August 2. \
New START is now the only treaty that limits the nuclear arsenals of Russia and the United States.

Economists at the country's central bank expect the Ukrainian economy to grow by 3.5 percent in 2019.
""",
)

SOURCES = (
    DemoSource(
        "tribunal",
        "https://sea-tribunal.example/orders/2019-05-25",
        "Order on the release of three naval vessels and their crews",
        "Tribunal of the Sea (demo)",
        "official",
        date(2019, 5, 25),
        "The tribunal orders that the three vessels be released at once. "
        "The 24 detained servicemen shall be released and allowed to return to Ukraine. "
        "Both parties shall refrain from anything that could aggravate the dispute.",
    ),
    DemoSource(
        "lawyers",
        "https://defence-lawyers.example/updates/lefortovo",
        "Update from the sailors' lawyers",
        "Defence lawyers' group (demo)",
        "primary",
        date(2019, 6, 26),
        "All 24 sailors are still held in Moscow. A court has prolonged their detention until late July. "
        "Their lawyers have asked again for their release.",
    ),
    DemoSource(
        "arrival",
        "https://presidency.example/news/arrival-boryspil",
        "Thirty-five citizens are home",
        "Office of the President (demo)",
        "official",
        date(2019, 9, 7),
        "This afternoon 35 citizens returned to Ukraine. "
        "Among them are the 24 sailors detained in November 2018. "
        "The aircraft landed at Boryspil at half past one.",
    ),
    DemoSource(
        "treaty",
        "https://treaty-archive.example/new-start",
        "New START: text and status",
        "Treaty Archive (demo)",
        "official",
        date(2011, 2, 5),
        "The treaty entered into force on 5 February 2011 and remains in force for ten years. "
        "The parties may extend it for no more than five years. "
        "Each party shall have no more than 1,550 deployed warheads.",
    ),
    DemoSource(
        "extension",
        "https://treaty-archive.example/new-start/extension-2021",
        "Exchange of notes on the extension of New START",
        "Treaty Archive (demo)",
        "official",
        date(2021, 2, 3),
        "The parties exchanged notes on 3 February 2021. The treaty is extended until 4 February 2026.",
    ),
    DemoSource(
        "agency",
        "https://old-wire.example/2019/06/28/invitation",
        "Wire report on the invitation to Moscow",
        "Old Wire (demo)",
        "media",
        date(2019, 6, 28),
        "",
        gone=True,
    ),
)
