"""Who says so: reporters, claimants, accusers and deniers of an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from spacy.tokens import Token

from extractors.parties import PartyMention, References, read_party, trim_phrase
from extractors.roles import first_of, spell_verb
from extractors.sheet import Sheet
from extractors.syntax import find_objects, find_passive_agents, find_subjects, is_passive
from extractors.tree import chain, children
from models.event import Evidence
from models.terms import Attribution
from models.trigger import SourceEntry

RESPONSIBILITY = frozenset({"responsibility", "credit"})
GUILT = frozenset({"responsibility", "involvement", "role", "part", "accusation", "accusations", "claim", "charge",
                   "allegations", "charges"})  # fmt: skip


SELVES = frozenset({"it", "they", "he", "she", "we", "i"})
NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})


@dataclass(slots=True)
class Sources:
    """Names as the text gives them; `accused` are the heads of those who are blamed, `doers` of the told."""

    reported_by: list[str] = field(default_factory=list)
    claimed_by: list[str] = field(default_factory=list)
    accused_by: list[str] = field(default_factory=list)
    denied_by: list[str] = field(default_factory=list)
    accused: list[Token] = field(default_factory=list)
    claimants: list[Token] = field(default_factory=list)
    doers: list[Token] = field(default_factory=list)
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
    own: frozenset[str]
    accuse: frozenset[str]
    deny: frozenset[str]
    deed: frozenset[str]
    reckon: frozenset[str]
    answer: frozenset[str]
    suspect: frozenset[str]
    work: frozenset[str]
    author: frozenset[str]
    onus: frozenset[str]
    rest: frozenset[str]
    hold: frozenset[str]
    hands: frozenset[str]
    lay: frozenset[str]
    confess: frozenset[str]


def compile_sources(entries: Mapping[str, SourceEntry]) -> SourceLexicon:
    """Sets of forms by role."""
    forms: dict[str, set[str]] = {role.name: set() for role in fields(SourceLexicon)}
    for entry in entries.values():
        forms[entry.role].update(entry.forms())
    return SourceLexicon(**{role: frozenset(words) for role, words in forms.items()})


def read_sources(
    heads: Sequence[Token], sheet: Sheet, references: References, lexicon: SourceLexicon
) -> Sources:
    """Who reports, claims, imputes or denies the event that these words tell."""
    sources = Sources()
    for head in heads[:1]:
        for verb in (t for t in (head, *chain(head)) if t.pos_ in {"VERB", "AUX"}):
            read_verb(verb, head, sources, sheet, references, lexicon)
        for clause in children(head, "relcl", "acl"):
            if read_claim(clause, head, lexicon):
                add_claim(clause, sources, sheet, references)
            elif clause.tag_ == "VBN" and clause.lower_ in lexicon.accuse:  # "an ambush blamed on the gang"
                sources.accused += find_accused(clause, head)
    return sources


def read_verb(
    verb: Token, head: Token, sources: Sources, sheet: Sheet, references: References, lexicon: SourceLexicon
) -> None:
    """Adds what one verb above (or at) the event word says of its sources."""
    form = spell_responsible(verb)
    objects = {t.lower_ for t in find_objects(verb)}
    speakers = [t for t in find_speakers(verb) if not is_nobody(t)]
    names = name_all(speakers, sheet, references)
    if read_claim(verb, head, lexicon):
        add_claim(verb, sources, sheet, references)
    elif form in lexicon.deny and not is_passive(verb) and (objects & GUILT or is_about(head, verb)):
        sources.denied_by += names
        mark(sources, verb, "deny")
    elif form in lexicon.accuse and verb != head:
        sources.accused_by += names
        sources.accused += find_accused(verb, head)
        mark(sources, verb, "accuse")
    elif form in lexicon.report and verb != head and is_about(head, verb):
        sources.reported_by += names
        if is_own_deed(verb, head, lexicon):
            add_claim(verb, sources, sheet, references)
    for prep in children(verb, "prep"):
        if prep.lower_ == "according":
            told = [t for to in children(prep, "prep") for t in children(to, "pobj")]
            sources.reported_by += name_all(told, sheet, references)


def find_speakers(verb: Token) -> list[Token]:
    """Those who say it: the subject, or those behind "by" where the verb is passive."""
    return find_passive_agents(verb) if is_passive(verb) else find_subjects(verb)


def spell_responsible(verb: Token) -> str:
    """The verb's form, with "responsible" where it is said of its object ("hold them responsible")."""
    held = any(c.lower_ == "responsible" for c in children(verb, "ccomp", "oprd", "acomp", "xcomp"))
    return f"{verb.lower_} responsible" if held else verb.lower_


def read_claim(verb: Token, head: Token, lexicon: SourceLexicon) -> bool:
    """Whether a verb claims the deed: "claimed responsibility for it", "it was claimed by", "claimed the attack"."""
    passive = is_passive(verb)
    taken = find_subjects(verb) if passive else find_objects(verb)
    if verb.lower_ in lexicon.claim and {t.lower_ for t in taken} & RESPONSIBILITY:
        return True
    if verb.lower_ not in lexicon.own:
        return False
    return head in taken if not passive else head in taken and bool(find_passive_agents(verb))


def add_claim(verb: Token, sources: Sources, sheet: Sheet, references: References) -> None:
    """Adds those who claim the deed, unless nobody does."""
    speakers = [t for t in find_speakers(verb) if not is_nobody(t)]
    if speakers and not children(verb, "neg"):
        sources.claimed_by += name_all(speakers, sheet, references)
        sources.claimants += speakers
        mark(sources, verb, "claim")


def is_own_deed(verb: Token, head: Token, lexicon: SourceLexicon) -> bool:
    """Whether who speaks says it of himself: "said it had carried out the attack", "was behind the attack"."""
    top = first_of(head)
    deed = top.head if top.dep_ == "dobj" else top.head.head
    own = deed.head == verb and deed.dep_ == "ccomp" and not children(deed, "neg")
    if not own or not spell_verb(deed, top) & lexicon.deed:
        return False
    return any(t.tag_ == "PRP" and t.lower_ in SELVES for t in children(deed, "nsubj"))


def is_nobody(token: Token) -> bool:
    """Whether a subject names nobody ("no group", "nobody")."""
    return token.lower_ in NOBODY or any(c.lower_ in NOBODY for c in children(token, "det"))


def is_about(head: Token, verb: Token) -> bool:
    """Whether the event word stands in what the verb says, not in who says it or when."""
    below = head
    for token in chain(head):
        if token == verb:
            told = {"ccomp", "dobj", "xcomp", "prep", "pobj", "nsubjpass", "parataxis"}
            return below.dep_ in told or is_told_first(below, verb)
        below = token
    return False


def is_told_first(clause: Token, verb: Token) -> bool:
    """Whether a bare main clause stands before who tells it ("shells hit the camp, residents told reporters")."""
    finite = clause.dep_ == "advcl" and clause.tag_ in {"VBD", "VBZ", "VBP"}
    return finite and clause.i < verb.i and not children(clause, "mark", "advmod")


def find_accused(verb: Token, head: Token) -> list[Token]:
    """Those who are blamed: "accused X of", "blamed X for", "blamed it on X", "attributed to X"."""
    aimed = [
        t for prep in children(verb, "prep") if prep.lower_ in {"on", "to"} for t in children(prep, "pobj")
    ]
    if aimed:
        return aimed
    if any(c.lower_ == "responsible" for c in children(verb, "ccomp")):
        return [t for c in children(verb, "ccomp") for t in find_subjects(c)]
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
    return sheet.text[start:end]


def mark(sources: Sources, verb: Token, role: str) -> None:
    """Keeps the verb as evidence."""
    sources.evidence.append(
        Evidence(start=verb.idx, end=verb.idx + len(verb.text), text=verb.text, rule=f"sources.toml:{role}")
    )
