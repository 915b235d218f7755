"""English inflection as far as cue and role words need it: takes a lemma, gives the surface forms it may have.

Forms are generated, not stripped: a lemma of a closed list meets its surface by look-up, so that "added" cannot be
read as "ad" and "string" cannot be read as "str". A generated form that is no English word does no harm.
"""

from __future__ import annotations

__all__ = ["noun_forms", "plural", "verb_forms"]

_VOWELS = frozenset("aeiou")
_HISSING = ("s", "x", "z", "ch", "sh")
_PLURALS = {
    "man": "men",
    "woman": "women",
    "person": "people",
    "child": "children",
    "wife": "wives",
    "thief": "thieves",
    "analysis": "analyses",
    "crisis": "crises",
    "alumnus": "alumni",
    "hypothesis": "hypotheses",
    "thesis": "theses",
}


def plural(noun: str) -> str:
    """Give the plural of a singular noun ("spokesman" gives "spokesmen")."""
    for singular, many in _PLURALS.items():
        if noun.endswith(singular) and not noun.lower().endswith(("human", "german", "roman", "shaman")):
            return noun[: -len(singular)] + many
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(_HISSING) else "s")


def noun_forms(noun: str) -> frozenset[str]:
    """Give a noun and its plural."""
    return frozenset({noun, plural(noun)})


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith((*_HISSING, "o")) else "s")


def _doubles(verb: str) -> bool:
    if len(verb) < 3 or verb[-1] in "aeiouwxyh" or verb[-2] not in _VOWELS:
        return False
    return verb[-3] not in _VOWELS or verb[-4:-2] == "qu"


def verb_forms(verb: str, irregular: tuple[str, ...] = ()) -> frozenset[str]:
    """Give a verb, its regular forms (with and without a doubled last letter) and its irregular ones."""
    forms = {verb, _third_person(verb), *irregular}
    if verb.endswith("ie"):
        forms |= {verb + "d", verb[:-2] + "ying"}
    elif verb.endswith(("ee", "oe", "ye")):
        forms |= {verb + "d", verb + "ing"}
    elif verb.endswith("e"):
        forms |= {verb + "d", verb[:-1] + "ing"}
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        forms |= {verb[:-1] + "ied", verb + "ing"}
    else:
        forms |= {verb + "ed", verb + "ing"}
    if _doubles(verb):
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return frozenset(forms)
