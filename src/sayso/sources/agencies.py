"""Which names are news agencies: takes a credit as printed, says whether an agency stands behind it.

The known agencies lie in ``agencies.tsv`` (name, other names, the agency's own site as source). A name that is not
there counts as an agency when it says so itself ("… News Agency", "… Wire") or is a bare acronym, as credits are.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

__all__ = ["is_agency", "known_agencies"]

_SAYS_SO = re.compile(
    r"\b(?:wire|wires|newswire|newswires|(?:news|press|telegraph|information) (?:agency|service|bureau)|agence|agencia"
    r"|agenzia|agentur|presse-agentur|associated press)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z]{2,6}(?:[-/][A-Z]{2,6})*")


@cache
def known_agencies() -> frozenset[str]:
    """Give every name and other name of ``agencies.tsv``, case-folded."""
    table = resources.files("sayso.sources").joinpath("agencies.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines(), delimiter="	")
    names = (name for row in rows for name in (row["name"], *row["aliases"].split("|")))
    return frozenset(name.casefold() for name in names if name)


def is_agency(credit: str, *, bare_acronym: bool = True) -> bool:
    """Say whether a credit names a news agency; of a joint credit ("AP/Reuters") each part has to.

    ``bare_acronym`` counts an unknown acronym as one.
    """
    if credit.casefold() in known_agencies() or _SAYS_SO.search(credit):
        return True
    if bare_acronym and _ACRONYM.fullmatch(credit):
        return True
    parts = [part.strip() for part in re.split(r"/| and | with |, ", credit)]
    return len(parts) > 1 and all(part and is_agency(part, bare_acronym=bare_acronym) for part in parts)
