"""Who a phrase stands for: takes what an actor is called, at a date and in a context, gives kind, country and role.

The ways of naming are tried from the surest on: an organisation, outlet, country or region by its name; a person known
by name; a title, with or without a name, whose holder at that date is known; a described group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.knowledge.countries import countries, country_of, find_countries, government_name, name_of
from sayso.knowledge.gazetteer import levelled
from sayso.knowledge.homonyms import meant
from sayso.knowledge.mouths import classes_of, is_title
from sayso.knowledge.offices import Term, holders, posts, posts_called, terms_of
from sayso.knowledge.organisations import Organisation, bodies_called, find_organisations, organisation_of
from sayso.knowledge.outlets import outlet_named, outlet_of
from sayso.knowledge.regions import city_country, find_regions, region_of
from sayso.knowledge.roles import roles_of
from sayso.record import ActorKind

__all__ = ["Identity", "Phrase", "identify", "known_person"]


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of an actor.

    ``name`` is None for those nobody names; ``country`` is alpha-3 ("KOR+USA" where several), None when it has none
    or is unknown; ``roles`` are agent codes, primary first; ``office`` is that at the date asked for.
    """

    kind: ActorKind
    name: str | None = None
    country: str | None = None
    roles: tuple[str, ...] = ()
    office: str | None = None
    gender: str | None = None


_ARTICLE = re.compile(r"^(?:the|a|an|some|several|many|most|other|two|three|four|five|six|\d+|both|all|these|those)\s+", re.I)
_LOCATION = re.compile(r"^(?:in|at|near|from|to|into|across|outside|inside|around|towards?|over|through)\s", re.I)
_FORMER = re.compile(r"\b(?:former|ex|one-?time|late|retired|ousted|deposed|then|erstwhile|outgoing)\b[- ]?", re.I)
_GONE = re.compile(r"\b(?:former|ex|one-?time|retired|ousted|deposed|erstwhile)\b", re.I)
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ‘’'][\w’'.-]*"
_PARTICLES = r"(?:de|del|della|da|dos|du|di|la|le|van|von|der|den|ten|ter|bin|ibn|al|el|ul|bint|abu|y|e|of)"
_NAME_AT_END = re.compile(rf"(?:^|(?<=[\s,-]))({_CAPITALISED}(?:[ -](?:{_PARTICLES}[ -]){{0,2}}{_CAPITALISED}){{0,5}})$")
_BIG_CITY = 100_000
_BEFORE_OFFICE = 6  # years before an office in which its later holder may be in the news


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, bare and level, with what it was asked with."""

    text: str
    date: str | None = None
    context: str = ""

    @property
    def low(self) -> str:
        return self.text.lower()


@lru_cache(maxsize=8192)
def identify(text: str, date: str | None = None, context: str | None = None) -> Identity | None:
    """Give who a phrase stands for at a date (ISO 8601) in a sentence, or None when it is no actor."""
    plain = " ".join(levelled(text).split()).strip("\"'“”.,;: ")
    plain = re.sub(r"(?:'s|(?<=s)')$", "", plain)
    if not plain or _LOCATION.match(plain):
        return None
    phrase = Phrase(plain, date, " ".join(levelled(context or "").split()))
    if (sense := meant(plain, phrase.context)) is not None:
        if sense.kind in ("place", "none"):
            return None
        if sense.kind == "person":
            return known_person(plain, date) or Identity("person", plain)
        if sense.kind == "organisation" and (body := organisation_of(sense.sense)):
            return _body(body)
        if sense.kind == "region" and plain == sense.phrase:
            return Identity("government", plain, sense.country, ("GOV",))
        if sense.kind == "country" and country_of(plain):
            return Identity("country", name_of(sense.country), sense.country, ("GOV",))
        return _described(phrase, sense.country)
    for way in (_by_name, _person, _titled, _described):
        if (found := way(phrase)) is not None:
            return found
    return None


def _by_name(phrase: Phrase) -> Identity | None:
    """Identify what is exactly a known name: of an organisation, outlet, country, seat or region."""
    near = _only_country(phrase.context)
    if body := organisation_of(phrase.text, near, phrase.date) or _qualified(phrase.text, phrase.date):
        return _body(body)
    at = phrase.context.find(phrase.text)
    outlet = outlet_named(phrase.context, at, at + len(phrase.text)) if at >= 0 else outlet_of(phrase.text)
    if outlet:
        return Identity("media", outlet.name, outlet.country, ("MED",))
    if (country := country_of(phrase.text)) is not None:
        how = find_countries(phrase.text)[0].how
        if how == "demonym":
            return Identity("group", None, country, ("CVL",))
        if _is_only_a_place(phrase):
            return None
        kind: ActorKind = "country" if how == "name" else "government"
        return Identity(kind, name_of(country) if how == "name" else government_name(country), country, ("GOV",))
    if several := bodies_called(phrase.text):
        return _body(min(several, key=lambda each: _FIRST_MEANT.get(each.kind, len(_FIRST_MEANT))))
    if (region := region_of(phrase.text)) is not None and not _is_only_a_place(phrase):
        if phrase.text in region.demonyms:
            return Identity("group", None, region.country or None, ("CVL",))
        return Identity("government", region.name, region.country or None, ("GOV",))
    return None


# Which of several bodies of one acronym is meant where nothing tells: the kind most in the news.
_FIRST_MEANT = {kind: rank for rank, kind in enumerate(("intelligence", "government body", "military", "armed group", "igo"))}


def _qualified(text: str, date: str | None) -> Organisation | None:
    """Give the organisation named after its country ("Germany's Free Democrats", "the US Energy Department")."""
    text = _ARTICLE.sub("", text)
    for mention in find_countries(text)[:1]:
        rest = re.sub(r"^(?:'s?)?\s+(?:ruling |main |opposition )?", "", text[mention.end :])
        if mention.start == 0 and rest and (body := organisation_of(rest, mention.alpha3, date)):
            return body if body.country == mention.alpha3 else None
    return None


def _body(body: Organisation) -> Identity:
    country = None if "IGO" in body.codes else body.country or None
    return Identity(body.actor_kind, body.name, country, body.codes)


def _only_country(context: str) -> str:
    """Give the one country a sentence speaks of, or ""."""
    found = {mention.alpha3 for mention in find_countries(context)}
    if not found:
        found = {region.country for _, _, region in find_regions(context) if region.country}
    if not found:
        names = re.findall(rf"(?:in|at|near|from) (?:the )?({_CAPITALISED}(?: {_CAPITALISED})?)", context)
        found = {code for name in names if (code := city_country(name.rstrip(".,;"), at_least=_BIG_CITY))}
    return found.pop() if len(found) == 1 else ""


def _is_only_a_place(phrase: Phrase) -> bool:
    """Say whether every time the sentence says the name it is only where something is ("in Moscow")."""
    if not phrase.context:
        return False
    at = [m.start() for m in re.finditer(re.escape(phrase.text), phrase.context)]
    located = [bool(re.search(r"\b(?:in|at|near|outside|inside|around|across|throughout)(?: the)? $", phrase.context[:i])) for i in at]
    return bool(located) and all(located)


def known_person(name: str, date: str | None, country: str | None = None) -> Identity | None:
    """Give the person of public life so called, with the office held at a date; None for an unknown or shared name.

    A shared name is the one in office then, of the highest post; of two equals neither.
    """
    found = [term for term in terms_of(name) if not country or term.body == country or len(term.body) > 3]
    if not found:
        return None
    now = [term for term in found if term.covers(date)]
    started = [term for term in found if not date or term.since[: len(date)] <= date[: len(term.since)]]
    soon = [term for term in found if not date or int(term.since[:4] or 0) - int(date[:4]) <= _BEFORE_OFFICE]
    candidates = now or started or soon
    if not candidates:
        return None
    best = min(posts()[term.post].rank for term in candidates)
    top = {term.holder for term in candidates if posts()[term.post].rank == best}
    if len(top) > 1 and (full := {t.holder for t in candidates if len(name.split()) > 1}):
        top = top if len(full) > 1 else full
    if len(top) > 1:
        same = {_country(term) for term in candidates}
        return Identity("person", name, same.pop(), _codes(candidates[0])) if len(same) == 1 and " " not in name else None
    holder = top.pop()
    own = sorted((t for t in terms_of(holder) if t.holder == holder), key=lambda t: posts()[t.post].rank)
    held = [term for term in own if term.covers(date)]
    last = (held or sorted(own, key=lambda t: t.since, reverse=True))[0]
    over = not held and last.over(date) and date is not None
    roles = ("ELI",) if over and _codes(last)[:1] == ("GOV",) else _codes(last)
    return Identity("person", holder, _country(last), roles, _office(last) if held else None, last.gender or None)


def _country(term: Term) -> str | None:
    if _is_country(term.body):
        return term.body
    body = organisation_of(term.body)
    return (body.country or None) if body else None


def _is_country(body: str) -> bool:
    return body in countries()


def _codes(term: Term) -> tuple[str, ...]:
    body = None if _is_country(term.body) else organisation_of(term.body)
    own = posts()[term.post].codes
    if body and body.codes and (term.post.startswith("rebel") or not own or "IGO" in body.codes):
        return body.codes
    return own


def _office(term: Term) -> str:
    """Name an office as the press does: the body's own title where it has one, else the kind of post."""
    return term.titles[0] if term.titles else term.post


def _person(phrase: Phrase) -> Identity | None:
    """Identify a name that stands alone."""
    if not re.fullmatch(rf"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)?\.? ?{_CAPITALISED}(?:[ -](?:{_PARTICLES}[ -]){{0,2}}{_CAPITALISED}){{0,5}}", phrase.text):
        return None
    words = phrase.text.split()
    while len(words) > 1 and is_title(words[0]):
        words = words[1:]
    if any(roles_of(word.lower()) for word in words[:-1]) and len(words) > 1:
        return None
    return known_person(" ".join(words), phrase.date, _only_country(phrase.context) or None) or known_person(" ".join(words), phrase.date)


def _titled(phrase: Phrase) -> Identity | None:
    """Identify a title, with a name after it or by its holder at the date."""
    text = _ARTICLE.sub("", phrase.text)
    former = _GONE.search(text) is not None
    name, title = _name_and_title(text)
    body, words = _body_and_words(_FORMER.sub("", title).strip(" ,"), phrase)
    if not words:
        return None
    if name:
        country = body if len(body) == 3 else None
        person = known_person(name, phrase.date, country) or known_person(name, phrase.date)
        if person is None and " " in name and country and (whole := known_person(name, None, country)):
            person = replace(whole, office=None)
        described = _described(Phrase(title, phrase.date, phrase.context))
        if person is not None:
            was = described is not None and described.roles[:1] == ("ELI",)
            roles = ("ELI",) if former and (was or person.roles[:1] == ("GOV",)) else person.roles
            return replace(person, roles=roles, office=None if former else person.office)
        if described is None or described.kind not in ("person", "group"):
            return None
        return replace(described, kind="person", name=name)
    if former or not body or re.search(r"\b(?:deputy|vice|assistant|acting|wife|son|daughter|aide)\b", words) :
        return None
    found = holders(body, words, phrase.date) if phrase.date else ()
    called = posts_called(words, body)
    if len(found) == 1:
        [term] = found
        return Identity("person", term.holder, _country(term), _codes(term), _office(term), term.gender or None)
    if called:
        post = posts()[called[0]]
        codes, country = post.codes, body if len(body) == 3 else None
        if not codes and (organisation := organisation_of(body)):
            codes, country = organisation.codes, organisation.country or None
        return Identity("person", None, country, codes, words)
    return None


def _name_and_title(text: str) -> tuple[str, str]:
    """Part a phrase into the name at its end and the title before it; an apposition counts as a title."""
    apposed = re.fullmatch(r"([^,]+), (?:the |an? )?([^,]+),?", text)
    if apposed and " and " not in apposed[2]:
        first, second = apposed.groups()
        if known_person(first, None) or not roles_of(first.lower()):
            return first, second
        return _untitled(second), first
    match = _NAME_AT_END.search(text)
    if match is None:
        return "", text
    words = match[1].split()
    cut = max((i + 1 for i, word in enumerate(words[:-1]) if _is_title_word(" ".join(words[: i + 1]), word)), default=0)
    name, title = " ".join(words[cut:]), (text[: match.start()] + " " + " ".join(words[:cut])).strip()
    if not title or not _has_role(title) or roles_of(words[-1].lower()) or country_of(name) or title.endswith((" of", " for", " from", " in", " at", " to", " and", " the")):
        return "", text
    return name, title


def _untitled(name: str) -> str:
    """Drop titles and role words before a name ("Ayatollah Ali Khamenei")."""
    words = name.split()
    while len(words) > 1 and (is_title(words[0]) or roles_of(words[0].lower())):
        words = words[1:]
    return " ".join(words)


def _has_role(title: str) -> bool:
    """Say whether a title ends in a role word or names a post."""
    words = title.lower().split()
    return bool(roles_of(title.lower())) or any(posts_called(" ".join(words[-n:])) for n in (1, 2, 3, 4))


def _is_title_word(before: str, word: str) -> bool:
    return bool(roles_of(word.lower())) or is_title(word) or bool(posts_called(word)) or bool(country_of(before)) or bool(organisation_of(before))


def _body_and_words(title: str, phrase: Phrase) -> tuple[str, str]:
    """Part a title into whose it is (alpha-3 or an organisation's name, "") and its words ("foreign minister")."""
    bodies = find_organisations(title)
    if whole := next((b for b in bodies if b[1] - b[0] == len(title)), None):
        return whole[2].country, ""
    places = [(m.start, m.end, m.alpha3) for m in find_countries(title) if m.how != "seat"]
    if not places:
        places = [(lo, hi, r.country) for lo, hi, r in find_regions(title)]
    body = ""
    cut = places[:1]
    if places:
        body = places[0][2]
    elif bodies and bodies[0][2].kind not in ("government body",):
        body, cut = bodies[0][2].name, [(bodies[0][0], bodies[0][1], bodies[0][2].name)]
    elif bodies:
        body = bodies[0][2].country
        cut = []
    else:
        body = _only_country(phrase.context)
    words = title
    for lo, hi, _ in cut:
        words = words[:lo] + words[hi:]
    words = re.sub(r"'s?(?=\s|$)", "", words)
    words = re.sub(r"\s+(?:of|for|from|in)(?: the)?\s*$", "", " ".join(words.split()))
    words = re.sub(r"^(?:of|the|s)\s+", "", words).lower()
    return body, words


def _described(phrase: Phrase, country: str = "") -> Identity | None:
    """Identify what is only described, by its head noun, the places in it and its role words."""
    text = _ARTICLE.sub("", phrase.text)
    low = text.lower()
    bodies = find_organisations(text, _only_country(text) or _only_country(phrase.context))
    classes = set(classes_of(low)) - {"document"}
    codes = roles_of(low)
    where = country or _countries_of(text, bodies)
    if not codes and not classes and not (bodies and bodies[-1][1] < len(text)):
        return _bare_name(phrase, text)
    from_body = [code for _, _, body in bodies for code in body.codes]
    if from_body and (not codes or _is_generic(low)):
        codes = tuple(dict.fromkeys([*from_body, *([] if _is_generic(low) else codes)]))
    if not codes and (where or find_regions(text)) and re.search(r"\bleaders?$", low):
        codes = ("GOV",)
    if _GONE.search(low) and (codes[:1] in ((), ("GOV",), ("SPY",), ("MIL",))):
        codes = ("ELI",)
    international = any("IGO" in body.codes for _, _, body in bodies)
    return Identity(_kind(low, classes), None, None if international else (where or None), codes)


def _is_generic(low: str) -> bool:
    return bool(re.search(r"\b(?:official|spokes\w+|leader|member|chief|head|envoy|source|figure|aide|representative|negotiator|diplomat|delegation|delegate|staff|employee|worker|researcher|expert|executive|commander|fighter|analyst|adviser|advisor|president|director|secretary|chairman|chair|boss|ambassador|monitor|inspector|peacekeeper)s?\b", low))


def _countries_of(text: str, bodies: list[tuple[int, int, Organisation]]) -> str:
    """Give the countries a description belongs to, joined by "+", in the order of the text."""
    parts = find_regions(text)
    wide = [(lo, hi) for lo, hi, _ in parts]
    found = {m.alpha3: None for m in find_countries(text) if not any(lo <= m.start < hi for lo, hi in wide)}
    found = found or {region.country: None for _, _, region in parts if region.country}
    found = found or {body.country: None for _, _, body in bodies if body.country}
    if not found and not parts:
        for match in re.finditer(rf"{_CAPITALISED}(?: {_CAPITALISED}){{0,2}}", text):
            codes = (city_country(name) for name in (match[0], *match[0].split()) if len(name) > 3)
            if code := next(filter(None, codes), None):
                return code
    return "+".join(found)


_SINGULAR = ("ss", "us", "is", "forces", "services", "headquarters")
_PEOPLE = ("people", "men", "women", "troops", "civilians", "militia")


def _kind(low: str, classes: set[str]) -> ActorKind:
    head = re.split(r"\s(?:of|for|from|in|at|with|to|on|by|who|which|that|briefed|familiar|close)\s|,", low)[0].split()
    last = head[-1] if head else low
    plural = (last.endswith("s") and not last.endswith(_SINGULAR)) or last in _PEOPLE
    if "media" in classes:
        return "media"
    if last == "police" or ("organisation" in classes and not plural):
        codes = roles_of(low)
        return "government" if codes[:1] == ("GOV",) and last != "police" else "organisation"
    if plural:
        return "group"
    return "person" if "person" in classes or roles_of(low) or classes else "group"


def _bare_name(phrase: Phrase, text: str) -> Identity | None:
    """Take what is only capitalised words for an unknown person, unless it names a place or thing."""
    words = text.split()
    if re.fullmatch(rf"{_CAPITALISED}(?:[ -](?:{_PARTICLES}[ -])*{_CAPITALISED}){{1,4}}", text):
        if city_country(text, at_least=_BIG_CITY) or find_countries(text) or text.split()[-1] in ("Ocean", "Sea", "River", "War", "Street", "Day"):
            return None
        return Identity("person", text)
    if len(words) == 1 and text[:1].isupper() and city_country(text, at_least=_BIG_CITY) and not _is_only_a_place(phrase):
        return Identity("government", text, city_country(text, at_least=_BIG_CITY), ("GOV",)) if phrase.context else None
    return None
