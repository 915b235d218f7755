"""Unpacks what a server sent, a bounded piece at a time, so that a small answer cannot fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from sayso.errors import FetchError

__all__ = ["Inflater"]

_PIECE = 1 << 20  # bytes given at a time at most
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


class Inflater:
    """Undoes one Content-Encoding; raises FetchError for one that was not asked for and for damaged data."""

    def __init__(self, encoding: str | None) -> None:
        name = (encoding or "identity").strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise FetchError(
                f"the server packs the page as {name[:40]!r}, which was not asked for; save it in your browser"
            )
        self._inflater: Any = None if name in {"", "identity"} else zlib.decompressobj(_GZIP_OR_ZLIB)
        self._may_be_raw = name == "deflate"
        self._started = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take packed bytes and give unpacked ones, in pieces of at most a mebibyte."""
        if self._inflater is None:
            yield chunk
            return
        while chunk:
            if self._inflater.eof:  # a gzip file may have several members
                self._inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
            piece = self._inflate(chunk)
            self._started = True
            chunk = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
            yield piece

    def _inflate(self, chunk: bytes) -> bytes:
        try:
            return bytes(self._inflater.decompress(chunk, _PIECE))
        except zlib.error as error:
            if not self._may_be_raw or self._started:
                raise FetchError(
                    f"the page was packed wrongly by its server ({error}); save it in your browser"
                ) from error
        # Some servers send "deflate" without the zlib header it should have.
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._may_be_raw = False
        return self._inflate(chunk)

    def finish(self) -> None:
        """Raise FetchError when the data ended early."""
        if self._inflater is not None and self._started and not self._inflater.eof:
            raise FetchError("the page broke off before its end; try again")
