"""Parties of an event: from the head words that a sentence gives to who they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extractors.coreference import is_definite
from extractors.sheet import Sheet
from extractors.targets import can_be_hit, find_measured, stands_for_owner
from extractors.tree import children
from models.event import Party
from models.mention import ActorValue, Mention
from models.terms import PartyKind

INNER = frozenset({"amod", "compound", "nmod", "poss", "case", "quantmod", "punct", "npadvmod", "advmod"})
NOT_PEOPLE = frozenset(
    {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "EVENT", "LAW"}
)
EMPTY = frozenset({"it", "this", "that", "there", "what", "which", "who", "one", "some", "all", "others", "both",
                   "each", "several", "many", "more", "these", "those", "i", "we", "you", "himself", "herself",
                   "themselves", "itself", "him", "her", "us", "me"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party where it stands in the text. `reference` is where it was named, if elsewhere.

    `points_back` tells that a definite description stands for somebody already told ("the gunmen").
    """

    party: Party
    start: int
    end: int
    rule: str
    reference: Mention | None = None
    points_back: bool = False


References = Mapping[int, Mention]  # offset of an actor mention or pronoun -> the mention that names it


def read_parties(
    tokens: Iterable[Token], sheet: Sheet, references: References, *, agents: bool
) -> list[PartyMention]:
    """The parties that the tokens stand for, in order, each once. Agents must be able to act."""
    found = [read_party(token, sheet, references, agents=agents) for token in tokens]
    unique: dict[tuple[str, str | None, str | None], PartyMention] = {}
    for item in found:
        if item is not None:
            key = (item.party.name.casefold(), item.party.id, item.party.country)
            unique.setdefault(key, item)
    return list(unique.values())


def unite(parties: Sequence[PartyMention], more: Sequence[PartyMention]) -> list[PartyMention]:
    """The parties and those further ones that are not among them."""
    known = {(p.party.name, p.party.id) for p in parties}
    return [*parties, *(p for p in more if (p.party.name, p.party.id) not in known)]


def read_party(token: Token, sheet: Sheet, references: References, *, agents: bool) -> PartyMention | None:
    """The party that one token stands for, or None if it stands for none."""
    mention = sheet.at("actor", token)
    if mention is not None and is_head(token, mention, sheet):
        item = from_mention(mention, references)
        return replace(
            item, points_back=item.reference is None and not item.party.named and is_definite(token)
        )
    if token.idx in references:
        return from_mention(references[token.idx], references, at=token)
    if sheet.at("weapon", token) is not None:
        return read_owner(token, sheet, references) if agents else None
    measured = None if agents else find_measured(token)
    if measured is not None:
        return read_party(measured, sheet, references, agents=False)
    if token.pos_ not in {"NOUN", "PROPN"} or token.lower_ in EMPTY or token.ent_type_ in NOT_PEOPLE:
        return None
    if sheet.at("date", token) is not None or sheet.at("place", token) is not None:
        return None
    if agents:
        return read_owner(token, sheet, references) if token.dep_ in {"compound", "amod"} else None
    owner = next(iter(children(token, "poss")), None) if stands_for_owner(token) else None
    if owner is not None:  # "an attempt on the mayor's life" is one on the mayor
        return read_party(owner, sheet, references, agents=False) or from_phrase(token, sheet)
    return from_phrase(token, sheet) if can_be_hit(token) else None


def is_head(token: Token, mention: Mention, sheet: Sheet) -> bool:
    """Whether the token is the mention's own head, or a part of its name."""
    root = sheet.head(mention)
    return root == token or (root.head == token and token.dep_ == "compound") or token in sheet.span(mention)


def from_mention(mention: Mention, references: References, at: Token | None = None) -> PartyMention:
    """The party of an actor mention, under the name that the text gives it elsewhere where it is a reference."""
    named = references.get(mention.start)
    source = named or mention
    value = source.value
    assert isinstance(value, ActorValue)  # the sheet holds only actor values under this label
    text = at.text if at is not None else mention.text
    party = Party(
        text=text, name=value.name, id=value.id, kind=value.kind, country=value.country, named=value.named
    )
    start, end = (at.idx, at.idx + len(at.text)) if at is not None else (mention.start, mention.end)
    elsewhere = source if source is not mention or at is not None else None
    return PartyMention(party, start, end, mention.rule if at is None else "coreference:pronoun", elsewhere)


def read_owner(token: Token, sheet: Sheet, references: References) -> PartyMention | None:
    """Whose weapon or unit it is: "U.S. fighter jets", "the army's guns", "jets of the coalition"."""
    owners = [*children(token, "compound", "amod", "nmod", "poss")]
    owners += [t for p in children(token, "prep") if p.lower_ in {"of", "from"} for t in children(p, "pobj")]
    for owner in owners:
        mention = sheet.at("actor", owner)
        if mention is not None:
            return from_mention(mention, references)
    return None


def from_phrase(token: Token, sheet: Sheet) -> PartyMention | None:
    """A noun phrase that no actor rule knows: a thing or somebody unknown, as written."""
    start, end = trim_phrase(token)
    text = sheet.text[start:end]
    kind: PartyKind = "unknown" if token.ent_type_ == "PERSON" else "other"
    owner = read_owner(token, sheet, {})
    country = owner.party.country if owner else None
    named = token.ent_type_ in {"PERSON", "FAC", "ORG"}
    party = Party(text=text, name=text, kind=kind, country=country, named=named)
    return PartyMention(party, start, end, "parties:noun-phrase")


def trim_phrase(token: Token) -> tuple[int, int]:
    """First and last character of a noun with its modifiers, without article, number or relative clause."""
    first = token
    for child in reversed(list(token.lefts)):
        if child.dep_ not in INNER or child.i < first.i - 6:
            break
        first = child.left_edge if child.dep_ in {"compound", "poss", "nmod", "amod"} else child
    while first.i < token.i and (
        first.pos_ in {"DET", "PUNCT", "NUM", "ADV", "PART"} or first.dep_ == "case"
    ):
        first = first.nbor()
    return first.idx, token.idx + len(token.text)
