"""What "the group", "the army" and "they" stand for."""

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Token

from extractors.phrases import read_words
from extractors.sheet import Sheet
from extractors.tree import SUBJECTS
from models.mention import ActorValue, Mention
from models.terms import PartyKind

DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their"})
FIGHTING = frozenset({"rebel_group", "militia", "criminal"})
GROUPS = FIGHTING | {"political", "unknown", "other"}
BODIES = GROUPS | {"international"}  # "the group" may monitor, not fight
FORCES = frozenset({"state_military", "police"})
HUMAN = frozenset({"he", "she", "him", "her", "his"})
PLURAL = frozenset({"they", "them", "their"})
NEUTER = frozenset({"it", "its"})
PRONOUNS = HUMAN | PLURAL | NEUTER
REACH = 4  # sentences; a name further back is seldom what "the group" means


def resolve_references(sheet: Sheet) -> dict[int, Mention]:
    """Offset of each description and pronoun that refers to a named actor -> the mention that names it.

    Never across kinds that cannot be the same: a militia is no army, a group no person.
    """
    found: dict[int, Mention] = {}
    before: list[Mention] = []
    dominant = find_dominant(sheet)
    for mention in sheet.mentions["actor"]:
        value = read_value(mention)
        if value.form == "nominal" and not value.named:
            named = refer(mention, before, sheet) or introduce(mention, dominant, sheet)
            if named is not None:
                found[mention.start] = found.get(named.start, named)
        before.append(mention)
    for token in find_pronouns(sheet):
        named = refer_pronoun(token, sheet)
        if named is not None:
            found.setdefault(token.idx, found.get(named.start, named))
    return found


def find_pronouns(sheet: Sheet) -> list[Token]:
    """The pronouns that can stand for a party."""
    places = [i for i, word in enumerate(read_words(sheet.doc)) if word in PRONOUNS]
    return [token for i in places if (token := sheet.doc[i]).pos_ == "PRON"]


def read_value(mention: Mention) -> ActorValue:
    """The actor value of a mention of that label."""
    assert isinstance(mention.value, ActorValue)
    return mention.value


def refer(mention: Mention, before: Iterable[Mention], sheet: Sheet) -> Mention | None:
    """The last actor named before that a definite description can stand for."""
    head = sheet.head(mention)
    if not is_definite(head) or is_described(mention, head) or not means_many(read_value(mention)):
        return None
    here = sheet.sentence_of[head.i]
    for other in reversed(list(before)):
        if here - sheet.sentence_of[sheet.head(other).i] > REACH:
            return None
        if read_value(other).named and is_body(other, sheet) and can_be(mention, other, sheet):
            return other
    return None


def introduce(mention: Mention, dominant: Mention | None, sheet: Sheet) -> Mention | None:
    """The one group that the report names later, for "an armed group" that its opening leaves unnamed."""
    if dominant is None or read_value(mention).plural or not is_body_noun(mention):
        return None
    head = sheet.head(mention)
    if sheet.sentence_of[head.i] > 2 or mention.start > dominant.start or is_described(mention, head):
        return None
    return dominant if can_be(mention, dominant, sheet) else None


def find_dominant(sheet: Sheet) -> Mention | None:
    """The first mention of the only non-state armed group that the text names, if there is just one."""
    named = [
        m
        for m in sheet.mentions["actor"]
        if read_value(m).named and read_value(m).kind in {"rebel_group", "militia", "criminal"}
    ]
    ids = Counter(read_value(m).id or read_value(m).name for m in named)
    return named[0] if len(ids) == 1 else None


def is_definite(head: Token) -> bool:
    """Whether the description points at somebody known."""
    return any(child.lower_ in DEFINITE for child in head.children if child.dep_ in {"det", "poss"})


def is_described(mention: Mention, head: Token) -> bool:
    """Whether the description itself says who it is ("the Sudanese army", "the group's rivals", "the KDR men")."""
    if read_value(mention).country is not None and read_value(mention).kind in FORCES:
        return True
    behind = mention.end > head.idx + len(head)  # "a team of border guards"
    owned = any(child.dep_ == "poss" and child.pos_ != "PRON" for child in head.children)
    return behind or owned or any(child.dep_ == "compound" and child.tag_ == "NNP" for child in head.children)


def can_be(mention: Mention, other: Mention, sheet: Sheet) -> bool:
    """Whether kind and country let a description stand for a named actor."""
    this, that = read_value(mention), read_value(other)
    if not are_alike(this.kind, that.kind, one=sheet.head(mention).tag_ == "NN"):
        return False
    backed = sheet.head(mention).text.lower() != mention.text.lower() and "backed" in mention.text.lower()
    return this.country is None or that.country is None or this.country == that.country or backed


def are_alike(this: PartyKind, that: PartyKind, *, one: bool) -> bool:
    """Whether a description of one kind can mean a named actor of another; `one` body may be of any sort.

    "The rebels" mean nobody of whom the text does not say that they fight; "the group" and "the movement" may.
    """
    if this == "unknown":
        return that in (BODIES if one else GROUPS)
    if this == "political" and one:
        return that in FIGHTING | {"political"}
    return this == that or (this in FIGHTING and that in FIGHTING)


def is_body(mention: Mention, sheet: Sheet) -> bool:
    """Whether a named actor is an organisation, not a person or a country."""
    value = read_value(mention)
    return (value.form == "name" and sheet.head(mention).ent_type_ != "PERSON") or value.id is not None


def is_body_noun(mention: Mention) -> bool:
    """Whether a description is of one body: "a militant group", "the militia"; no "a candidate"."""
    value = read_value(mention)
    return value.collective and not value.plural and value.kind in GROUPS


def means_many(value: ActorValue) -> bool:
    """Whether a description is of a body or of its people as a whole; one man is no group."""
    return value.collective or (value.plural and value.kind in FIGHTING | FORCES | {"unknown"})


def refer_pronoun(token: Token, sheet: Sheet) -> Mention | None:
    """The nearest earlier actor that the pronoun can stand for, subjects of the sentence before it first."""
    here = sheet.sentence_of[token.i]
    candidates = []
    for mention in reversed(sheet.mentions["actor"]):
        if mention.end > token.idx:
            continue
        if here - sheet.sentence_of[sheet.head(mention).i] > 1:
            break
        if fits_pronoun(token, mention, sheet):
            candidates.append(mention)
    if not candidates:
        return None
    return max(candidates, key=lambda m: rank_antecedent(m, here, sheet))


def rank_antecedent(mention: Mention, here: int, sheet: Sheet) -> tuple[int, int, int]:
    """Subjects first, of the sentence before or this one, the later the better."""
    head = sheet.head(mention)
    return (int(head.dep_ in SUBJECTS), sheet.sentence_of[head.i] - here, mention.start)


def fits_pronoun(token: Token, mention: Mention, sheet: Sheet) -> bool:
    """Whether number and sort agree."""
    value = read_value(mention)
    person = sheet.head(mention).ent_type_ == "PERSON"
    if token.lower_ in HUMAN:
        return person
    if token.lower_ in PLURAL:
        return not person and (value.plural or value.form != "country")
    return not person and not value.plural
