"""Who a phrase of the news stands for: takes what an actor is called, gives country, role, office and name.

>>> import sayso
>>> sayso.actors.resolve("the British prime minister", "2019-08-01").name
'Boris Johnson'
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from sayso.errors import InputError
from sayso.knowledge.identity import Identity, identify

__all__ = ["Identity", "iso_date", "resolve"]

_UNKNOWN_PARTS = re.compile(r"(?:-XX)+$")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def resolve(text: str, date: str | datetime.date | None = None, context: str | None = None) -> Identity | None:
    """Say who a phrase stands for, at a date and in a sentence; None when it is no actor.

    ``text`` is what the news calls the actor: a name, a title, a description ("Macron", "the foreign minister of
    Norway", "South Korean and American officials"). ``date`` decides who held an office: a date, or ISO 8601 to the
    year or finer, a time after it is passed over; without it the latest state of the tables counts. ``context`` is the
    sentence around the phrase, which tells apart what shares a name.

    What is given has ``kind`` (as an actor's of the record), ``name`` (None for those nobody names), ``country``
    (ISO 3166-1 alpha-3, XKX for Kosovo, "KOR+USA" for several, None when it has none or it is unknown), ``roles``
    (agent codes, primary first, empty when unknown), ``office`` (that at the date) and ``gender`` ("f", "m" or None).
    Raises InputError when the date is none, RecordError when a table is damaged.
    """
    found = identify(text, iso_date(date), context)
    if found is None or found.country:
        return found
    return replace(found, country=None)


def iso_date(date: str | datetime.date | None) -> str | None:
    """Write a date as ISO 8601 to the day at most ("2023", "2023-09", "2023-09-13"); None stays None.

    The time of day goes, and so do the marks of EDTF for what is uncertain. Raises InputError when it is no date.
    """
    if date is None:
        return None
    if isinstance(date, datetime.datetime):
        return date.date().isoformat()
    if isinstance(date, datetime.date):
        return date.isoformat()
    plain = _UNKNOWN_PARTS.sub("", re.split(r"[T ]", date.strip(), maxsplit=1)[0].rstrip("?~%"))
    match = _DATE.fullmatch(plain)
    try:
        if match is None:
            raise ValueError
        datetime.date(*(int(part or 1) for part in match.groups()))
    except ValueError as error:
        raise InputError(f"{date!r} is no date; write it 2023, 2023-09 or 2023-09-13") from error
    return match[0]
