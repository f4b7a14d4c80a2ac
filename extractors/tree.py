"""Steps from a word to its neighbours in a parsed sentence; no lexicon is read for them."""

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
DEPTH = 40  # no sane sentence nests deeper; a hostile one must not loop


def children(token: Token, *deps: str) -> list[Token]:
    """Direct dependents with one of these relations, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def chain(token: Token) -> Iterator[Token]:
    """The words that govern the token, from its head to the root."""
    for _ in range(DEPTH):
        if token.head == token:
            return
        token = token.head
        yield token
