"""The closed lists of the event row. A new term goes here, into event-row.md and into every exporter."""

from typing import Literal

EventType = Literal[
    "air_strike",
    "missile_or_rocket_attack",
    "drone_attack",
    "shelling",
    "bombing",
    "suicide_bombing",
    "armed_assault",
    "armed_clash",
    "assassination",
    "execution",
    "abduction",
    "hijacking",
    "arson_or_sabotage",
    "sexual_violence",
    "violence_against_civilians",
    "riot",
    "protest",
    "arrest",
    "raid",
    "surrender",
    "release",
    "seizure",
    "shootdown",
    "deployment",
    "exercise_or_test",
    "ceasefire_or_agreement",
    "threat",
    "accusation_or_condemnation",
    "demand",
    "sanction",
    "other_attack",
]
Status = Literal[
    "actual",
    "reported",
    "alleged",
    "denied",
    "negated",
    "threatened",
    "planned",
    "attempted",
    "thwarted",
    "hypothetical",
    "historical",
    "generic",
    "exercise",
]
Attribution = Literal["stated", "claimed", "accused", "denied", "unknown"]
PartyKind = Literal[
    "state_military",
    "police",
    "government",
    "rebel_group",
    "militia",
    "criminal",
    "political",
    "civilians",
    "international",
    "media",
    "other",
    "unknown",
]
Strength = Literal["named", "platform", "trace", "vague", "verb"]
WeaponCategory = Literal[
    "ballistic_missile",
    "cruise_missile",
    "rocket",
    "artillery",
    "mortar",
    "drone",
    "air_strike",
    "aircraft",
    "armour",
    "naval",
    "small_arms",
    "grenade",
    "ied",
    "suicide_bomb",
    "car_bomb",
    "mine",
    "bomb",
    "melee",
    "arson",
    "chemical",
    "crowd_control",
    "cyber",
    "other",
]
PlacePrecision = Literal["exact", "near", "district", "province", "region", "country", "sea_or_air"]
DatePrecision = Literal["day", "days", "week", "month", "year", "span"]
DateSource = Literal["explicit", "relative", "dateline", "published"]
CountWhat = Literal[
    "killed", "injured", "abducted", "detained", "surrendered", "missing", "displaced", "present"
]
CountSide = Literal["actor", "target", "civilians", "unknown"]
CountForm = Literal["exact", "at_least", "up_to", "about", "range", "vague"]
CountScope = Literal["event", "part", "running_total"]
MentionLabel = Literal["actor", "weapon", "place", "date", "count"]
