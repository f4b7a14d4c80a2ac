"""The receipts of runs, as JSON files in the home; the table `runs` holds each too, as it was at the commit."""

from pathlib import Path

from pydantic import ValidationError

from flows.home import find_tables_url
from flows.outputs import replace_file, typed
from flows.store import LOCK, Store
from models.errors import InputError, OutputError
from models.receipt import Receipt

LARGEST = 10 * 2**20


def find_store(home: Path) -> str | Path:
    """Where the tables stand: in the home, or at the address in DATELINE_TABLES."""
    return find_tables_url() or home / "tables"


def find_lock(home: Path) -> Path:
    """The file that a run on this home locks, wherever the tables stand."""
    return home / "tables" / LOCK


def find_receipt(home: Path, run_id: str) -> Path:
    """Where the receipt of a run stands."""
    return home / "receipts" / f"{run_id}.json"


def save_receipt(home: Path, receipt: Receipt) -> Receipt:
    """Keeps the receipt as JSON. Where that fails, gives it with the error: the run is committed all the same."""
    path = find_receipt(home, receipt.run_id)
    try:
        with typed(str(path)):
            path.parent.mkdir(parents=True, exist_ok=True)
        with replace_file(path) as part, typed(str(path)):
            part.write_text(receipt.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OutputError as error:
        return receipt.model_copy(update={"errors": (*receipt.errors, str(error))})
    return receipt


def read_receipt(path: Path) -> Receipt:
    """The receipt of a file. Raises InputError."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: is larger than any receipt")
        return Receipt.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except ValidationError as error:
        raise InputError(f"{path}: is no receipt ({error.error_count()} faults)") from error


def list_receipts(home: Path, most: int) -> tuple[list[Receipt], list[str]]:
    """The receipts of the last nights, the oldest first, and one line for each that cannot be read."""
    receipts: list[Receipt] = []
    faults: list[str] = []
    for path in sorted((home / "receipts").glob("*.json"), reverse=True):
        if len(receipts) + len(faults) == most:
            break
        try:
            receipt = read_receipt(path)
        except InputError as error:
            faults.append(str(error))
            continue
        if not receipt.again:
            receipts.append(receipt)
    return receipts[::-1], faults[::-1]


def recall_receipt(home: Path, wanted: str) -> Receipt:
    """The receipt of a run by its id or the beginning of it; `last` is the newest. Raises InputError."""
    store = Store(find_store(home))
    run_ids = sorted(store.run_ids() | {path.stem for path in (home / "receipts").glob("*.json")})
    found = run_ids[-1:] if wanted == "last" else [name for name in run_ids if name.startswith(wanted)]
    if len(found) != 1:
        fault = f"{len(found)} runs begin so" if found else "there is no such run"
        raise InputError(f"run '{wanted}': {fault}; `dateline runs` lists all")
    return load_receipt(home, store, found[0]) or read_receipt(find_receipt(home, found[0]))


def load_receipt(home: Path, store: Store, run_id: str) -> Receipt | None:
    """The receipt of a run out of its file, else out of the tables; None where neither holds one."""
    path = find_receipt(home, run_id)
    if path.exists():
        return read_receipt(path)
    written = store.find_receipt(run_id)
    return Receipt.model_validate_json(written) if written else None
