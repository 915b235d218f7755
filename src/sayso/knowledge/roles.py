"""Role words: takes a noun phrase ("opposition lawmakers"), gives CAMEO agent codes, the primary one first.

Codes: GOV government, MIL military, COP police, JUD courts, LEG legislature, OPP opposition, PTY party, REB rebels,
UAF armed force without allegiance, SPY intelligence, MED media, IGO international body, NGO, EDU, BUS, CVL civilians,
ELI former officials and the famous, REL, REF refugees, LAB, CRM, HLH health, AGR.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.knowledge.gazetteer import levelled
from sayso.knowledge.grammar import word_class
from sayso.knowledge.inflection import plural
from sayso.knowledge.tables import listed, rows

__all__ = ["CODES", "COLUMNS", "Role", "roles", "roles_of"]

COLUMNS = ("role", "codes", "generic", "source")
CODES: tuple[str, ...] = (
    *("GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "REB", "UAF", "SPY", "MED", "IGO"),
    *("NGO", "EDU", "BUS", "CVL", "ELI", "REL", "REF", "LAB", "CRM", "HLH", "AGR"),
)
_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_ADVERSARIES = frozenset({"OPP", "REB", "UAF", "CRM"})
_WORD = re.compile(r"[^\W_]+(?:[-'.&][^\W_]+)*\.?|[,;:]")


@dataclass(frozen=True, slots=True)
class Role:
    """One role word; a generic one ("spokesman", "official") takes its code from what stands beside it."""

    role: str
    codes: tuple[str, ...]
    generic: bool


@cache
def roles() -> tuple[Role, ...]:
    """Load the role words, in file order; raises RecordError when the file is damaged."""
    return tuple(Role(role, listed(codes), generic == "yes") for role, codes, generic, _ in rows("roles.tsv", COLUMNS))


@cache
def _index() -> dict[str, tuple[tuple[tuple[str, ...], Role], ...]]:
    found: dict[str, dict[tuple[str, ...], Role]] = {}
    for role in roles():
        words = tuple(_words(role.role)) or (role.role,)
        forms = {words, (*words[:-1], plural(words[-1]))}
        if "of" in words:
            forms.add((plural(words[0]), *words[1:]))
        for form in forms:
            found.setdefault(form[0], {}).setdefault(form, role)
    return {first: tuple(sorted(forms.items(), key=lambda f: -len(f[0]))) for first, forms in found.items()}


def _words(phrase: str) -> list[str]:
    words = []
    for word in _WORD.findall(levelled(phrase).lower()):
        word = word.removesuffix("'s").removesuffix("'")
        words.append(word if word in {"u.n.", "e.u."} else word.rstrip("."))
    return words


def _met(words: Sequence[str]) -> list[tuple[int, Role]]:
    found: list[tuple[int, Role]] = []
    at = 0
    while at < len(words):
        for form, role in _index().get(words[at], ()):
            if tuple(words[at : at + len(form)]) == form:
                found.append((at, role))
                at += len(form)
                break
        else:
            at += 1
    return found


def _cut(words: Sequence[str], found: Sequence[tuple[int, Role]]) -> int:
    """Give the position at which the complement of the phrase begins: a preposition or comma outside all roles."""
    inside = {at + i for at, role in found for i in range(len(role.role.split()))}
    cuts = word_class("complement") | {",", ";", ":"}
    return next((i for i, word in enumerate(words) if i and word in cuts and i not in inside), len(words))


@lru_cache(maxsize=8192)
def roles_of(phrase: str) -> tuple[str, ...]:
    """Give the codes of a noun phrase, primary first, without repeats; empty when no word of it is a role.

    The last role word before any preposition is the head. A generic head takes the code of what modifies or
    completes it ("police spokesman", "spokesman for the rebels"); former office-holders are ELI.
    """
    words = _words(phrase)
    found = _met(words)
    cut = _cut(words, found)
    inner = [role for at, role in found if at < cut]
    outer = [code for at, role in found if at >= cut for code in role.codes]
    if not inner:
        return tuple(dict.fromkeys(outer))
    *before, head = inner
    beside = [code for role in reversed(before) for code in role.codes]
    own = list(head.codes)
    former = not word_class("former").isdisjoint(word.split("-")[0] for word in words[:cut])
    if former and own[:1] == ["GOV"] and not head.generic and not beside:
        return ("ELI",)
    return tuple(dict.fromkeys(_ordered(head, own, beside, outer)))


def _ordered(head: Role, own: list[str], beside: list[str], outer: list[str]) -> list[str]:
    if head.generic:
        lent = beside or outer
        return lent + own if set(lent) <= _STATE else lent
    if own[:1] == ["GOV"] and outer and not set(outer) & (_STATE | {"CVL"}):
        return outer
    if _ADVERSARIES & set(beside):
        return beside + own
    return own + beside
