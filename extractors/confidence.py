"""How sure a row is: the share of rows like it that were right on the development corpora.

Until `benchmarks/` holds a calibration, these are ranks, not frequencies: what is told by a specific word,
with parties, place and date of its own, stands above what is pieced together.
"""

from extractors.draft import Draft

BASE = 0.4
SPECIFIC = 0.15
TOLD = 0.1  # for each of actor or target, place, date that the text itself gives
WEAK = 0.15
DIGITS = 2


def rate_confidence(draft: Draft) -> float:
    """A number from 0 to 1, two digits."""
    score = BASE
    score += SPECIFIC * (draft.trigger.entry.level == "event")
    score += TOLD * sum((bool(draft.actors), bool(draft.targets), bool(draft.places), draft.date is not None))
    score -= WEAK * draft.is_loss
    return round(min(max(score, 0.05), 0.95), DIGITS)
