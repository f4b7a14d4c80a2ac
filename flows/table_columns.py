"""What stands in the tables of a store: column -> SQL type."""

from collections.abc import Mapping

from models.event import EventRow
from models.run import Run
from models.schema import read_columns

MONTH = {"month": "VARCHAR"}  # of publication, `2023-11` or `unknown`: what the files are parted by
WRITTEN = {"published_text": "VARCHAR"}  # `published` is an instant in UTC; this keeps zone, or bare day
STORED = {
    "article_run": "VARCHAR"
}  # the ingest run that stored the article; null in older stores: its run_id
ARTICLES = {
    "article_id": "VARCHAR",
    "doc_id": "VARCHAR",
    "url": "VARCHAR",
    "publisher": "VARCHAR",
    "title": "VARCHAR",
    "language": "VARCHAR",
    "published": "TIMESTAMPTZ",
    "published_source": "VARCHAR",
    "modified_text": "VARCHAR",
    "authors": "VARCHAR[]",
    "section": "VARCHAR",
    "continued": "VARCHAR",
    "duplicate_of": "VARCHAR",
    "text": "VARCHAR",
    "source": "VARCHAR",
    "page": "VARCHAR",
    "payload": "VARCHAR",
    "fetched": "TIMESTAMPTZ",
    "run_id": "VARCHAR",
    "text_sha": "VARCHAR",
    "reader": "VARCHAR",  # digest of the stage that made text of the page
    "replaces": "VARCHAR",  # the article of the same page that another reader made
}
READINGS = {
    "article_id": "VARCHAR",
    "replaces": "VARCHAR",
    "run_id": "VARCHAR",
    "findings": "VARCHAR",  # JSON: stage -> hash of what it found
}
LEASES = {
    "run_id": "VARCHAR",
    "host": "VARCHAR",
    "place": "VARCHAR",  # which system and which set of process ids the pid is of
    "pid": "BIGINT",
    "expires": "TIMESTAMPTZ",
}
STATES = {
    "run_id": "VARCHAR",
    "state": "VARCHAR",
    "at": "TIMESTAMPTZ",
    "events_version": "BIGINT",
    "by": "VARCHAR",
    "reason": "VARCHAR",
}
HOLDS = {
    "event_id": "VARCHAR",
    "field": "VARCHAR",
    "verdict": "VARCHAR",
    "value": "VARCHAR",
    "refused": "VARCHAR",
    "decision_id": "VARCHAR",
    "who": "VARCHAR",
    "at": "TIMESTAMPTZ",
    "reason": "VARCHAR",
    "run_id": "VARCHAR",
}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "articles": ARTICLES | WRITTEN | MONTH | STORED,
    "events": {c.name: c.sql_type for c in read_columns(EventRow)} | WRITTEN | MONTH | STORED,
    "readings": READINGS | MONTH,
    "runs": {c.name: c.sql_type for c in read_columns(Run)},
    "run_states": STATES,
    "leases": LEASES,
    "holds": HOLDS,
}
KEEP = {  # every version can be read again: nothing of the log or of the files is ever cleaned away
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.enableExpiredLogCleanup": "false",
}
