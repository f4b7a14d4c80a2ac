"""Whether a saying threatens: what it announces is hostile, and the speaker's own side would do it."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span, Token

from extractors.sheet import Sheet
from extractors.syntax import coordinate, find_complements, find_objects, is_passive
from extractors.tree import children

SPEAKERS = frozenset({"i", "we", "he", "she", "it", "they", "who"})
OWNERS = frozenset({"my", "our", "his", "her", "its", "their"})
FUTURE = frozenset({"will", "'ll", "’ll", "wo", "would", "shall", "can", "could", "may", "might"})
PAST = frozenset({"was", "were", "been", "had", "have", "has"})
AIMED = frozenset({"on", "against", "at", "upon", "to"})
CLAUSES = ("ccomp", "xcomp", "acl", "advcl", "parataxis")
OF = frozenset({"of", "with"})

Words = Mapping[str, Sequence[Span]]


def has_hostile_content(saying: Token, *, armed: bool, words: Words) -> bool:
    """Whether the saying announces a hostile act of the speaker's side ("vowed to avenge", "threat of revenge")."""
    if any(is_hostile(noun, words) for noun in find_nouns(saying)):
        return True
    return any(is_own_act(clause, saying, armed=armed, words=words) for clause in find_clauses(saying))


def find_clauses(saying: Token) -> list[Token]:
    """The clauses that say what is announced, behind the word, behind its object or quoted before it."""
    holders = [saying, *(t for t in children(saying, "dobj") if t.pos_ in {"NOUN", "PROPN"})]
    if saying.pos_ == "NOUN" and saying.dep_ in {"dobj", "nsubjpass"}:
        holders.append(saying.head)
    found = [c for holder in holders for c in children(holder, *CLAUSES) if is_announced(c)]
    if saying.dep_ in {"parataxis", "ccomp"} and saying.head.i < saying.i and saying.pos_ == "VERB":
        found.append(saying.head)
    return [verb for clause in found for verb in coordinate(clause)]


def is_announced(clause: Token) -> bool:
    """Whether a clause is an infinitive or complement, not a circumstance ("while", "after")."""
    if clause.dep_ in {"advcl", "acl"}:
        return any(c.tag_ == "TO" for c in children(clause, "aux"))
    return True


def find_nouns(saying: Token) -> Iterator[Token]:
    """The nouns that name what is announced: "vowed revenge", "threatened him with death", "threat of war"."""
    own = children(saying, "dobj") if saying.pos_ == "VERB" else []
    inner = [t for p in children(saying, "prep") if p.lower_ in OF for t in children(p, "pobj", "pcomp")]
    for token in (*own, *inner):
        yield from coordinate(token)


def is_hostile(token: Token, words: Words) -> bool:
    """Whether the token heads one of the hostile words."""
    return any(span.root.i == token.i for span in words.get("hostile", ()))


def is_own_act(verb: Token, saying: Token, *, armed: bool, words: Words) -> bool:
    """Whether a clause tells a hostile act to come that the speaker's side would do."""
    if not (is_coming(verb, saying) and is_hostile_clause(verb, words)):
        return False
    subjects = children(verb, "nsubj", "nsubjpass", "csubj")
    if not subjects:
        return True
    if is_passive(verb):
        return armed or any(is_hostile(t, words) for t in subjects)
    return any(is_own_side(t, words) for t in subjects)


def is_own_side(subject: Token, words: Words) -> bool:
    """Whether a subject is the speaker, whoever is the speaker's, or a hostile act itself ("an attack would …")."""
    if subject.lower_ in SPEAKERS or is_hostile(subject, words):
        return True
    return any(c.lower_ in OWNERS for c in children(subject, "poss"))


def is_coming(verb: Token, saying: Token) -> bool:
    """Whether the clause is about what is to come: an infinitive, a modal, "if"."""
    helpers = children(verb, "aux", "auxpass")
    if verb.dep_ == "conj" and not helpers:
        return is_coming(verb.head, saying)
    return any(t.tag_ == "TO" or t.lower_ in FUTURE or t.lower_ == "going" for t in (*helpers, verb)) or any(
        c.lower_ == "going" for c in verb.children
    )


def is_hostile_clause(verb: Token, words: Words) -> bool:
    """Whether the clause's own words are hostile, and nothing undoes them ("to end the attacks", "not attack")."""
    core = list(find_core(verb))
    if any(span.root.i == t.i for t in core for span in words.get("peaceful", ())):
        return False
    if any(span.root in verb.subtree for span in words.get("justice", ())):
        return False
    firm = any(span.root.i == t.i for t in core for span in words.get("relentless", ()))
    if firm or any(children(t, "neg") for t in core):
        return firm
    return any(is_hostile(t, words) for t in core)


def find_core(verb: Token) -> Iterator[Token]:
    """The verb, the infinitives it governs, and their objects: "will continue to launch attacks"."""
    yield verb
    for child in children(verb, "xcomp", "dobj", "attr", "acomp", "oprd", "prt", "advmod"):
        yield from find_core(child) if child.dep_ == "xcomp" else coordinate(child)
    for prep in children(verb, "prep"):
        if prep.lower_ in {"with", "in", "by", "at", "to"}:
            yield from children(prep, "pobj")


def find_threatened(saying: Token, words: Words) -> list[Token]:
    """Whom the announced act is aimed at: "threatened to kill a judge", "vowed an attack on the port"."""
    acts = [
        t for clause in find_clauses(saying) if is_hostile_clause(clause, words) for t in find_core(clause)
    ]
    found: list[Token] = []
    for act in (t for t in (*find_nouns(saying), *acts) if t.pos_ in {"VERB", "NOUN", "PROPN"}):
        if act.pos_ == "VERB":
            found += find_objects(act)
            found += [t for s in children(act, "nsubjpass") for t in coordinate(s)]
        if is_hostile(act, words):
            found += find_complements(act, AIMED)
    return [t for t in dict.fromkeys(found) if not is_hostile(t, words)]


def is_menace(saying: Token, patients: Sequence[Token], agents: Sequence[Token], sheet: Sheet) -> bool:
    """Whether somebody threatens somebody, whatever with ("threatened the clerk", "threats against the bishop")."""
    if saying.pos_ == "NOUN":
        return any(is_somebody(t, sheet) for t in patients)
    doer = any(is_somebody(t, sheet) for t in agents)
    if is_passive(saying):
        past = any(c.lower_ in PAST for c in children(saying, "aux", "auxpass"))
        return any(is_somebody(t, sheet) for t in patients) and (doer or (past and not agents))
    return doer and any(is_somebody(t, sheet) for t in patients)


def is_somebody(token: Token, sheet: Sheet) -> bool:
    """Whether the token is a party, a person, or stands for one."""
    return (
        sheet.at("actor", token) is not None
        or token.ent_type_ in {"PERSON", "NORP", "ORG"}
        or token.lower_ in {"they", "he", "she", "him", "her", "them", "us", "me", "who", "people", "lives"}
    )
