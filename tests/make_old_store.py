"""Makes the store of tests/data/store_0 with the code of the release that it stands for.

git worktree add OLD 6deb218
PYTHONPATH=OLD python tests/make_old_store.py tests/data/store_0
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.lines import Origin
from flows.staging import Staging
from flows.store import Store
from models.article import Article
from models.run import Run
from tests.rows import make_full_row

URL = "https://paper.example/kesh"
MARCH, MAY = datetime(2024, 3, 5, 12, tzinfo=UTC), datetime(2024, 5, 5, 12, tzinfo=UTC)
FIRST = Article("Gunmen killed four traders near Kesh.", URL, URL, title="Four killed", published=MARCH)
SECOND = replace(FIRST, text="Gunmen killed nine traders near Kesh.", title="Nine killed")
OTHER = Article("A mine killed two men in May.", "saved-1", published=MAY)
RUNS = {
    "20240305T130000Z-aaaa": [(FIRST, ["kesh"])],
    "20240306T130000Z-bbbb": [(SECOND, ["kesh", "kesh-2"]), (OTHER, ["mine"])],
    "20240307T130000Z-cccc": [],
}


def main(folder: Path) -> None:
    """Commits the runs, as `dateline ingest` of the release did it."""
    store = Store(folder)
    for run_id, read in RUNS.items():
        moment = datetime.strptime(run_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        with TemporaryDirectory() as place, store.writing(), Staging(Path(place), run_id) as staged:
            for article, events in read:
                known = {"article_id": article.article_id, "published": article.published}
                rows = [make_full_row(event_id=event, **known) for event in events]
                origin = Origin("town", article.url or "file:///saved-1", article.article_id, moment)
                staged.add(article, rows, origin)
            run = {
                "run_id": run_id,
                "kind": "ingest",
                "started": moment,
                "ended": moment,
                "complete": True,
                "articles": staged.articles,
                "rows": staged.rows,
                "extractor_version": "0.1.0 rules 000000000000 gazetteer 000000000000",
            }
            store.commit(Run.model_validate(run), staged)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
