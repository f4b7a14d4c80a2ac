"""Which row a part belongs to, once some rows were kept under the ids of before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from models.change import Change
from models.event import EventRow


def mend_parts(
    changes: Iterable[Change], rows: dict[str, EventRow], out: set[str], after: Mapping[str, EventRow]
) -> None:
    """Names the wholes by the ids that they have in the end; a part of a row that stays out is part of none.

    `rows` stand instead of those `after`, or besides them, and are mended in place; `out` of after stay out.
    """
    gone, partners = set(out), defaultdict[str, list[str]](list)
    for change in changes:
        gone.update(set(change.before_ids) - set(change.after_ids))
        for old, new in link_ids(change):
            partners[old].append(new)
            partners[new].append(old)
    gone -= rows.keys()
    for name, row in {**{n: r for n, r in after.items() if n not in out}, **rows}.items():
        if row.part_of in gone:
            heir = next((one for one in partners[row.part_of] if one not in gone and one != name), None)
            rows[name] = row.model_copy(update={"part_of": heir})


def link_ids(change: Change) -> list[tuple[str, str]]:
    """The ids before and after of what is the same event, where they differ."""
    if not (change.before_ids and change.after_ids):
        return []
    pairs = [(old, change.after_ids[0]) for old in change.before_ids]
    return [(old, new) for old, new in pairs if old != new]
