"""Who gave a number: the source of each casualty."""

from dataclasses import replace

from spacy.tokens import Token

from extractors.parties import References
from extractors.sheet import Sheet, cover
from extractors.sources import SourceLexicon, name_all, read_sources
from extractors.syntax import find_subjects
from models.casualty import Casualty


def name_informants(sheet: Sheet, references: References, lexicon: SourceLexicon) -> Sheet:
    """The sheet with every casualty's source: who says, claims or imputes it; None where nobody does."""
    named = [replace(c, source=find_informant(c, sheet, references, lexicon)) for c in sheet.casualties]
    return replace(sheet, casualties=named)


def find_informant(
    casualty: Casualty, sheet: Sheet, references: References, lexicon: SourceLexicon
) -> str | None:
    """The nearest source above the casualty's word, or who "put the toll at" the number."""
    anchor = cover(sheet.doc, casualty.anchor, casualty.anchor + 1).root
    if told := name_all(find_reckoners(anchor, lexicon), sheet, references):
        return told[0]
    sources = read_sources([anchor], sheet, references, lexicon)
    return next(iter([*sources.reported_by, *sources.claimed_by, *sources.accused_by]), None)


def find_reckoners(anchor: Token, lexicon: SourceLexicon) -> list[Token]:
    """Those who put a toll at a number."""
    if anchor.dep_ != "dobj" or anchor.head.lower_ not in lexicon.reckon:
        return []
    return find_subjects(anchor.head)
