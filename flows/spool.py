"""Chosen rows on the disk: read as often as tables are made of them, while memory holds one at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.choice import Choice
from flows.formats import write_line
from flows.tables import typed
from models.event import EventRow
from review.exports.incidents import Incident, alone, merge


class Spool:
    """The rows of a view that go out, in their order, with what was seen on the way."""

    def __init__(self, path: Path, rows: Iterable[EventRow], choice: Choice) -> None:
        self.path = path
        self.refused: Counter[str] = Counter()
        self.unplaced = self.undated = 0
        self.runs: set[str] = set()
        self.extractors: set[str] = set()
        self.models: set[str] = set()
        self.wholes: set[str] = set()  # aggregates of which a part goes out
        self._places: list[int] = []
        self._incidents: dict[str, list[int]] = {}
        with typed(str(path.parent)), path.open("wb") as file:
            for row in rows:
                if reason := choice.refuse(row):
                    self.refused[reason] += 1
                    continue
                self._note(row, file.tell())
                write_line(file, row.model_dump(mode="json"))

    def _note(self, row: EventRow, place: int) -> None:
        """Keeps where the row stands, and what the account tells."""
        self._places.append(place)
        self._incidents.setdefault(row.incident_id or row.event_id, []).append(place)
        self.unplaced += row.latitude is None or row.longitude is None
        self.undated += row.date_start is None
        self.runs.add(row.run_id)
        self.extractors.add(row.extractor_version)
        self.models.add(row.model_version)
        if row.part_of:
            self.wholes.add(row.part_of)

    def __len__(self) -> int:
        return len(self._places)

    def rows(self) -> Iterator[EventRow]:
        """The rows in the order of the view."""
        with typed(str(self.path)), self.path.open("rb") as file:
            yield from map(EventRow.model_validate_json, file)

    def incidents(self) -> Iterator[Incident]:
        """The incidents in the order of their first rows."""
        with typed(str(self.path)), self.path.open("rb") as file:
            for places in self._incidents.values():
                reports = []
                for place in places:
                    file.seek(place)
                    reports.append(EventRow.model_validate_json(file.readline()))
                yield merge(reports)

    def reports(self) -> Iterator[Incident]:
        """Each row as an incident of its own."""
        return map(alone, self.rows())

    def without_wholes(self, incidents: Iterator[Incident]) -> Iterator[Incident]:
        """The incidents without aggregates whose parts go out: nobody is counted twice."""
        return (
            i for i in incidents if not any(r.is_aggregate and r.event_id in self.wholes for r in i.reports)
        )
