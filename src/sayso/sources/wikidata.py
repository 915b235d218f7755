"""A name → the Wikidata item that bears it, or None where no item or more than one fits. Asked only on request.

Two calls of Wikidata's API: ``wbsearchentities`` for items with that label or alias, ``wbgetentities`` for their
claims. An item fits when its kind does (a person is an instance of "human") and, where the actor's country is known,
its country (of citizenship, for people) has that ISO code; of several people the one in public life is taken.
What the claims are is in ``wikidata.tsv``.
"""

from __future__ import annotations

import csv
import time
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import resources
from types import TracebackType
from typing import Any

import httpx

from sayso.errors import FetchError, FetchTimeout
from sayso.settings import Settings

__all__ = ["Wikidata"]

_TRIES, _LONGEST_WAIT = 4, 60.0  # times an address is asked, seconds between two
_CANDIDATES = 10
_BUSY = frozenset({429, 500, 502, 503, 504})
_KIND, _CITIZEN, _COUNTRY, _OCCUPATION, _ISO = "P31", "P27", "P17", "P106", "P298"


@cache
def _items(means: str) -> frozenset[str]:
    table = resources.files("sayso.sources").joinpath("wikidata.tsv").read_text(encoding="utf-8")
    return frozenset(row["item"] for row in csv.DictReader(table.splitlines(), delimiter="\t") if row["means"] == means)


class Wikidata:
    """A polite client: one question at a time, under our own name, patient where asked to be. Use in a ``with``."""

    def __init__(self, settings: Settings, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._address = settings.wikidata
        self._seconds = settings.fetch_timeout
        self._sleep = sleep
        self._codes: dict[str, str | None] = {}
        self._client = httpx.Client(
            headers={"User-Agent": settings.user_agent, "Accept": "application/json"},
            timeout=settings.fetch_timeout,
            follow_redirects=False,
        )

    def __enter__(self) -> Wikidata:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def find(self, name: str, kind: str, country: str | None = None) -> str | None:
        """Give the id ("Q7747") of the one item that fits a name, an actor kind and a country (alpha-3).

        None where none or several fit. Raises FetchTimeout, and FetchError when Wikidata cannot be asked.
        """
        asked = {"action": "wbsearchentities", "search": name, "language": "en", "uselang": "en", "type": "item"}
        hits = self._ask({**asked, "limit": str(_CANDIDATES)}).get("search", [])
        ids = [hit["id"] for hit in hits if _folded(hit.get("match", {}).get("text", "")) == _folded(name)]
        if not ids:
            return None
        asked = {"action": "wbgetentities", "ids": "|".join(ids), "props": "claims"}
        claims = {item["id"]: item.get("claims", {}) for item in self._ask(asked).get("entities", {}).values()}
        fitting = [item for item in ids if item in claims and self._fits(claims[item], kind, country)]
        if len(fitting) > 1 and kind == "person":
            fitting = [item for item in fitting if _values(claims[item], _OCCUPATION) & _items("public life")]
        return fitting[0] if len(fitting) == 1 else None

    def _fits(self, claims: dict[str, Any], kind: str, country: str | None) -> bool:
        kinds = _values(claims, _KIND)
        if (kind == "person") != bool(kinds & _items("person")) or kinds & _items("no item"):
            return False
        if (kind == "country") != bool(kinds & _items("country")):
            return False
        if country is None or "+" in country:
            return True
        if kind == "country":
            return country in _texts(claims, _ISO)
        return country in {self._code(item) for item in _values(claims, _CITIZEN if kind == "person" else _COUNTRY)}

    def _code(self, item: str) -> str | None:
        """Give the ISO alpha-3 code of a country's item; asked once."""
        if item not in self._codes:
            answer = self._ask({"action": "wbgetentities", "ids": item, "props": "claims"})
            claims = answer.get("entities", {}).get(item, {}).get("claims", {})
            self._codes[item] = next(iter(sorted(_texts(claims, _ISO))), None)
        return self._codes[item]

    def _ask(self, question: dict[str, str]) -> dict[str, Any]:
        """Ask, and ask again, ever later, where it is busy or does not answer."""
        trouble = ""
        timed_out = False
        for number in range(_TRIES):
            wait = 2.0**number
            try:
                answer = self._client.get(self._address, params={**question, "format": "json", "maxlag": "5"})
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                timed_out, trouble = isinstance(error, httpx.TimeoutException), str(error) or type(error).__name__
            else:
                data = _json(answer)
                code = data.get("error", {}).get("code") if data is not None else None
                if answer.status_code == 200 and data is not None and code is None:
                    return data
                timed_out, trouble = False, f"{answer.status_code} {code or answer.reason_phrase}"
                if answer.status_code not in _BUSY and code != "maxlag":
                    break
                asked_for = answer.headers.get("retry-after", "")
                wait = max(wait, float(asked_for)) if asked_for.isdecimal() else wait
            if number + 1 < _TRIES:
                self._sleep(min(wait, _LONGEST_WAIT))
        if timed_out:
            raise FetchTimeout(f"{self._address} did not answer within {self._seconds:g} seconds; try again later")
        raise FetchError(f"{self._address} gives no answer ({trouble}); try again later, or link from a file")


def _json(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        data = answer.json()
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _statements(claims: dict[str, Any], of: str) -> list[Any]:
    listed = [claim for claim in claims.get(of, []) if claim.get("rank") != "deprecated"]
    return [claim.get("mainsnak", {}).get("datavalue", {}).get("value") for claim in listed]


def _values(claims: dict[str, Any], of: str) -> set[str]:
    return {value["id"] for value in _statements(claims, of) if isinstance(value, dict) and "id" in value}


def _texts(claims: dict[str, Any], of: str) -> set[str]:
    return {value for value in _statements(claims, of) if isinstance(value, str)}


def _folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain.casefold()).split())
