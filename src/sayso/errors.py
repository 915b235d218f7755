"""What can go wrong, as one tree. Every message is one line that says what to do.

::

    SaysoError
    ├── InputError            the article cannot be read
    │   ├── EmptyText         nothing to read in it
    │   ├── TooLong           above the length limit
    │   ├── NotText           binary, or no encoding fits
    │   ├── NotFound          no such file or folder
    │   └── FetchError        the address gave no article
    │       ├── FetchTimeout  it did not answer in time
    │       └── UnsafeAddress it leads to a private network
    ├── RecordError           not a valid record
    │   └── GroundingError    a span that is not a slice of its article
    ├── ModelError            the reader's model is missing or broken
    ├── StoreError            the store cannot do this
    │   ├── SchemaTooNew      written by a newer sayso
    │   ├── StoreReadOnly     it cannot be written
    │   ├── StoreBusy         another process holds it
    │   ├── QueryError        it is asked something that makes no sense
    │   └── NotInStore        no such article, statement or actor in it
    └── ConfigError           a setting is wrong
"""

from __future__ import annotations

__all__ = [
    "ConfigError",
    "EmptyText",
    "FetchError",
    "FetchTimeout",
    "GroundingError",
    "InputError",
    "ModelError",
    "NotFound",
    "NotInStore",
    "NotText",
    "QueryError",
    "RecordError",
    "SaysoError",
    "SchemaTooNew",
    "StoreBusy",
    "StoreError",
    "StoreReadOnly",
    "TooLong",
    "UnsafeAddress",
]


class SaysoError(Exception):
    """Base of all errors of sayso. ``exit_code`` is the command line's, ``status`` the HTTP status of the web."""

    exit_code = 1
    status = 500


class InputError(SaysoError):
    """The article cannot be read."""

    exit_code = 2
    status = 422


class EmptyText(InputError):
    """There is nothing to read."""


class TooLong(InputError):
    """The text or page is above the limit."""

    status = 413


class NotText(InputError):
    """The bytes are no text in any encoding that fits."""

    status = 415


class NotFound(InputError):
    """No such file or folder."""

    status = 404


class FetchError(InputError):
    """The address gave no article."""

    status = 502


class FetchTimeout(FetchError):
    """The address did not answer in time."""

    status = 504


class UnsafeAddress(FetchError):
    """The address leads to a private network."""

    status = 403


class RecordError(SaysoError):
    """The data is not a valid record."""

    exit_code = 3
    status = 422


class GroundingError(RecordError):
    """A span is not a slice of its article. ``found`` is what stands there, None when that is unknown."""

    def __init__(self, start: int, end: int, text: str, found: str | None) -> None:
        self.start, self.end, self.text, self.found = start, end, text, found
        there = "that is not its length" if found is None else f"there stands {found[:60]!r}"
        super().__init__(f"span {start}:{end} is not grounded: it says {text[:60]!r}, {there}")

    def __reduce__(self) -> tuple[type[GroundingError], tuple[int, int, str, str | None]]:
        return type(self), (self.start, self.end, self.text, self.found)


class ModelError(SaysoError):
    """The reader's model is missing or broken."""

    exit_code = 4


class StoreError(SaysoError):
    """The store cannot do this."""

    exit_code = 5


class SchemaTooNew(StoreError):
    """The store was written by a newer sayso."""


class StoreReadOnly(StoreError):
    """The store cannot be written."""

    status = 403


class StoreBusy(StoreError):
    """Another process holds the store."""

    status = 503


class QueryError(StoreError):
    """The store is asked something that makes no sense: a date that is none, a force that is not on the list."""

    exit_code = 2
    status = 422


class NotInStore(StoreError):
    """No such article, statement or actor in the store."""

    status = 404


class ConfigError(SaysoError):
    """A setting is wrong."""

    exit_code = 2
