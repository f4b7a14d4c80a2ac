"""Object stores and other file systems at URLs: how one is reached, and what goes wrong there in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec

from models.errors import DatelineError


def list_faults() -> tuple[type[Exception], ...]:
    """What the libraries of object stores raise besides OSError; they need not be installed."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - an extra
    except ImportError:
        return (OSError, ValueError)
    return (OSError, ValueError, BotoCoreError, ClientError)


def open_url(url: str, fault: type[DatelineError], store: str = "the store") -> tuple[Any, str]:
    """File system and path of a URL. Its settings come from the environment, as its library reads it."""
    options = {"auto_mkdir": True} if url.startswith("file:") else {}
    try:
        with reach(url, fault, store):
            # No listing is kept from before: other processes change what is there.
            system, root = fsspec.core.url_to_fs(url, use_listings_cache=False, **options)
    except ImportError as error:
        raise fault(f"{url}: a library is missing: pip install 'dateline[s3]' ({error})") from error
    return system, str(root).rstrip("/")


@contextmanager
def reach(place: str, fault: type[DatelineError], store: str = "the store") -> Iterator[None]:
    """Turns what the libraries raise into a `fault` of one line."""
    try:
        yield
    except list_faults() as error:
        words = " ".join(str(error).split()) or type(error).__name__
        raise fault(f"{place}: {store} fails ({words})") from error
