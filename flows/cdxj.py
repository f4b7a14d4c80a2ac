"""Index lines that other tools of web archives read: SURT key, time, and where the record stands."""

import json
import re
from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from flows.archive_index import Record

PORTS = {"http": "80", "https": "443"}


def write_cdxj(records: Iterable[Record]) -> bytes:
    """The lines of these records, sorted as such files are."""
    return "".join(sorted(make_line(record) + "\n" for record in records)).encode("utf-8")


def make_line(record: Record) -> str:
    """One record as a line."""
    place = {
        "url": record.final_url,
        "mime": "warc/revisit" if record.kind == "revisit" else record.mime or "unk",
        "status": str(record.status),
        "digest": record.digest,
        "length": str(record.length),
        "offset": str(record.offset),
        "filename": record.file,
    }
    time = record.fetched_at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    return f"{make_key(record.final_url)} {time} {json.dumps(place, ensure_ascii=False)}"


def make_key(url: str) -> str:
    """The SURT key of an address: host from the right without www, then path and sorted query, all lower case."""
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        return re.sub(r"\s", "%20", url)
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    turned = host if re.fullmatch(r"[\d.]+|.*:.*", host) else ",".join(reversed(host.split(".")))
    told = f":{port}" if port and str(port) != PORTS.get(parts.scheme) else ""
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return re.sub(r"\s", "%20", f"{turned}{told}){parts.path.rstrip('/') or '/'}{query}")
