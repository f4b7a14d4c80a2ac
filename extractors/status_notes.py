"""The readings of a status that did not win, as a trace keeps them."""

from collections.abc import Sequence

from extractors.cues import Cues
from extractors.modifiers import Verdict
from extractors.triggers import Trigger
from models.event import Evidence
from models.reason import StatusReason
from models.trace import Trace, spot


def note_unheard(
    trigger: Trigger, cues: Cues, verdicts: Sequence[Verdict], lost: Sequence[Verdict], trace: Trace
) -> None:
    """Keeps the cues of the sentence that gave the event word no status: nothing carries what they say down to it."""
    for status, cue in lost:
        reason: StatusReason = "status:undone" if status == "actual" else "status:shut-out"
        trace.add("status", reason, spot(cue), spot(trigger), detail=status)
    heard = {spot(cue) for _, cue in (*verdicts, *lost)}
    sentence = trigger.head.sent
    for other in (c for token in sentence for c in cues.get(token.i, ())):
        where = (other.span.start_char, other.span.end_char)
        own = where[0] < trigger.end and trigger.start < where[1]  # "threatened" names the threat itself
        if where not in heard and not own and other.entry.reach != "carries":
            trace.add("status", "status:out-of-reach", where, spot(trigger), detail=other.entry.status)


def note_outranked(trigger: Trigger, verdicts: Sequence[Verdict], winner: Evidence, trace: Trace) -> None:
    """Keeps the statuses that another one outranks, each with the cue of the winner."""
    for status, cue in verdicts:
        if cue is not winner:
            trace.add("status", "status:outranked", spot(cue), spot(trigger), spot(winner), status)
