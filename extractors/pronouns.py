"""Pronouns that can stand for a party; whom they stand for is for coreference to say."""

from spacy.tokens import Doc, Token

from models.mention import ActorValue, Mention

SINGULAR = frozenset({"i", "me", "myself", "he", "him", "himself", "she", "her", "herself"})
PLURAL = frozenset({"we", "us", "ourselves", "they", "them", "themselves"})
NEUTER = frozenset({"it", "itself"})
POSSESSIVE = frozenset({"my", "his", "its", "our", "their"})
TAGS = frozenset({"PRP", "PRP$"})


def find_pronouns(doc: Doc) -> list[Mention]:
    """Pronouns as actor mentions of form `pronoun`, in text order; the rule tells their sort.

    `pronouns:personal` stand for people or bodies; `pronouns:neuter` and `pronouns:possessive` often for
    things.
    """
    return [
        Mention("actor", token.idx, token.idx + len(token), token.text, f"pronouns:{sort}", make_value(token))
        for token in doc
        if token.tag_ in TAGS and (sort := sort_of(token)) and not is_empty(token)
    ]


def sort_of(token: Token) -> str | None:
    """The sort of pronoun; None for those that never name a party of the text ("you")."""
    word = token.lower_
    if token.tag_ == "PRP$" and (word in POSSESSIVE or word == "her"):
        return "possessive"
    if word in NEUTER:
        return "neuter"
    return "personal" if word in SINGULAR or word in PLURAL else None


def make_value(token: Token) -> ActorValue:
    """A value that tells the number and nothing else."""
    plural = token.lower_ in PLURAL or token.lower_ in {"our", "their"}
    return ActorValue(token.text, "unknown", form="pronoun", plural=plural)


def is_empty(token: Token) -> bool:
    """Whether "it" stands for a clause or nothing: "it was reported that", "it is clear", "it rained"."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if token.dep_ == "expl":
        return True
    if token.dep_ == "nsubjpass":
        return any(child.dep_ in {"ccomp", "csubj", "csubjpass", "advcl"} for child in verb.children)
    return token.dep_ == "nsubj" and verb.lower_ in {"is", "was", "'s", "’s", "be", "been", "seems", "seemed"}
