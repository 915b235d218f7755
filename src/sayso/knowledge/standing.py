"""What an actor is, in a few words for people: takes office and country, gives "foreign minister, Azerbaijan"."""

from __future__ import annotations

from sayso.knowledge.countries import countries

__all__ = ["standing"]


def standing(kind: str, country: str | None, office: str | None, name: str = "") -> str:
    """Give office and country as far as they are known and the name does not tell them already; "" for neither.

    ``country`` is alpha-3, joined by "+" where there are several; a code nobody has is given as it is.
    """
    if kind == "country":
        return ""
    known = countries()
    places = [known[code].name if code in known else code for code in (country or "").split("+") if code]
    parts = [office or "", *(place for place in places if place not in name)]
    return ", ".join(part for part in parts if part)
