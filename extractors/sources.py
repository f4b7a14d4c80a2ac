"""Who says so: reporters, claimants, accusers and deniers of an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from extractors.parties import PartyMention, References, read_party, trim_phrase
from extractors.sheet import Sheet
from extractors.syntax import chain, children, find_objects, find_subjects, is_passive
from models.event import Evidence
from models.terms import Attribution
from models.trigger import SourceEntry

RESPONSIBILITY = frozenset({"responsibility", "credit"})
GUILT = frozenset({"responsibility", "involvement", "role", "part", "accusation", "accusations", "claim", "charge",
                   "allegations", "charges"})  # fmt: skip


@dataclass(slots=True)
class Sources:
    """Names as the text gives them; `accused` are the heads of those who are blamed."""

    reported_by: list[str] = field(default_factory=list)
    claimed_by: list[str] = field(default_factory=list)
    accused_by: list[str] = field(default_factory=list)
    denied_by: list[str] = field(default_factory=list)
    accused: list[Token] = field(default_factory=list)
    claimants: list[Token] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def attribution(self) -> Attribution | None:
        """What the sources make of the actor; None where they say nothing of it."""
        if self.claimed_by:
            return "claimed"
        if self.accused_by or self.accused:
            return "accused"
        return "denied" if self.denied_by else None


@dataclass(frozen=True, slots=True)
class SourceLexicon:
    """Verb forms by what their subject does."""

    report: frozenset[str]
    claim: frozenset[str]
    accuse: frozenset[str]
    deny: frozenset[str]


def compile_sources(entries: Mapping[str, SourceEntry]) -> SourceLexicon:
    """Sets of forms by role."""
    forms: dict[str, set[str]] = {role: set() for role in ("report", "claim", "accuse", "deny")}
    for entry in entries.values():
        forms[entry.role].update(entry.forms())
    return SourceLexicon(*(frozenset(forms[role]) for role in ("report", "claim", "accuse", "deny")))


def read_sources(
    heads: Sequence[Token], sheet: Sheet, references: References, lexicon: SourceLexicon
) -> Sources:
    """Who reports, claims, imputes or denies the event that these words tell."""
    sources = Sources()
    for head in heads[:1]:
        for verb in (t for t in (head, *chain(head)) if t.pos_ == "VERB"):
            read_verb(verb, head, sources, sheet, references, lexicon)
    return sources


def read_verb(
    verb: Token, head: Token, sources: Sources, sheet: Sheet, references: References, lexicon: SourceLexicon
) -> None:
    """Adds what one verb above (or at) the event word says of its sources."""
    form = verb.lower_
    objects = {t.lower_ for t in find_objects(verb)}
    names = name_all(find_subjects(verb), sheet, references) if not is_passive(verb) else []
    if form in lexicon.claim and objects & RESPONSIBILITY:
        sources.claimed_by += names
        sources.claimants += find_subjects(verb)
        mark(sources, verb, "claim")
    elif form in lexicon.deny and (objects & GUILT or is_about(head, verb)):
        sources.denied_by += names
        mark(sources, verb, "deny")
    elif form in lexicon.accuse and verb != head:
        sources.accused_by += names
        sources.accused += find_accused(verb, head)
        mark(sources, verb, "accuse")
    elif form in lexicon.report and verb != head and is_about(head, verb):
        sources.reported_by += names
    for prep in children(verb, "prep"):
        if prep.lower_ == "according":
            told = [t for to in children(prep, "prep") for t in children(to, "pobj")]
            sources.reported_by += name_all(told, sheet, references)


def is_about(head: Token, verb: Token) -> bool:
    """Whether the event word stands in what the verb says, not in who says it or when."""
    below = head
    for token in chain(head):
        if token == verb:
            return below.dep_ in {"ccomp", "dobj", "xcomp", "prep", "pobj", "nsubjpass", "parataxis"}
        below = token
    return False


def find_accused(verb: Token, head: Token) -> list[Token]:
    """Those who are blamed: "accused X of", "blamed X for", "blamed it on X", "attributed to X"."""
    aimed = [
        t for prep in children(verb, "prep") if prep.lower_ in {"on", "to"} for t in children(prep, "pobj")
    ]
    if aimed:
        return aimed
    if is_passive(verb):
        return [t for t in find_subjects(verb) if t != head and not t.is_ancestor(head)]
    return [t for t in find_objects(verb) if t != head and not t.is_ancestor(head)]


def name_all(tokens: Sequence[Token], sheet: Sheet, references: References) -> list[str]:
    """The tokens' parties as the text names them."""
    return [name for token in tokens if (name := name_source(token, sheet, references))]


def name_source(token: Token, sheet: Sheet, references: References) -> str | None:
    """A source as written; a pronoun by the name it stands for."""
    party: PartyMention | None = read_party(token, sheet, references, agents=True)
    if party is not None:
        return party.party.name if token.pos_ == "PRON" else party.party.text
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    start, end = trim_phrase(token)
    return sheet.doc.text[start:end]


def mark(sources: Sources, verb: Token, role: str) -> None:
    """Keeps the verb as evidence."""
    sources.evidence.append(
        Evidence(start=verb.idx, end=verb.idx + len(verb.text), text=verb.text, rule=f"sources.toml:{role}")
    )
