"""Bytes → Article: text, Markdown and HTML from files, folders, feeds, standard input and the web."""

from __future__ import annotations

from sayso.sources.loading import from_bytes, from_text, load
from sayso.sources.targets import expand

__all__ = ["expand", "from_bytes", "from_text", "load"]
