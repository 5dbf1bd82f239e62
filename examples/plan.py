"""What the examples must add up to: the figures that GB.300/TC (October 2007) prints.

The paper prints few of the numbers; the others are chosen so that its statements hold: 2006 is the
record, every region and sector grew on 2005, the local share peaked in 2005.
"""

YEARS = range(2000, 2008)

TOTAL_USD = {
    2000: 98_500_000,
    2001: 126_200_000,
    2002: 139_800_000,
    2003: 149_600_000,
    2004: 154_800_000,
    2005: 177_100_000,
    2006: 243_000_000,
    2007: 186_400_000,
}
LOCAL_PER_MILLE = {
    2000: 70,
    2001: 90,
    2002: 110,
    2003: 170,
    2004: 290,
    2005: 440,
    2006: 280,
    2007: 330,
}
CENTRAL_COUNT = {
    2000: 80,
    2001: 90,
    2002: 95,
    2003: 100,
    2004: 105,
    2005: 125,
    2006: 150,
    2007: 130,
}
LOCAL_COUNT = {
    2000: 190,
    2001: 210,
    2002: 230,
    2003: 255,
    2004: 270,
    2005: 320,
    2006: 350,
    2007: 300,
}

REGION_PER_MILLE = {
    2005: {
        "asia-and-the-pacific": 340,
        "africa": 260,
        "interregional": 175,
        "latin-america-and-the-caribbean": 120,
        "europe-and-central-asia": 75,
        "arab-states": 30,
    },
    2006: {
        "asia-and-the-pacific": 330,
        "africa": 256,
        "interregional": 194,
        "latin-america-and-the-caribbean": 100,
        "europe-and-central-asia": 70,
        "arab-states": 50,
    },
}
"""Other years have the shares of 2005."""
LOCAL_REGION_PER_MILLE = {
    "asia-and-the-pacific": 430,
    "africa": 270,
    "latin-america-and-the-caribbean": 180,
    "europe-and-central-asia": 75,
    "arab-states": 45,
}
"""How the locally mobilised part falls on the regions; field offices mobilise for their own."""
SECTOR_PER_MILLE = {
    2005: {
        "standards": 410,
        "employment": 330,
        "social-protection": 150,
        "social-dialogue": 110,
    },
    2006: {
        "standards": 382,
        "employment": 368,
        "social-protection": 140,
        "social-dialogue": 110,
    },
}
SECTOR_WEIGHTS = {"standards": 38, "employment": 34, "social-protection": 16, "social-dialogue": 12}

LEADING_DONORS_USD = {
    2000: {"netherlands": 14_000_000, "united-states": 24_000_000},
    2001: {"netherlands": 18_000_000, "united-states": 38_000_000},
    2002: {"netherlands": 17_000_000, "united-states": 36_000_000},
    2003: {"netherlands": 20_000_000, "united-states": 35_000_000},
    2004: {"netherlands": 22_000_000, "united-states": 34_000_000},
    2005: {"netherlands": 27_000_000, "united-states": 31_000_000},
    2006: {"netherlands": 72_400_000, "united-states": 43_600_000},
    2007: {"netherlands": 24_000_000, "united-states": 36_000_000},
}
OFFICE_WEIGHTS = {
    "bangkok": 24,
    "jakarta": 13,
    "suva": 4,
    "addis_ababa": 16,
    "dakar": 10,
    "lima": 12,
    "brasilia": 8,
    "beirut": 6,
    "moscow": 7,
}
DWCP_PERCENT = {2004: 10, 2005: 35, 2006: 45, 2007: 52}
"""Chance that a country's approval names an outcome of its Decent Work Country Programme."""

FORECAST_USD = {
    "headquarters": (
        ("european-commission", 9_200_000),
        ("netherlands", 30_000_000),
        ("united-states", 35_000_000),
        ("united-kingdom", 18_000_000),
        ("norway", 14_000_000),
        ("denmark", 10_000_000),
        ("sweden", 12_000_000),
        ("italy", 6_000_000),
        ("ireland", 5_000_000),
        ("gates-foundation", 4_000_000),
    ),
    "bangkok": (
        ("european-commission", 8_000_000),
        ("european-commission", 6_000_000),
        ("undp", 3_000_000),
    ),
    "jakarta": (("european-commission", 6_000_000), ("australia", 2_000_000)),
    "addis_ababa": (
        ("european-commission", 7_000_000),
        ("european-commission", 4_000_000),
        ("undp", 4_000_000),
    ),
    "dakar": (("european-commission", 5_000_000), ("france", 2_000_000)),
    "lima": (("european-commission", 5_000_000), ("spain", 4_000_000)),
}
"""The forecast for 2007 as known by the end of 2006: US$199 million in all, US$50.2 million of it
from the European Commission, US$41 million of that negotiated in the field."""
