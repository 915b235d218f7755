"""Who a phrase stands for: takes what an actor is called, at a date and in a context, gives kind, country and role.

The ways of naming are tried from the surest on: an organisation, outlet, country or region by its name; a person known
by name; a title, with or without a name, whose holder at that date is known; a described group.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from sayso.knowledge.countries import countries, country_of, find_countries, government_name, name_of
from sayso.knowledge.describing import described, is_only_a_place
from sayso.knowledge.gazetteer import levelled
from sayso.knowledge.homonyms import Sense, meant
from sayso.knowledge.known import CAPITALISED, FORMER, GONE, PARTICLES, Identity, Phrase, only_country, undetermined
from sayso.knowledge.mouths import is_title
from sayso.knowledge.offices import Term, folded, holders, posts, posts_called, terms_of
from sayso.knowledge.organisations import Organisation, bodies_called, find_organisations, organisation_of
from sayso.knowledge.outlets import outlet_named, outlet_of
from sayso.knowledge.regions import region_of
from sayso.knowledge.roles import roles_of
from sayso.knowledge.tables import words_of
from sayso.knowledge.titles import body_and_words, name_and_title
from sayso.knowledge.whereabouts import near_countries, places_in
from sayso.record import ActorKind

__all__ = ["Identity", "identify", "known_person"]

_LOCATION = re.compile(r"^(?:in|at|near|from|to|into|across|outside|inside|around|towards?|over|through)\s", re.I)


_BEFORE_OFFICE = 6  # years before an office in which its later holder may be in the news


@lru_cache(maxsize=8192)
def identify(text: str, date: str | None = None, context: str | None = None) -> Identity | None:
    """Give who a phrase stands for at a date (ISO 8601) in a sentence, or None when it is no actor."""
    plain = " ".join(levelled(text).split()).strip("\"'“”.,;: ")
    plain = re.sub(r"(?:'s|(?<=s)')$", "", plain)
    if not plain or _LOCATION.match(plain):
        return None
    phrase = Phrase(plain, date, " ".join(levelled(context or "").split()))
    if (sense := meant(plain, phrase.context)) is not None:
        return _in_sense(phrase, sense)
    if (person := _in_the_news(phrase)) is not None:
        return person
    for way in (_by_name, _person, _titled, described):
        if (found := way(phrase)) is not None:
            return found
    return None


def _in_the_news(phrase: Phrase) -> Identity | None:
    """Take a surname that is a place's name, too, for the one in office in a country its sentence speaks of."""
    if not phrase.date or not phrase.context or country_of(phrase.text) or region_of(phrase.text) is None:
        return None
    near = near_countries(phrase.context, phrase.text)
    person = next(filter(None, (known_person(phrase.text, phrase.date, country) for country in sorted(near))), None)
    return person if person is not None and person.office else None


def _in_sense(phrase: Phrase, sense: Sense) -> Identity | None:
    """Identify a phrase that holds a name in an unusual sense ("Georgia’s governor")."""
    if sense.kind in ("place", "none", ""):
        return described(phrase, sense.country) if phrase.text != sense.phrase and sense.country else None
    if sense.kind == "person":
        return known_person(phrase.text, phrase.date) or Identity("person", phrase.text)
    if sense.kind == "organisation" and (body := organisation_of(sense.sense)):
        return _body(body)
    if sense.kind == "region" and phrase.text == sense.phrase:
        return Identity("government", phrase.text, sense.country, ("GOV",))
    if sense.kind == "country" and country_of(phrase.text):
        return Identity("country", name_of(sense.country), sense.country, ("GOV",))
    return described(phrase, sense.country)


def _by_name(phrase: Phrase) -> Identity | None:
    """Identify what is exactly a known name: of an organisation, outlet, country, seat or region."""
    near = only_country(phrase.context, phrase.text)
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
        if is_only_a_place(phrase):
            return None
        kind: ActorKind = "country" if how == "name" else "government"
        return Identity(kind, name_of(country) if how == "name" else government_name(country), country, ("GOV",))
    if several := bodies_called(phrase.text):
        return _body(min(several, key=lambda each: _FIRST_MEANT.get(each.kind, len(_FIRST_MEANT))))
    region = region_of(phrase.text)
    if region is not None and region.kind == "world region" and phrase.text not in region.demonyms:
        return None
    if region is not None and not is_only_a_place(phrase):
        if phrase.text in region.demonyms:
            return Identity("group", None, region.country or None, ("CVL",))
        return Identity("government", region.name, region.country or None, ("GOV",))
    return None


# Which of several bodies of one acronym is meant where nothing tells: the kind most in the news.
_MOST_IN_THE_NEWS = ("intelligence", "government body", "military", "armed group", "igo")
_FIRST_MEANT = {kind: rank for rank, kind in enumerate(_MOST_IN_THE_NEWS)}


def _qualified(text: str, date: str | None) -> Organisation | None:
    """Give the organisation named after its country ("Germany's Free Democrats", "the US Energy Department")."""
    text = undetermined(text)
    for mention in find_countries(text)[:1]:
        rest = re.sub(r"^(?:'s?)?\s+(?:ruling |main |opposition )?", "", text[mention.end :])
        if mention.start == 0 and rest and (body := organisation_of(rest, mention.alpha3, date)):
            return body if body.country == mention.alpha3 else None
    return None


def _body(body: Organisation) -> Identity:
    country = None if "IGO" in body.codes else body.country or None
    return Identity(body.actor_kind, body.name, country, body.codes)


def known_person(name: str, date: str | None, country: str | None = None) -> Identity | None:
    """Give the person of public life so called, with the office held at a date; None for an unknown or shared name.

    A shared name is the one in office then, of the highest post; of two equals neither.
    """
    found = [term for term in terms_of(name) if not country or _country(term) == country]
    now = [term for term in found if term.covers(date)]
    started = [term for term in found if not date or term.since[: len(date)] <= date[: len(term.since)]]
    soon = [term for term in found if not date or int(term.since[:4] or 0) - int(date[:4]) <= _BEFORE_OFFICE]
    candidates = now or started or soon
    if not candidates:
        return None
    best = min(posts()[term.post].rank for term in candidates)
    top = {folded(term.holder): term.holder for term in candidates if posts()[term.post].rank == best}
    if len(top) > 1:  # of a state's two heads the one the press calls its leader
        leading = {t.holder for t in candidates if posts()[t.post].rank == best and "leader" in " ".join(t.titles)}
        top = {folded(name): name for name in leading} if len(leading) == 1 else top
    if len(top) > 1:
        countries_of = {_country(term) for term in candidates}
        shared = len(countries_of) == 1 and " " not in name
        return Identity("person", name, countries_of.pop(), _codes(candidates[0])) if shared else None
    return _holder(next(iter(top.values())), date, in_public=bool(now or started))


def _holder(name: str, date: str | None, *, in_public: bool) -> Identity:
    """Give a person by the exact name in the table; before their first office no role is known of them."""
    own = sorted((t for t in terms_of(name) if folded(t.holder) == folded(name)), key=lambda t: posts()[t.post].rank)
    held = [term for term in own if term.covers(date)]
    last = held[0] if held else max(own, key=lambda t: t.since)
    over = not held and date is not None and last.over(date)
    roles = ("ELI",) if over and _codes(last)[:1] == ("GOV",) else _codes(last)
    office = _office(last) if held and last.post != "former official" else None
    return Identity("person", name, _country(last), roles if in_public else (), office, last.gender or None)


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


@cache
def _office(term: Term) -> str:
    """Name an office as the press does: the body's own title where it has one, else the kind of post.

    Titles are kept in lower case; names in them get their capitals back ("Kremlin spokesman").
    """
    title = term.titles[0] if term.titles else term.post
    capitals = title.title().replace("'S", "'s")
    named = [(lo, hi) for lo, hi, _ in find_organisations(capitals)]
    named += [(mention.start, mention.end) for mention in find_countries(capitals)]
    for lo, hi in named:
        title = title[:lo] + re.sub(r"\b(Of|The|And|For)\b", lambda m: m[0].lower(), capitals[lo:hi]) + title[hi:]
    return " ".join(word.upper() if _is_acronym(word) else word for word in title.split())


def _is_acronym(word: str) -> bool:
    """Say whether a word in lower case is an organisation's acronym, not a function word nor somebody's name."""
    if not word.islower() or word in words_of("not_names.tsv"):
        return False
    return any(word.upper() in body.acronyms for body in bodies_called(word.upper())) and not terms_of(word)


_BARE_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.? )?"
    rf"{CAPITALISED}(?:[ -](?:{PARTICLES}[ -]){{0,2}}{CAPITALISED}){{0,5}}"
)
_NOT_THE_HOLDER = re.compile(r"\b(?:deputy|vice|assistant|acting|wife|son|daughter|aide)\b")


def _person(phrase: Phrase) -> Identity | None:
    """Identify a name that stands alone."""
    if not _BARE_NAME.fullmatch(phrase.text):
        return None
    words = phrase.text.split()
    while len(words) > 1 and is_title(words[0]):
        words = words[1:]
    if any(roles_of(word.lower()) for word in words[:-1]):
        return None
    name = " ".join(words)
    near = near_countries(phrase.context, phrase.text) if phrase.context else frozenset()
    anywhere = known_person(name, phrase.date)
    here = [person for country in sorted(near) if (person := known_person(name, phrase.date, country))]
    if anywhere is not None and (anywhere.country in near or not here or _leads(anywhere)):
        return anywhere
    return here[0] if here else anywhere


def _leads(person: Identity) -> bool:
    """Say whether a person holds one of the highest offices, whom a surname means first."""
    held = [term for term in terms_of(person.name or "") if _office(term) == person.office]
    return any(posts()[term.post].rank <= posts()["head of government"].rank for term in held)


def _titled(phrase: Phrase) -> Identity | None:
    """Identify a title, with a name after it or by its holder at the date."""
    text = undetermined(phrase.text)
    name, title = name_and_title(text)
    body, words = body_and_words(FORMER.sub("", title).strip(" ,"), phrase)
    if not words:
        return None
    if name:
        return _named(name, title, body, phrase)
    if GONE.search(text) or not body or _NOT_THE_HOLDER.search(words):
        return None
    found = holders(body, words, phrase.date) if phrase.date else ()
    regional = any(place.kind in ("region", "city") for place in places_in(title, frozenset()))
    if regional and len(found) != 1:
        return None
    if len(found) == 1:
        [term] = found
        return Identity("person", term.holder, _country(term), _codes(term), _office(term), term.gender or None)
    called = posts_called(words, body)
    if not called:
        return None
    codes, country = posts()[called[0]].codes, body if _is_country(body) else None
    if not country and (organisation := organisation_of(body)):
        known = _body(organisation)
        codes, country = known.roles or codes, known.country
    return Identity("person", None, country, codes, words)


def _named(name: str, title: str, body: str, phrase: Phrase) -> Identity | None:
    """Identify a name with its title ("Turkish Foreign Minister Hakan Fidan"), known or not."""
    country = body if _is_country(body) else None
    person = known_person(name, phrase.date, country) or known_person(name, phrase.date)
    if person is None and " " in name and country and (whole := known_person(name, None, country)):
        person = replace(whole, office=None)
    told = described(Phrase(title, phrase.date, phrase.context))
    if person is None:
        if told is None:
            return None
        return replace(told, kind="person" if told.kind in ("person", "group") else told.kind, name=name)
    former = GONE.search(title) is not None
    past = former and (person.roles[:1] == ("GOV",) or (told is not None and told.roles[:1] == ("ELI",)))
    explicit = told.roles if told is not None and not former else ()
    roles = ("ELI",) if past else tuple(dict.fromkeys([*explicit, *person.roles]))
    return replace(person, roles=roles, office=None if former else person.office)
