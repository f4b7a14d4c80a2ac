"""What the tests of receipts share."""

from datetime import UTC, datetime, timedelta

from models.receipt import Receipt, SourceCount

NOW = datetime(2024, 3, 6, 2, 15, tzinfo=UTC)


def make_count(source: str = "post", **changes: object) -> SourceCount:
    return SourceCount.model_validate({"source": source} | changes)


def make_receipt(days_ago: float = 0, *counts: SourceCount, **changes: object) -> Receipt:
    started = NOW - timedelta(days=days_ago)
    plain: dict[str, object] = {
        "run_id": f"{started:%Y%m%dT%H%M%SZ}-ab12",
        "started": started,
        "ended": started + timedelta(seconds=69),
        "sources": counts or (make_count(items=3, fetched=3, new=2, failed=1, rows=2),),
    }
    return Receipt.model_validate(plain | changes)
