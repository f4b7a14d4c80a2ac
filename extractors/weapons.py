"""Weapons, munitions and platforms: lexicon forms, with the modifiers that belong to them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from extractors.phrases import Phrases, compile_phrases, read_text
from models.inflection import plural_of
from models.lexicon import Entry, WeaponEntry
from models.mention import Mention, WeaponValue

SHIP = "named-ship"  # the entry whose forms are prefixes (USS, HMS): the name follows
NAMES = frozenset({"PERSON", "ORG", "FAC", "WORK_OF_ART", "EVENT", "LAW"})
NOT_NOUNS = frozenset({"VERB", "AUX", "PRON", "ADV", "ADP", "DET"})
ATTACKS = frozenset({"air-strike", "bombardment"})  # after a weapon they only say that it was used
PARTICLES = frozenset({"of", "de", "la", "the", "al", "el", "von", "van"})
ORIGINS = frozenset({"made", "built", "designed", "supplied", "style", "type", "era"})
CALIBRE = re.compile(
    r"(?<![\w.,-])(?:\.\d{2,3}(?:LR)?|\.?\d[\d.,]*[ -]?(?:mm|millimet(?:er|re)|cal(?:iber|ibre|\.)?|gauge"
    r"|bore|inch|pound|lb|kg|kilo|kilogram(?:me)?|tonne|ton))[ -]$",
    re.IGNORECASE,
)
MASS = r"\d[\d.,]*[ -]?(?:kg|kgs|kilos?|kilograms?|grams?|pounds?|lbs?|tons?|tonnes?)(?: [a-z]+)? of "
AMOUNT = re.compile(rf"(?<![\w.,-]){MASS}$", re.IGNORECASE)  # a mass counts no weapons
ABOUT = r"(?:[a-z]+ ){0,2}"
WINDOW = 100  # characters before explosives in which their carrier stands
QUANTIFIERS = frozenset(
    {"several", "many", "few", "numerous", "multiple", "various", "other", "another", "more"}
)
SELECTORS = frozenset(
    {"such", "same", "own", "new", "recent", "further", "last", "next", "alleged", "apparent"}
)


@dataclass(frozen=True, slots=True)
class WeaponLexicon:
    """Compiled forms, phrases in which a form means something else, entries by id, carriers before their load."""

    phrases: Phrases
    other_senses: Phrases
    entries: Mapping[str, WeaponEntry]
    laden: Mapping[str, re.Pattern[str]]


def compile_weapons(entries: Mapping[str, WeaponEntry]) -> WeaponLexicon:
    """Matchers for the entries' forms, hyphenated or not, and for the phrases that are no weapon."""
    forms = {
        name: Entry(aliases=vary_hyphens(entry.forms()), exact=vary_hyphens(entry.exact))
        for name, entry in entries.items()
    }
    others = {
        name: Entry(aliases=vary_hyphens((*entry.unless, *map(plural_of, entry.unless))))
        for name, entry in entries.items()
        if entry.unless
    }
    laden = {name: compile_carriers(entry) for name, entry in entries.items() if entry.carriers}
    return WeaponLexicon(compile_phrases(forms), compile_phrases(others), entries, laden)


def compile_carriers(entry: WeaponEntry) -> re.Pattern[str]:
    """What ends before explosives and makes one weapon with them: "truck bomb loaded with over 100 kg of"."""
    carriers = "|".join(map(re.escape, (*entry.carriers, *map(plural_of, entry.carriers))))
    loads = "|".join(map(re.escape, entry.loads))
    return re.compile(
        rf"\b(?:{carriers})(?:[ -]bombs?)?,? (?:{loads}) (?:{ABOUT}{MASS})?(?:[a-z-]+ )?$", re.IGNORECASE
    )


def vary_hyphens(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms, with spaces for hyphens between words, hyphens for spaces, and designations in one word."""
    return tuple(sorted({variant for form in forms for variant in vary_hyphen(form)}))


def vary_hyphen(form: str) -> tuple[str, ...]:
    """Car-bomb, car bomb; MiG-29, MiG29, but never "A 10" for A-10, which any text holds."""
    spaced = re.sub(r"(?<=[^\W\d]{2})-(?=[^\W\d]{2})", " ", form)
    joined = re.sub(r"(?<=[^\W\d]{2})-(?=\d)", "", form)
    return form, spaced, joined, form.replace(" ", "-")


def find_weapons(doc: Doc, lexicon: WeaponLexicon) -> list[Mention]:
    """Every weapon, munition and platform that the text names, in text order, without overlap."""
    senses = find_other_senses(doc, lexicon)
    spans = [
        span
        for span in lexicon.phrases.find(doc)
        if not any(span.start < end and start < span.end for start, end in senses.get(span.label_, ()))
        and is_weapon(span, lexicon.entries[span.label_])
    ]
    text = read_text(doc)
    return join_loads(text, [make_mention(text, group, lexicon) for group in join_compounds(spans)], lexicon)


def join_loads(text: str, mentions: Iterable[Mention], lexicon: WeaponLexicon) -> list[Mention]:
    """The mentions, a carrier and its explosives as one: "truck rigged with dynamite" is a vehicle bomb."""
    joined: list[Mention] = []
    for mention in mentions:
        whole = find_carrier(text, mention, lexicon) or mention
        joined = [*(m for m in joined if m.end <= whole.start), whole]
    return joined


def find_carrier(text: str, load: Mention, lexicon: WeaponLexicon) -> Mention | None:
    """The mention of carrier and load, if a carrier stands before the explosives."""
    if not isinstance(load.value, WeaponValue) or load.value.category != "bomb":
        return None
    for name, pattern in lexicon.laden.items():
        match = pattern.search(text, max(0, load.start - WINDOW), load.start)
        if match is not None:
            entry = lexicon.entries[name]
            value = WeaponValue(entry.name, entry.category, name, entry.strength)
            whole = text[match.start() : load.end]
            return Mention("weapon", match.start(), load.end, whole, f"weapons.toml:{name}", value)
    return None


def find_other_senses(doc: Doc, lexicon: WeaponLexicon) -> dict[str, list[tuple[int, int]]]:
    """Token ranges by entry id in which that entry's forms mean something else."""
    senses: dict[str, list[tuple[int, int]]] = {}
    for span in lexicon.other_senses.find_all(doc):
        senses.setdefault(span.label_, []).append((span.start, span.end))
    return senses


def is_weapon(span: Span, entry: WeaponEntry) -> bool:
    """False for a verb ("to shell"), a ship's prefix without a name, and a word of somebody's name."""
    if span.label_ == SHIP:
        return bool(read_ship_name(span))
    if len(span) == 1 and entry.name.islower() and span[0].pos_ in NOT_NOUNS:
        return False
    return not is_within_name(span, entry)


def is_within_name(span: Span, entry: WeaponEntry) -> bool:
    """True for a surname, and for a common noun capitalised inside a name ("Houston Rockets", not "Molotov")."""
    first = span[0]
    if not entry.name.islower() or any(alias.startswith(first.text) for alias in entry.aliases):
        return any(
            e.label_ == "PERSON" and e.start < span.start and span.end <= e.end for e in span.sent.ents
        )
    if first.ent_type_ not in NAMES or not first.text[0].isupper() or not first.text[1:].islower():
        return False
    longer = any(e.start <= span.start and span.end <= e.end and len(e) > len(span) for e in span.sent.ents)
    # A sentence's first word is no name for its capital, if it is a plural: "Warplanes struck", but "Shell said".
    return longer or not (first.is_sent_start and first.lower_.endswith("s"))


def join_compounds(spans: list[Span]) -> Iterator[list[Span]]:
    """Groups of forms that make one noun phrase: "Kornet anti-tank missiles", "drone strikes"."""
    group: list[Span] = []
    for span in spans:
        if group and not are_compound(group[-1], span):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def are_compound(left: Span, right: Span) -> bool:
    """True where nothing, a hyphen or a modifier of the right one stands between the two."""
    if left.label_ == SHIP:
        return False
    between = left.doc[left.end : right.start]
    return len(between) <= 3 and all(t.text == "-" or is_modifier(t, right.root) for t in between)


def make_mention(text: str, group: list[Span], lexicon: WeaponLexicon) -> Mention:
    """One mention for the forms of one noun phrase; the named form, else the head, gives the value."""
    if len(group) > 1 and group[-1].label_ in ATTACKS:
        group = group[:-1]
    span = choose_value(group, lexicon)
    entry = lexicon.entries[span.label_]
    start, stop = widen_left(text, group[0]), group[-1].end_char
    name = entry.name
    if span.label_ == SHIP:
        last = read_ship_name(span)[-1]
        stop = last.idx + len(last)
        name = text[span.start_char : stop]
    value = WeaponValue(name, entry.category, span.label_, entry.strength)
    return Mention("weapon", start, stop, text[start:stop], f"weapons.toml:{span.label_}", value)


def choose_value(group: list[Span], lexicon: WeaponLexicon) -> Span:
    """The first form that is a proper name (Kornet), else the last, which is the head."""
    named = (s for s in group if not lexicon.entries[s.label_].name.islower())
    return next(named, group[-1])


def read_ship_name(span: Span) -> list[Token]:
    """The name behind a ship's prefix: capitalised words, and particles between ("Prince of Wales")."""
    words = list(takewhile(lambda t: t.is_alpha or t.text[1:] == ".", span.doc[span.end : span.end + 4]))
    if not words or not words[0].text[0].isupper():
        return []
    while not words[-1].text[0].isupper():
        words.pop()
    small = next((i for i, t in enumerate(words) if t.text[0].islower() and t.lower_ not in PARTICLES), None)
    return words[:small]


def widen_left(text: str, span: Span) -> int:
    """The offset at which the weapon's own modifiers and its mass begin; how many and whose stay outside."""
    doc, first, head = span.doc, span.start, span.root
    while first > 0:
        step = modifier_length(doc, first, head)
        if not step:
            break
        first -= step
    start = doc[first].idx
    measure = CALIBRE.search(text, max(0, start - 24), start) or AMOUNT.search(
        text, max(0, start - 40), start
    )
    return measure.start() if measure else start


def modifier_length(doc: Doc, first: int, head: Token) -> int:
    """How many tokens the modifier before token `first` takes; 0 where none belongs to the weapon."""
    if first >= 3 and doc[first - 2].text == "-" and not doc[first - 2].whitespace_:
        whole = doc[first - 3 : first]
        if doc[first - 1].lower_ in ORIGINS or is_describing(whole):
            return 3
        return 0
    token = doc[first - 1]
    return 1 if is_modifier(token, head) else 0


def is_describing(whole: Span) -> bool:
    """True for a hyphenated modifier ("short-range") that holds no name and no number of things."""
    return not any(t.ent_type_ or (t.is_punct and t.text != "-") for t in whole) and not whole[0].is_space


def is_modifier(token: Token, head: Token) -> bool:
    """True for an adjective of the weapon that neither counts it nor names a people."""
    if token.tag_ != "JJ" or token.ent_type_ or token.lower_ in QUANTIFIERS | SELECTORS:
        return False
    return head.i in {token.head.i, token.head.head.i}
