"""From a merged draft to the row of event-row.md, every value with its words and its rule."""

from collections.abc import Mapping, Sequence

from extractors.draft import Draft
from extractors.parties import PartyMention
from extractors.perpetrators import INFERRED
from extractors.sheet import Sheet
from extractors.tallies import count_people
from extractors.totals import Total, total_people
from models.article import Article, digest
from models.event import Count, EventRow, Evidence, OtherPlace, Told
from models.mention import ActorValue, Mention, PlaceValue
from models.terms import Attribution

CIVIL = frozenset({"civilians", "media"})


def build_row(
    draft: Draft, sheet: Sheet, article: Article, versions: tuple[str, str], number: int
) -> EventRow:
    """The row of one event; `number` is its place among events of its type in the same evidence sentence."""
    best = best_sentence(draft, sheet)
    sentence = tell(best, sheet)
    counts = count_people(draft, sheet)
    columns = {
        "event_id": digest(article.key, normalise(sentence.text), draft.type, str(number)),
        **describe_article(article),
        **describe_event(draft),
        **describe_sources(draft),
        **describe_place(draft),
        **describe_date(draft),
        **name_total("killed", total_people("killed", draft, sheet)),
        **name_total("injured", total_people("injured", draft, sheet)),
        "counts": tuple(counts),
        "sentence": sentence.text,
        "sentences": tuple(tell(n, sheet) for n in draft.sentences),
        **describe_trigger(draft, best, sheet),
        "evidence": gather_evidence(draft, counts, sheet),
        "confidence": draft.confidence,
        "extractor_version": versions[0],
        "model_version": versions[1],
    }
    return EventRow.model_validate(columns)


def describe_event(draft: Draft) -> dict[str, object]:
    """The columns that say what happened, who did it to whom, and with what."""
    return {
        "event_type": draft.type,
        "status": draft.status,
        "is_aggregate": draft.is_aggregate,
        **name_attacks(draft),
        "actors": tuple(p.party for p in draft.actors),
        "targets": tuple(p.party for p in draft.targets),
        "civilian_targeting": aims_at_civilians(draft.targets),
        "weapons": tuple(u.weapon for u in draft.weapons),
    }


def describe_sources(draft: Draft) -> dict[str, object]:
    """The columns that say how the actor is known and who says so."""
    sources = draft.sources
    return {
        "attribution": attribute(draft),
        "claimed_by": unique(sources.claimed_by),
        "accused_by": unique(sources.accused_by),
        "denied_by": unique(sources.denied_by),
        "reported_by": unique(sources.reported_by),
    }


def describe_trigger(draft: Draft, best: int, sheet: Sheet) -> dict[str, object]:
    """The columns of the event word in the evidence sentence."""
    span = next(t.span for t in draft.triggers if sheet.sentence_of[t.head.i] == best)
    return {"trigger": span.text, "trigger_start": span.start_char, "trigger_end": span.end_char}


def best_sentence(draft: Draft, sheet: Sheet) -> int:
    """The sentence that tells most of the event: most of its words, parties, numbers, places and dates."""

    def richness(number: int) -> int:
        span = sheet.sentences[number]
        starts = [
            *(p.start for p in (*draft.actors, *draft.targets)),
            *(u.start for u in draft.weapons),
            *(c.start for c in draft.casualties),
            *(m.start for m in draft.places),
            *([draft.date.start] if draft.date else []),
        ]
        return sum(span.start_char <= start < span.end_char for start in starts)

    told = [n for n in draft.sentences if any(sheet.sentence_of[t.head.i] == n for t in draft.triggers)]
    return max(told, key=lambda n: (richness(n), -n))


def tell(number: int, sheet: Sheet) -> Told:
    """A sentence of the text, without the white space around it."""
    span = sheet.sentences[number]
    written = sheet.text[span.start_char : span.end_char]
    text = written.strip() or written
    start = span.start_char + written.index(text)
    return Told(start=start, end=start + len(text), text=text)


def normalise(sentence: str) -> str:
    """Lower case and single spaces: a changed layout is no new event."""
    return " ".join(sentence.casefold().split())


def describe_article(article: Article) -> dict[str, object]:
    """The columns that say where it was read."""
    names = ("url", "publisher", "title", "language", "published")
    return {"article_id": article.article_id, **{name: getattr(article, name) for name in names}}


def describe_place(draft: Draft) -> dict[str, object]:
    """The columns of the event's own place and the places beside it, or of the country that the article is about."""
    places = draft.places
    if not places and draft.context is not None and isinstance(draft.context.value, PlaceValue | ActorValue):
        return {"country": draft.context.value.country, "place_precision": "country"}
    if not places or not isinstance(places[0].value, PlaceValue):
        return {}
    main = places[0].value
    return {
        "place_text": places[0].text,
        "place_name": main.name,
        "place_id": main.id,
        "admin1": main.admin1,
        "admin2": main.admin2,
        "country": main.country,
        "latitude": main.latitude,
        "longitude": main.longitude,
        "place_precision": main.precision,
        "place_radius_km": main.radius_km,
        "other_places": tuple(p for m in places[1:] if (p := describe_other(m)) is not None),
    }


def describe_other(mention: Mention) -> OtherPlace | None:
    """A further place of the event."""
    value = mention.value
    if not isinstance(value, PlaceValue):
        return None
    return OtherPlace(
        text=mention.text,
        name=value.name,
        id=value.id,
        latitude=value.latitude,
        longitude=value.longitude,
        country=value.country,
        admin1=value.admin1,
        admin2=value.admin2,
        precision=value.precision,
        radius_km=value.radius_km,
    )


def describe_date(draft: Draft) -> dict[str, object]:
    """The columns of the event's date."""
    if draft.interval is None:
        return {}
    return {
        "date_text": draft.date.text if draft.date else None,
        "date_start": draft.interval.start,
        "date_end": draft.interval.end,
        "date_precision": draft.interval.precision,
        "date_source": draft.interval.source,
    }


def name_total(what: str, total: Total) -> dict[str, int | None]:
    """The three columns of a total."""
    return {f"{what}_low": total.low, f"{what}_best": total.best, f"{what}_high": total.high}


def name_attacks(draft: Draft) -> dict[str, int | None]:
    """The three columns of an aggregate's number of incidents."""
    if draft.attacks is None:
        return {}
    value = draft.attacks
    return {"attacks_low": value.low, "attacks_best": value.best, "attacks_high": value.high}


def attribute(draft: Draft) -> Attribution:
    """How the actor is known: by claim, by accusation, or because the text says so; `denied` if the actor denies it.

    `unknown` where no sentence says who did it, and the actor was only linked to it.
    """
    told = draft.sources.attribution
    names = {name for p in draft.actors for name in (p.party.name, p.party.text)}
    if told == "denied" and draft.actors and names.isdisjoint(draft.sources.denied_by):
        return "stated"
    return told or ("stated" if any(not p.rule.startswith(INFERRED) for p in draft.actors) else "unknown")


def aims_at_civilians(targets: Sequence[PartyMention]) -> bool | None:
    """Whether civilians are the main or only target; unknown without targets."""
    if not targets:
        return None
    return sum(p.party.kind in CIVIL for p in targets) * 2 > len(targets)


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names, each once, in order."""
    return tuple(dict.fromkeys(names))


def gather_evidence(draft: Draft, counts: Sequence[Count], sheet: Sheet) -> dict[str, tuple[Evidence, ...]]:
    """Field -> spans and rules; lists in the order of the row's lists."""
    text = sheet.text
    found: dict[str, list[Evidence]] = {
        "event_type": [
            cite(text, t.span.start_char, t.span.end_char, f"events.toml:{t.rule}") for t in draft.triggers
        ],
        "status": list(draft.status_cues),
        "actors": [cite_party(text, p) for p in draft.actors],
        "targets": [cite_party(text, p) for p in draft.targets],
        "weapons": [cite(text, u.start, u.end, u.rule) for u in draft.weapons],
        "place": [cite(text, m.start, m.end, m.rule) for m in draft.places[:1]]
        or cite_context(text, draft.context),
        "other_places": [cite(text, m.start, m.end, m.rule) for m in draft.places[1:]],
        "date": [cite(text, m.start, m.end, m.rule) for m in ([draft.date] if draft.date else [])],
        "attribution": list(draft.sources.evidence),
        "attacks": [cite(text, *draft.attacks_at, "quantities:counted")] if draft.attacks_at else [],
    }
    rules: Mapping[tuple[int, int], str] = {(c.start, c.end): c.rule for c in draft.casualties}
    for count in counts:
        rule = rules[count.start, count.end]
        found.setdefault(count.what, []).append(cite(text, count.start, count.end, rule))
    return {field: tuple(spans) for field, spans in found.items() if spans}


def cite_context(text: str, source: Mention | None) -> list[Evidence]:
    """The words that tell the country of an event without a place."""
    return (
        [] if source is None else [cite(text, source.start, source.end, f"context:country -> {source.rule}")]
    )


def cite_party(text: str, item: PartyMention) -> Evidence:
    """The words of a party and the rule that read them; a reference names where it points."""
    rule = item.rule if item.reference is None else f"{item.rule} -> {item.reference.rule}"
    return cite(text, item.start, item.end, rule)


def cite(text: str, start: int, end: int, rule: str) -> Evidence:
    """The words between two offsets, and the rule that read them."""
    return Evidence(start=start, end=end, text=text[start:end], rule=rule)
