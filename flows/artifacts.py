"""What Prefect's pages show of a run."""

from models.receipt import Receipt


def write_summary(receipt: Receipt) -> str:
    """The receipt in one line."""
    return f"{receipt.articles} articles, {receipt.rows} event rows, {len(receipt.failures)} failures"


def write_markdown(receipt: Receipt) -> str:
    """The receipt as a table of the sources, then what a person has to look at."""
    counts = (*receipt.sources, receipt.total)
    names = list(receipt.total.model_dump())
    rows = [[str(value) for value in count.model_dump().values()] for count in counts]
    table = [names, ["---"] * len(names), *rows]
    lines = [f"| {' | '.join(cells)} |" for cells in table]
    return "\n".join([*lines, "", *(f"- {error}" for error in receipt.errors)])
