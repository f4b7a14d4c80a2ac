"""Which of several rows of one event counts."""

# Of two versions of a page, the newer page's row counts, whichever of them was read last.
NEWEST = """QUALIFY row_number() OVER (
    PARTITION BY event_id ORDER BY coalesce(article_run, run_id) DESC, run_id DESC, article_id) = 1"""
