"""Made-up rows of the table of events, in SQL: so many, and of which a share differs after."""

from flows.tables import COLUMNS

# Row n of 1.4 KB of text; what differs after is decided by k = hash(n): 1 % a number, 0.7 % other actors and an
# offset, 0.3 % a lost row and, under other ids, as many new ones.
VALUES = {
    "event_id": "left(md5(concat('e', {id})), 16)",
    "article_id": "left(md5(concat('a', n // 3)), 16)",
    "url": "concat('https://news', n % 97, '.example/story/', n // 3)",
    "publisher": "concat('Paper ', n % 97)",
    "title": "concat('Headline of story ', n // 3, ' about an attack near town ', n % 4001)",
    "language": "'en'",
    "published": "TIMESTAMPTZ '2021-01-01' + to_hours((n // 3) % 26280)",
    "published_text": "strftime(TIMESTAMP '2021-01-01' + to_hours((n // 3) % 26280), '%Y-%m-%dT%H:%M:%S+00:00')",
    "month": "strftime(TIMESTAMP '2021-01-01' + to_hours((n // 3) % 26280), '%Y-%m')",
    "event_type": "['air_strike', 'shelling', 'bombing', 'armed_assault', 'raid'][1 + n % 5]",
    "status": "['actual', 'reported', 'reported', 'alleged', 'historical'][1 + n % 5]",
    "is_aggregate": "n % 50 = 0",
    "attribution": "'stated'",
    "actors": "[{party}]",
    "targets": "[{target}]",
    "claimed_by": "[]::VARCHAR[]",
    "accused_by": "[]::VARCHAR[]",
    "denied_by": "[]::VARCHAR[]",
    "reported_by": "['police', 'a local council']",
    "civilian_targeting": "n % 3 = 0",
    "weapons": "[{{'text': 'shells', 'name': 'shell', 'id': 'shell', 'category': 'artillery'}}]",
    "place_text": "concat('Town ', n % 4001)",
    "place_name": "concat('Town ', n % 4001)",
    "place_id": "concat('geonames:', n % 4001)",
    "country": "'SYR'",
    "latitude": "30 + (n % 4001) / 500.0",
    "longitude": "35 + (n % 4001) / 400.0",
    "place_precision": "'exact'",
    "place_radius_km": "2.0",
    "other_places": "[]",
    "date_text": "'Monday'",
    "date_start": "DATE '2021-01-01' + ((n // 72) % 1095)::INTEGER",
    "date_end": "DATE '2021-01-01' + ((n // 72) % 1095)::INTEGER",
    "date_precision": "'day'",
    "date_source": "'relative'",
    "killed_low": "n % 9 + {more}",
    "killed_best": "n % 9 + {more}",
    "killed_high": "n % 9 + {more}",
    "counts": """[{{'what': 'killed', 'whom': 'villagers', 'side': 'civilians', 'low': n % 9 + {more},
        'best': n % 9 + {more}, 'high': n % 9 + {more}, 'form': 'exact', 'scope': 'event', 'source': NULL,
        'start': 60, 'end': 61}}]""",
    "sentence": "{sentence}",
    "sentences": "[{{'start': 0, 'end': length({sentence}), 'text': {sentence}}}]",
    "trigger": "'shelled'",
    "trigger_start": "20",
    "trigger_end": "27",
    "evidence": """concat('{{"event_type":[{{"start":20,"end":27,"text":"shelled","rule":"events.toml:shell"}}],',
        '"actors":[{{"start":{at},"end":19,"text":"Brigade ', n % 211,
        '","rule":"actors.toml:brigade-', n % 211 + {other}, '"}}],',
        '"targets":[{{"start":40,"end":49,"text":"villagers","rule":"actor_nouns.toml:civilians"}}],',
        '"place":[{{"start":66,"end":75,"text":"Town ', n % 4001, '","rule":"places:name"}}],',
        '"date":[{{"start":80,"end":86,"text":"Monday","rule":"dates:weekday"}}],',
        '"killed":[{{"start":60,"end":61,"text":"', n % 9 + {more},
        '","rule":"counts:', if({more} > 0, 'death-of', 'plain'), '"}}]}}')""",
    "confidence": "0.5 + (n % 50) / 100.0",
    "run_id": "'{run}'",
    "extractor_version": "'0.1.0 {run}'",
    "model_version": "'en_core 3.8.0'",
}
TARGET = """{'text': 'villagers', 'name': 'villagers', 'id': NULL, 'kind': 'civilians', 'country': NULL,
    'named': false}"""
SENTENCE = """concat('Fighters of Brigade ', n % 211, ' shelled the market of Town ', n % 4001,
    ' on Monday, killing ', n % 9, ' villagers, police said, in the attack number ', n, ' of this long war, which no one there expects to end.')"""
PARTY = """{'text': concat('Brigade ', n % 211), 'name': concat('Brigade ', n % 211 + {other}), 'id': NULL,
    'kind': 'militia', 'country': NULL, 'named': true}"""


def write_query(run: str, rows: int, changed: float) -> str:
    """The rows of one side; after, those with a small k differ."""
    after = run == "after"
    some, cuts = "hash(n) % 100000", [int(changed * 100_000 * share) for share in (0.5, 0.85, 1.0)]
    fill = {
        "more": f"if({some} < {cuts[0]}, 2, 0)" if after else "0",
        "other": f"if({some} BETWEEN {cuts[0]} AND {cuts[1] - 1}, 1, 0)" if after else "0",
        "at": f"', if({some} BETWEEN {cuts[0]} AND {cuts[1] - 1}, 9, 8), '" if after else "8",
        "id": f"if({some} BETWEEN {cuts[1]} AND {cuts[2] - 1} AND n % 2 = 0, -n, n)" if after else "n",
        "run": run,
        "sentence": SENTENCE,
        "target": TARGET,
    }
    fill["party"] = PARTY.replace("{other}", fill["other"])
    columns = (
        f'({VALUES[name].format(**fill) if name in VALUES else "NULL"})::{kind} AS "{name}"'
        for name, kind in COLUMNS["events"].items()
    )
    lost = f" WHERE NOT ({some} BETWEEN {cuts[1]} AND {cuts[2] - 1} AND n % 2 = 1)" if after else ""
    return f"SELECT {', '.join(columns)} FROM range({rows}) AS numbers(n){lost}"
