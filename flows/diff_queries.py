"""The SQL of the diff. Names in braces are tables and columns of ours, never anything from outside."""

from models.event import EventRow
from review.standing import BY_STATUS

NOT_COMPARED = {"event_id", "published", "run_id", "extractor_version", "model_version"}
COMPARED = [name for name in EventRow.model_fields if name not in NOT_COMPARED] + ["published_text"]
HAPPENED = ", ".join(f"'{status}'" for status, standing in BY_STATUS.items() if standing.name == "happened")
COUNTS = f"(NOT is_aggregate AND status IN ({HAPPENED}))"
LOSSES = {
    f"{loss}_{end}": f"CASE WHEN {COUNTS} THEN {how.format(loss)} END"
    for loss in ("killed", "injured")
    for end, how in (
        ("low", "{0}_low"),
        ("best", "coalesce({0}_best, {0}_low)"),
        ("high", "greatest({0}_low, {0}_best, {0}_high)"),
    )
}
SUMS = ", ".join(f"coalesce(sum({name}), 0)" for name in LOSSES)
NEWEST = """QUALIFY row_number() OVER (
    PARTITION BY event_id ORDER BY coalesce(article_run, run_id) DESC, run_id DESC, article_id) = 1"""
VERSION = ", article_run, run_id, article_id"  # what NEWEST needs

KEYS = """SELECT * FROM (
    SELECT event_id, hash({compared}) AS mark, {counts} AS counts, incident_id, {losses}{version} FROM rows) {newest}"""
DOUBLE = "SELECT event_id FROM keys_{0} GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
CHANGED = """CREATE OR REPLACE TEMP TABLE changed AS
SELECT event_id, a.mark IS NOT NULL AS old, b.mark IS NOT NULL AS new
FROM keys_0 a FULL JOIN keys_1 b USING (event_id) WHERE a.mark IS DISTINCT FROM b.mark"""
SAME = "SELECT (SELECT count(*) FROM keys_0) - (SELECT count(*) FROM changed WHERE old)"
KINDS = """SELECT count(*) FILTER (old AND NOT new), count(*) FILTER (new AND NOT old), count(*) FILTER (old AND new)
FROM changed"""
TOTALS = """SELECT count(*), count(DISTINCT CASE WHEN counts THEN coalesce(incident_id, event_id) END), {sums}
FROM keys_{0}"""
VERSIONS = "SELECT DISTINCT extractor_version, model_version FROM rows"
ONLY = """SELECT coalesce(incident_id, event_id) FROM keys_{0} SEMI JOIN changed USING (event_id) WHERE counts
EXCEPT SELECT coalesce(incident_id, event_id) FROM keys_{1} WHERE counts"""
ROWS = "SELECT {columns}, {run} AS stored_by FROM rows SEMI JOIN changed USING (event_id) {newest}"
PAGES = """SELECT DISTINCT coalesce(a.url, a.article_id), coalesce(b.url, b.article_id)
FROM rows_0 a JOIN rows_1 b USING (event_id) WHERE coalesce(a.url, a.article_id) != coalesce(b.url, b.article_id)"""
JOINED = "CREATE OR REPLACE TEMP TABLE joined (page VARCHAR, head VARCHAR)"
JOIN = "INSERT INTO joined SELECT unnest(?), unnest(?)"
SIDE = """SELECT coalesce(p.head, r.url, r.article_id) AS page, {0} AS side, r.* FROM rows_{0} r
LEFT JOIN joined p ON p.page = coalesce(r.url, r.article_id)"""
BOTH = "{0} UNION ALL {1} ORDER BY page, side, trigger_start, event_id"


def write_keys(versions: bool) -> str:
    """Id, digest of what is compared and what the totals need, of each row; of versions the newest page's."""
    return KEYS.format(
        compared=", ".join(COMPARED),
        counts=COUNTS,
        losses=", ".join(f"{how} AS {name}" for name, how in LOSSES.items()),
        version=VERSION if versions else "",
        newest=NEWEST if versions else "",
    )


def write_rows(versions: bool) -> str:
    """The rows that differ; `stored_by` is the run that stored the article, null in a file."""
    return ROWS.format(
        columns=", ".join([*EventRow.model_fields, "published_text"]),
        run="coalesce(article_run, run_id)" if versions else "NULL",
        newest=NEWEST if versions else "",
    )
