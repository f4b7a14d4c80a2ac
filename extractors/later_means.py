"""Weapons that a sentence without an event word tells of an event before it: "Police recovered the rifle"."""

from collections.abc import Mapping, Sequence

from extractors.draft import Draft
from extractors.means import NO_MEANS, MeansLexicon, read_use, settle_uses
from extractors.roles import spell_verb
from extractors.sheet import Sheet
from extractors.syntax import lift
from extractors.tree import chain, children
from extractors.weighing import UNREAL
from models.mention import Mention, WeaponValue

NEAR = 3  # sentences over which a bomb belongs to the blast before it, a knife in use to the attack
FAR = 10  # sentences over which a pistol belongs to the one shooting that is told


def attach_means(
    events: Sequence[Draft], sheet: Sheet, lexicon: MeansLexicon, by_weapon: Mapping[str, str]
) -> None:
    """Gives each event that names no weapon those that later sentences say were used, held or found."""
    open_ended = [e for e in events if is_open(e)]
    taken = {(u.start, u.end) for e in events for u in e.weapons}
    for number in range(len(sheet.sentences)) if open_ended else ():
        left = [m for m in sheet.inside("weapon", number) if (m.start, m.end) not in taken]
        hosts = [e for e in open_ended if not is_owned(number, events, e, sheet)] if left else []
        for mention in left if hosts else ():
            attach(mention, number, hosts, sheet, lexicon, by_weapon)


def attach(
    mention: Mention,
    number: int,
    events: Sequence[Draft],
    sheet: Sheet,
    lexicon: MeansLexicon,
    by_weapon: Mapping[str, str],
) -> None:
    """Adds a weapon to the event that it fits best, if any."""
    value, use = mention.value, read_use(mention)
    if not isinstance(value, WeaponValue) or use is None or value.strength not in {"named", "trace"}:
        return
    link = read_link(mention, sheet, lexicon)
    if link is None:
        return
    fitting = [e for e in events if fits(e, value, link, reach(e, number), by_weapon)]
    if fitting:
        host = min(fitting, key=lambda e: reach(e, number))
        host.weapons = settle_uses([*host.weapons, use])
        host.sentences = sorted({*host.sentences, number})


def is_owned(number: int, events: Sequence[Draft], host: Draft, sheet: Sheet) -> bool:
    """Whether a sentence tells with what another event was done."""
    span = sheet.sentences[number]
    others = (u.start for e in events if e is not host for u in e.weapons)
    return any(span.start_char <= start < span.end_char for start in others)


def is_open(event: Draft) -> bool:
    """Whether an event happened, can have a means and names none."""
    if event.is_saying or event.type in NO_MEANS or event.status in UNREAL | {"generic", "historical"}:
        return False
    return all(u.strength in {"verb", "trace", "vague"} for u in event.weapons)


def read_link(mention: Mention, sheet: Sheet, lexicon: MeansLexicon) -> str | None:
    """What the sentence tells of the weapon: `use`, `find`, `present`; None for what tells of no means."""
    noun = lift(sheet.head(mention))[-1]
    verb = next((t for t in chain(noun) if t.pos_ in {"VERB", "AUX"}), None)
    verbs = [*([verb] if verb is not None else []), *children(noun, "acl", "relcl")]
    forms = {form for v in verbs for form in spell_verb(v, None)}
    if any(children(v, "neg") for v in verbs) or any(c.lower_ == "no" for c in noun.children):
        return None
    if forms & (lexicon.use | lexicon.hold):
        return "use"
    if forms & lexicon.find:
        return "find" if is_single(mention, sheet) else None
    return None if forms & lexicon.idle or not verbs else "present"


def is_single(mention: Mention, sheet: Sheet) -> bool:
    """Whether the sentence names no other weapon: a list of what was seized is a haul, no means."""
    number = sheet.sentence_of[sheet.head(mention).i]
    return sheet.inside("weapon", number) == [mention]


def fits(event: Draft, value: WeaponValue, link: str, gap: int, by_weapon: Mapping[str, str]) -> bool:
    """Whether the weapon is of the class that the event's own words ask for, and told near enough."""
    told = {u.category for u in event.weapons if u.strength != "vague"}
    if told:
        return value.category in told and link in {"use", "find"} and gap <= FAR
    if gap > NEAR:
        return False
    if event.type == "bombing":
        return by_weapon.get(value.category) == "bombing"
    return link == "use" and by_weapon.get(value.category) in {event.type, "armed_assault"}


def reach(event: Draft, number: int) -> int:
    """How many sentences after the event's last one before it the sentence stands."""
    return min((number - n for n in event.sentences if n <= number), default=FAR + 1)
