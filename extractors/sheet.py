"""All that the finders found in one text, laid over its tokens."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractors.phrases import read_text
from models.casualty import Casualty
from models.mention import Mention
from models.reason import NoteField, Reason
from models.terms import MentionLabel
from models.trace import Spot, Trace

AROUND = 2  # sentences on either side that a trace tells of
ORDER: tuple[MentionLabel, ...] = ("actor", "weapon", "place", "date", "count")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Mentions by label and by token, sentences by number; `trace` keeps what is not taken, where it is asked for."""

    doc: Doc
    text: str
    by_token: Mapping[tuple[MentionLabel, int], Mention]
    mentions: Mapping[MentionLabel, Sequence[Mention]]
    heads: Mapping[Mention, Token]
    casualties: Sequence[Casualty]
    sentences: Sequence[Span]
    sentence_of: Sequence[int]
    trace: Trace | None = None

    def at(self, label: MentionLabel, token: Token) -> Mention | None:
        """The mention of that label that covers the token."""
        return self.by_token.get((label, token.i))

    def span(self, mention: Mention) -> Span:
        """The tokens of a mention."""
        return cover(self.doc, mention.start, mention.end)

    def head(self, mention: Mention) -> Token:
        """The token that the tree hangs the mention on."""
        return self.heads[mention]

    def inside(self, label: MentionLabel, number: int) -> list[Mention]:
        """The mentions of that label in one sentence, in text order."""
        sentence = self.sentences[number]
        return [m for m in self.mentions[label] if sentence.start_char <= m.start < sentence.end_char]

    def note_around(
        self, label: MentionLabel, name: NoteField, reason: Reason, numbers: Collection[int], event: Spot
    ) -> None:
        """Keeps the mentions of the sentences just before and behind some, where no rule has them told of an event."""
        if self.trace is None:
            return
        near = {n + step for n in numbers for step in range(-AROUND, AROUND + 1)} - {*numbers}
        for number in sorted(n for n in near if 0 <= n < len(self.sentences)):
            self.trace.add_all(name, reason, self.inside(label, number), event, None)

    def below(self, label: MentionLabel, token: Token) -> list[Mention]:
        """The mentions of that label in the phrase that hangs on the token."""
        found = (self.at(label, t) for t in token.subtree)
        return list(dict.fromkeys(m for m in found if m is not None))


def lay_out(
    doc: Doc, mentions: Iterable[Mention], casualties: Sequence[Casualty], trace: Trace | None = None
) -> Sheet:
    """The sheet of one parsed text; mentions in text order, the first to cover a token keeps it."""
    by_label: dict[MentionLabel, list[Mention]] = {label: [] for label in ORDER}
    by_token: dict[tuple[MentionLabel, int], Mention] = {}
    heads: dict[Mention, Token] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        span = cover(doc, mention.start, mention.end)
        by_label[mention.label].append(mention)
        heads[mention] = span.root
        for token in span:
            by_token.setdefault((mention.label, token.i), mention)
    sentences = list(doc.sents)
    if trace is not None:
        trace.sentences = [(s.start_char, s.end_char) for s in sentences]
    sentence_of = [number for number, s in enumerate(sentences) for _ in range(s.start, s.end)]
    return Sheet(doc, read_text(doc), by_token, by_label, heads, casualties, sentences, sentence_of, trace)


def cover(doc: Doc, start: int, end: int) -> Span:
    """The tokens that touch the characters; at least one."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or len(span) == 0:
        raise ValueError(f"no token at {start}:{end} of {len(read_text(doc))} characters")
    return span
