"""Pronouns that can stand for a party; whom they stand for is for coreference to say."""

from spacy.tokens import Doc, Token

from models.mention import ActorValue, Mention

PERSONAL = {
    word: plural
    for words, plural in (
        ("i me my myself he him his himself she her herself it its itself", False),
        ("we us our ourselves they them their themselves", True),
    )
    for word in words.split()
}
TAGS = frozenset({"PRP", "PRP$"})


def find_pronouns(doc: Doc) -> list[Mention]:
    """Personal and possessive pronouns as actor mentions of form `pronoun`, in text order."""
    return [
        Mention(
            "actor",
            token.idx,
            token.idx + len(token),
            token.text,
            f"pronouns:{token.lower_}",
            ActorValue(token.text, "unknown", form="pronoun", plural=PERSONAL[token.lower_]),
        )
        for token in doc
        if token.tag_ in TAGS and token.lower_ in PERSONAL and not is_empty(token)
    ]


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
