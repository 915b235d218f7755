"""Text → its expressions of time, each with its value (ISO 8601 or EDTF) where it can be reckoned.

The words of the text become one letter each, by kind (``sayso.knowledge.calendar``); the forms below are patterns over
those letters, tried at every word, the longest winning. So a text is read in time proportional to its length.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["Bound", "Found", "Kind", "find_dates"]

Kind = Literal["date", "time", "duration", "set", "past", "present", "future"]
Bound = Literal["since", "until"]
