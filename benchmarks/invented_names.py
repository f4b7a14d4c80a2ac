"""What invented nights are made of: real places; parties and sources that do not exist."""

# Name, province, country, latitude, longitude, how often; a second weight counts in the last week.
PLACES = (
    ("Kharkiv", "Kharkiv oblast", "UKR", 49.98, 36.25, 9, 9),
    ("Kherson", "Kherson oblast", "UKR", 46.64, 32.61, 6, 15),
    ("Pokrovsk", "Donetsk oblast", "UKR", 48.28, 37.18, 8, 3),
    ("Belgorod", "Belgorod oblast", "RUS", 50.6, 36.59, 3, 3),
    ("Odesa", "Odesa oblast", "UKR", 46.48, 30.73, 3, 3),
    ("Gaza", "Gaza Strip", "PSE", 31.5, 34.47, 8, 8),
    ("Rafah", "Gaza Strip", "PSE", 31.29, 34.25, 5, 1),
    ("Tyre", "South", "LBN", 33.27, 35.2, 3, 6),
    ("Idlib", "Idlib", "SYR", 35.93, 36.63, 3, 3),
    ("El Fasher", "North Darfur", "SDN", 13.63, 25.35, 5, 11),
    ("Khartoum", "Khartoum", "SDN", 15.5, 32.56, 5, 2),
    ("Goma", "North Kivu", "COD", -1.68, 29.22, 4, 4),
    ("Bunia", "Ituri", "COD", 1.57, 30.24, 3, 3),
    ("Maiduguri", "Borno", "NGA", 11.85, 13.16, 4, 4),
    ("Ménaka", "Ménaka", "MLI", 15.92, 2.4, 3, 3),
    ("Sittwe", "Rakhine", "MMR", 20.15, 92.9, 2, 2),
    ("Quetta", "Balochistan", "PAK", 30.18, 66.98, 2, 2),
    ("Arauca", "Arauca", "COL", 7.08, -70.76, 2, 2),
)
ACTORS = (
    ("northern-command", "Northern Command", "state_military"),
    ("free-valley-front", "Free Valley Front", "rebel_group"),
    ("river-brigades", "River Brigades", "militia"),
    ("coast-guard-corps", "Coast Guard Corps", "state_military"),
    ("black-ridge-column", "Black Ridge Column", "rebel_group"),
    ("union-police", "Union Police", "police"),
    ("dry-lake-group", "Dry Lake Group", "criminal"),
)
LATECOMERS = (("seventh-dawn", "Seventh Dawn", "rebel_group"),)
NEWCOMER = ("lone-shore-cell", "Lone Shore Cell", "militia")
TYPES = (
    ("drone_attack", 9, "drone", "drone"),
    ("shelling", 8, "howitzer", "artillery"),
    ("air_strike", 6, "glide bomb", "bomb"),
    ("armed_clash", 5, "rifle", "small_arms"),
    ("missile_or_rocket_attack", 4, "rocket", "rocket"),
    ("bombing", 3, "roadside bomb", "ied"),
    ("armed_assault", 4, "rifle", "small_arms"),
    ("abduction", 1, "", ""),
)
SOURCES = ("alder-post", "gulf-wire", "meridian-daily", "harbour-radio", "plateau-news")
