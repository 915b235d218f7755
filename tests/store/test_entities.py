"""One person over many articles: who is put together, who stays apart, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import NotInStore, QueryError, StoreReadOnly
from sayso.record import Actor, ReaderInfo, Reading
from sayso.store import ActorQuery, Store, WikidataRow
from sayso.store.guises import day_of, guise_of

from .build import reading, readings
from .conftest import Raw
from .people import Who, article

NEWER = ReaderInfo(name="sayso", version="2", model="small")


def added(store: Store, *kept: Reading) -> list[str]:
    return [store.add(each).article_id for each in kept]


def people(store: Store, *, unnamed: bool = False) -> dict[str, int]:
    """Give the number of articles of each entity, by name."""
    rows = store.actors(ActorQuery(unnamed=unnamed, limit=1000))
    assert len(rows) == store.count_actors(ActorQuery(unnamed=unnamed))
    names = [row.name for row in rows]
    assert len(set(names)) == len(names) or unnamed
    return {row.name: row.articles for row in rows}


def groups(store: Store) -> set[frozenset[tuple[str, str]]]:
    """Give who is one with whom: the actors as (article, name), by entity."""
    with store._database.reading() as connection:
        sql = (
            "SELECT identities.entity, actors.article_id, actors.name FROM appearances"
            " JOIN identities ON identities.id = appearances.identity JOIN actors ON actors.id = appearances.actor"
        )
        found: dict[int, set[tuple[str, str]]] = {}
        for entity, where, name in connection.exec_driver_sql(sql):
            found.setdefault(entity, set()).add((where, name))
    return {frozenset(each) for each in found.values()}


def proven(store: Store) -> None:
    assert list(store.verify()) == []


def test_the_ways_of_naming_one_person_are_one(store: Store) -> None:
    names = ["Peskov", "Dmitri S. Peskov", "Kremlin spokesman Dmitry Peskov", "Dmitry Peskov"]
    added(store, *(article(name, outlet=f"Paper {n}") for n, name in enumerate(names)))
    assert people(store) == {"Dmitry Peskov": 4}
    proven(store)


def test_two_kims_are_two(store: Store) -> None:
    added(
        store,
        article("Kim Jong-un", "Kim Yo-jong"),
        article(Who("Kim Jong Un", country="PRK")),
        article("Kim Yo Jong", outlet="Other"),
    )
    assert people(store) == {"Kim Jong Un": 2, "Kim Yo Jong": 2}
    proven(store)


def test_an_organisation_is_one_under_its_acronym_and_a_country_under_its_code(store: Store) -> None:
    added(
        store,
        article(Who("KCNA", "media"), Who("Moscow", "government", "RUS"), Who("Russia", "country", "RUS")),
        article(Who("Korean Central News Agency", "organisation"), Who("the Russian government", "government")),
        article(Who("Russia government", "government", "RUS"), Who("Russia", "country")),
    )
    assert people(store) == {"Korean Central News Agency": 2, "Russia government": 3, "Russia": 2}


def test_unknown_people_are_one_by_full_name_whatever_accents_titles_and_initials(store: Store) -> None:
    names = [
        "Mirela Dorran",
        "MIRELA DORRÁN",
        "Foreign Minister Mirela Dorran",
        "Mirela A. Dorran",
        "Ms. Mirela Dorran",
    ]
    added(store, *(article(name, outlet=f"Paper {n}") for n, name in enumerate(names)))
    assert list(people(store).values()) == [5]
    proven(store)


def test_a_name_of_two_countries_is_of_two_people(store: Store) -> None:
    ids = added(
        store, article(Who("Ana Roe", country="ORV")), article("Ana Roe"), article(Who("Ana Roe", "organisation"))
    )
    assert sorted(len(each) for each in groups(store)) == [1, 2], "no country speaks against it; another kind does"
    ids += added(store, article(Who("Ana Roe", country="LOM")))
    assert sorted(len(each) for each in groups(store)) == [1, 1, 1, 1], "now nobody knows which of the two"
    store.remove(ids[-1])
    assert sorted(len(each) for each in groups(store)) == [1, 2]
    proven(store)


@pytest.mark.parametrize(
    ("bare", "joined"),
    [
        (article("Dorran", outlet="Paper"), True),
        (article("Mr. Dorran", outlet="PAPER"), True),
        (article(Who("Dorran", country="ORV"), outlet="Other"), True),
        (article("Dorran", outlet="Other"), False),
        (article(Who("Dorran", country="LOM"), outlet="Paper"), False),
        (article("Dorran", outlet=None), False),
        (article("Odran", outlet="Paper"), False),
        (article(Who("Dorran", named=False), outlet="Paper"), False),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_bare_surname_is_the_one_bearer_seen_in_its_outlet_or_country(
    store: Store, bare: Reading, joined: bool, first: bool
) -> None:
    full = article(Who("Mirela Dorran", country="ORV"), outlet="Paper")
    added(store, *((bare, full) if first else (full, bare)))
    assert (len(groups(store)) == 1) is joined
    proven(store)


def test_a_bare_surname_with_two_bearers_is_its_own_until_one_is_gone(store: Store) -> None:
    bare, _, other = added(store, article("Dorran"), article("Mirela Dorran"), article("Osip Dorran"))
    assert people(store) == {"Mirela Dorran": 1, "Osip Dorran": 1, "Dorran": 1}
    added(store, article("Dorran"))
    assert len(groups(store)) == 4, "nor are two of one surname one"
    store.remove(other)
    assert people(store) == {"Mirela Dorran": 3}
    store.remove(bare)
    assert people(store) == {"Mirela Dorran": 2}
    proven(store)


def test_a_surname_that_stands_first_is_found_where_nobodys_stands_last(store: Store) -> None:
    added(store, article(Who("Bak Min-ji", country="KOR")), article("Bak"))
    assert people(store) == {"Bak Min-ji": 2}
    added(store, article("Ana Bak"))
    assert people(store) == {"Bak Min-ji": 1, "Ana Bak": 2}


def test_a_reprint_at_another_outlet_tells_more(store: Store) -> None:
    added(store, article("Mirela Dorran", outlet="Paper"))
    bare = article("Dorran", outlet="Other")
    added(store, bare)
    assert len(groups(store)) == 2
    store.add_address(bare.article.model_copy(update={"outlet": "Paper"}))
    assert len(groups(store)) == 1
    proven(store)


def test_those_only_described_never_join(store: Store) -> None:
    officials = Who("officials", "group", named=False)
    added(store, article(officials, officials), article(officials))
    assert len(groups(store)) == 2, "but two of one article are told apart by the reader alone"
    assert store.count_actors(ActorQuery(unnamed=True)) == 3
    assert people(store) == {}
    proven(store)


def test_a_text_read_again_is_linked_again_and_the_old_reading_no_more(store: Store, raw: Raw) -> None:
    first = article("Mirela Dorran", "Osip Lenart")
    added(store, first)
    again = Reading(article=first.article, actors=first.actors[1:], statements=first.statements[1:], reader=NEWER)
    assert store.add(again).outcome == "read again"
    assert people(store) == {"Osip Lenart": 1}
    assert store.actors()[0].statements == 1
    assert [row.name for row in raw("SELECT name FROM identities")] == ["Osip Lenart"]
    proven(store)


def test_removing_articles_leaves_nothing_behind(store: Store, raw: Raw) -> None:
    ids = added(store, article("Dorran"), article("Mirela Dorran"), article("Peskov", "Dmitry Peskov"))
    for article_id in ids:
        store.remove(article_id)
        proven(store)
    assert raw("SELECT 1 FROM identities") == raw("SELECT 1 FROM appearances") == raw("SELECT 1 FROM voices") == []


def test_a_merge_wins_is_named_as_said_and_holds_for_what_comes(store: Store) -> None:
    added(store, article("Mirela Dorran"), article("M. Sorel", outlet="Other"))
    decision = store.merge_actors("Mirela Dorran", "M. Sorel", who="ana", why="her maiden name")
    assert (decision.kind, decision.a, decision.b, decision.who) == ("merge", "Mirela Dorran", "M. Sorel", "ana")
    added(
        store, article("M. Sorel", outlet="Third"), article("Sorel", outlet="Third"), article("Dorran", outlet="Third")
    )
    assert people(store) == {"Mirela Dorran": 5}, "a bare surname is whoever is called so there"
    assert store.actor("Sorel").decisions == (decision,)
    with pytest.raises(QueryError, match="are one already: Mirela Dorran"):
        store.merge_actors("M. Sorel", "Mirela Dorran", who="ana")
    proven(store)


def test_a_merge_survives_reading_again_even_under_another_kind(store: Store) -> None:
    kept = article(Who("Meridian Wire", "organisation"))
    added(store, kept, article(Who("The Wire Group", "organisation"), outlet="Other"))
    store.merge_actors("Meridian Wire", "The Wire Group", who="ana")
    other = kept.actors[0].model_copy(update={"kind": "media", "id": "m7"})
    said = kept.statements[0].model_copy(update={"speakers": ("m7",)})
    assert store.add(Reading(article=kept.article, actors=(other,), statements=(said,), reader=NEWER))
    assert people(store) == {"Meridian Wire": 2}
    added(store, article(Who("Meridian Wire", "media")))
    assert people(store) == {"Meridian Wire": 3}
    proven(store)


def test_a_split_parts_one_article_and_survives_reading_again(store: Store) -> None:
    first = article("Ana Roe")
    added(store, first, article("Ana Roe"))
    decision = store.split_actor("Ana Roe", first.article.id[:8], who="ana", why="another Ana")
    assert (decision.kind, decision.article) == ("split", first.article.id)
    assert sorted(map(len, groups(store))) == [1, 1]
    again = Reading(article=first.article, actors=first.actors, statements=first.statements, reader=NEWER)
    store.add(again)
    assert sorted(map(len, groups(store))) == [1, 1]
    proven(store)
    store.undo_decision(who="ben")
    assert people(store) == {"Ana Roe": 2}
    (undone,) = store.decisions()
    assert (undone.undone_by, undone.why) == ("ben", "another Ana")
    proven(store)


def test_who_was_split_can_be_merged_with_another(store: Store) -> None:
    one, _, _ = added(store, article("Ana Roe"), article("Ana Roe"), article("Anna Rowe"))
    store.split_actor("Ana Roe", one, who="ana")
    parted = next(
        row
        for row in store.actors()
        if row.name == "Ana Roe" and one in {a.id for a in store.actor(str(row.id)).appears_in}
    )
    store.merge_actors("Anna Rowe", str(parted.id), who="ana")
    assert people(store) == {"Anna Rowe": 2, "Ana Roe": 1}
    store.relink_actors()
    assert people(store) == {"Anna Rowe": 2, "Ana Roe": 1}
    proven(store)


def test_decisions_that_make_no_sense_are_refused(store: Store) -> None:
    (only,) = added(store, article("Ana Roe"))
    (other,) = added(store, article("Osip Lenart", outlet="Other"))
    with pytest.raises(QueryError, match="alone; there is nothing to part it from"):
        store.split_actor("Ana Roe", only, who="ana")
    with pytest.raises(NotInStore, match="Ana Roe does not appear in article"):
        store.split_actor("Ana Roe", other, who="ana")
    with pytest.raises(NotInStore, match=r"called 'Anna Ro'; did you mean Ana Roe\?"):
        store.merge_actors("Anna Ro", "Osip Lenart", who="ana")
    with pytest.raises(QueryError, match="nothing to undo"):
        store.undo_decision(who="ana")
    with pytest.raises(QueryError, match="no decision 9 holds"):
        store.undo_decision(9, who="ana")
    assert store.decisions() == []


def test_a_store_opened_read_only_is_not_decided_about(target: str) -> None:
    with Store.open(target) as store:
        added(store, article("Ana Roe", "Osip Lenart"))
    with Store.open(target, readonly=True) as store:
        assert len(store.actors()) == 2
        with pytest.raises(StoreReadOnly):
            store.merge_actors("Ana Roe", "Osip Lenart", who="ana")


def test_a_name_finds_its_bearer_by_alias_number_wikidata_id_surname_and_knowledge(store: Store) -> None:
    added(store, article("Dmitry Peskov"), article(Who("Mirela Dorran", words=("Mirela Dorran", "the minister"))))
    store.link_wikidata([WikidataRow("Peskov", "Q4357854")])
    (number,) = (row.id for row in store.actors() if row.name == "Mirela Dorran")
    for name in ("Mirela Dorran", "mirela DORRÁN", "Dorran", str(number), f"#{number}"):
        assert store.actor(name).name == "Mirela Dorran"
    for name in ("Peskov", "Kremlin spokesman Dmitry Peskov", "Q4357854"):
        assert store.actor(name).name == "Dmitry Peskov"
    added(store, article("Osip Dorran"))
    with pytest.raises(QueryError, match=r"several are called 'Dorran': .*Mirela Dorran.*Osip Dorran.*Give the number"):
        store.actor("Dorran")
    with pytest.raises(NotInStore, match="`sayso actors` lists who is there"):
        store.actor("Xyzzy")
    with pytest.raises(NotInStore):
        store.actor("\0")


def test_a_portrait_counts_forces_and_tells_names_from_epithets_by_outlet(store: Store) -> None:
    words = ("Osip Lenart", "Lenart", "the strongman", "he", "Lenart's")
    one = Who("Osip Lenart", country="ORV", roles=("GOV",), office="regent", words=words, force="denies")
    two = Who("Osip Lenart", roles=("GOV", "MIL"), office="regent", words=("Lenart", "the reformer"))
    old = Who("Osip Lenart", office="mayor")
    added(store, article(one), article(two, outlet="Herald", published="2024-01-05"), article(old, published="2020"))
    seen = store.actor("Lenart", limit=2)
    assert (seen.name, seen.country, seen.roles) == ("Osip Lenart", "ORV", ("GOV", "MIL"))
    assert (seen.articles, seen.statements, seen.forces) == (3, 3, {"asserts": 2, "denies": 1})
    assert [(c.words, c.outlet, c.times, c.articles) for c in seen.aliases] == [
        ("Lenart", "Paper", 2, 1),
        ("Osip Lenart", "Paper", 2, 2),
        ("Lenart", "Herald", 1, 1),
    ]
    assert [(c.words, c.outlet) for c in seen.epithets] == [("the reformer", "Herald"), ("the strongman", "Paper")]
    assert [(o.office, o.first, o.last, o.articles) for o in seen.offices] == [
        ("regent", "2023-09-06", "2024-01-05", 2),
        ("mayor", "2020", "2020", 1),
    ]
    assert [row.outlet for row in seen.appears_in] == ["Herald", "Paper"]
    assert [hit.published for hit in seen.said] == ["2024-01-05", "2023-09-06"]
    assert [hit.published for hit in store.actor("Lenart", limit=2, offset=2).said] == ["2020"]


def test_the_list_is_narrowed_by_country_role_kind_and_outlet(store: Store) -> None:
    added(
        store,
        article(Who("Osip Lenart", country="ORV", roles=("GOV",)), Who("Meridian Wire", "media", roles=("MED",))),
        article(Who("Ana Roe", country="LOM"), "Osip Lenart", outlet="Herald"),
        article(Who("officials", "group", "LOM+ORV", ("GOV",), named=False), outlet="Herald"),
    )

    def names(**asked: object) -> list[str]:
        query = ActorQuery(**asked)  # type: ignore[arg-type]
        assert store.count_actors(query) == len(store.actors(query))
        return [row.name for row in store.actors(query)]

    assert names() == ["Osip Lenart", "Ana Roe", "Meridian Wire"]
    assert names(country="ORV") == ["Osip Lenart"]
    assert names(country="LOM", unnamed=True) == names(role="GOV", unnamed=True) == ["officials"]
    assert names(role="MED") == names(kind="media") == ["Meridian Wire"]
    assert names(outlet="hérald") == ["Ana Roe", "Osip Lenart"]
    assert store.actors(ActorQuery(outlet="Herald"))[1].articles == 1
    assert [row.name for row in store.actors(ActorQuery(limit=1, offset=1))] == ["Ana Roe"]
    store.link_wikidata([WikidataRow("Ana Roe", "Q42")])
    assert names(unlinked=True) == ["Osip Lenart", "Meridian Wire"]
    for wrong in ({"country": "Orvania"}, {"role": "%"}, {"kind": "alien"}, {"limit": -1}):
        with pytest.raises(QueryError):
            store.actors(ActorQuery(**wrong))  # type: ignore[arg-type]


def test_wikidata_ids_are_linked_by_name_and_survive_what_comes(store: Store) -> None:
    added(store, article(Who("Ana Roe", country="ORV")), article("Osip Dorran"), article("Mirela Dorran"))
    rows = [
        WikidataRow("ana roe", "Q1", "ORV"),
        WikidataRow("Dorran", "Q2"),
        WikidataRow("Ana Roe", "Q3", "LOM"),
        WikidataRow("Mirela Dorran", "Q4"),
    ]
    outcomes = [linked.outcome for linked in store.link_wikidata(rows)]
    assert outcomes == ["linked", "nobody", "nobody", "linked"]
    assert [linked.outcome for linked in store.link_wikidata(rows[:1])] == ["unchanged"]
    store.relink_actors()
    store.merge_actors("Osip Dorran", "Ana Roe", who="ana")
    assert store.actor("Osip Dorran").wikidata == "Q1"
    assert [linked.outcome for linked in store.link_wikidata([WikidataRow("Osip Dorran", None)])] == ["removed"]
    assert store.actor("Osip Dorran").wikidata is None
    with pytest.raises(QueryError, match="Ana Roe: 'P31' is no Wikidata id"):
        store.link_wikidata([WikidataRow("Mirela Dorran", "Q9"), WikidataRow("Ana Roe", "P31")])
    assert store.actor("Mirela Dorran").wikidata == "Q4", "all or none"


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE identities SET entity = (SELECT min(id) FROM identities)",
        "UPDATE identities SET entity = id",
        "DELETE FROM appearances WHERE actor = (SELECT max(actor) FROM appearances)",
        "DELETE FROM voices",
    ],
)
def test_verify_tells_what_was_changed_behind_the_stores_back(store: Store, raw: Raw, tamper: str) -> None:
    added(store, article(Who("Ana Roe", country="ORV")), article("Ana Roe", "Osip Lenart"))
    proven(store)
    raw(tamper)
    assert "entity" in {problem.kind for problem in store.verify()}


def test_a_store_of_before_is_brought_up_to_date(target: str, raw: Raw) -> None:
    tables = ["voices", "appearances", "identities", "decision_anchors", "decision_keys", "decisions", "wikidata"]
    with Store.open(target) as store:
        added(store, article("Dorran"), article("Mirela Dorran"), reading())
        before = groups(store)
    for table in tables:
        raw(f"DROP TABLE {table}")
    raw("DELETE FROM sayso_migrations WHERE name LIKE '0002%'")
    with Store.open(target) as store:
        assert groups(store) == before
        proven(store)


NAMES = ["Ana Roe", "Roe", "Osip Roe", "Ana R. Roe", "Kim Jong-un", "Kim", "Kim Min-ji", "Peskov", "Dmitry Peskov"]
some_people = st.lists(
    st.builds(
        Who,
        st.sampled_from(NAMES),
        st.sampled_from(["person", "person", "group"]),
        st.sampled_from([None, "ORV", "PRK", "RUS"]),
        named=st.sampled_from([True, True, True, False]),
    ),
    min_size=1,
    max_size=3,
)
some_articles = st.lists(
    st.tuples(some_people, st.sampled_from(["Paper", "Herald", None])), min_size=1, max_size=5
).map(lambda all_: [article(*who, outlet=outlet, more=f"Day {n}. ") for n, (who, outlet) in enumerate(all_)])


def stored(folder: str, kept: Iterable[Reading]) -> Store:
    store = Store.open(Path(folder) / f"{len(list(Path(folder).iterdir()))}.db")
    added(store, *kept)
    return store


@settings(max_examples=40, deadline=None)
@given(kept=some_articles, data=st.data())
def test_the_order_of_articles_does_not_matter(kept: list[Reading], data: st.DataObject) -> None:
    other = data.draw(st.permutations(kept))
    with TemporaryDirectory() as folder, stored(folder, kept) as one, stored(folder, other) as two:
        assert groups(one) == groups(two)
        shown = [[(row.name, row.articles, row.country) for row in store.actors()] for store in (one, two)]
        assert sorted(shown[0], key=str) == sorted(shown[1], key=str)
        proven(one)


@settings(max_examples=30, deadline=None)
@given(kept=some_articles, data=st.data())
def test_what_is_decided_and_undone_in_any_order_leaves_all_as_it_was(kept: list[Reading], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, stored(folder, kept) as store:
        before = groups(store)
        made = []
        for _ in range(data.draw(st.integers(1, 4))):
            ids = [str(row.id) for unnamed in (False, True) for row in store.actors(ActorQuery(unnamed=unnamed))]
            one, two = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
            where = data.draw(st.sampled_from(kept)).article.id
            try:
                if data.draw(st.booleans()):
                    made.append(store.merge_actors(one, two, who="ana").number)
                else:
                    made.append(store.split_actor(one, where, who="ana").number)
            except (NotInStore, QueryError):
                continue
            proven(store)
        decided = groups(store)
        store.relink_actors()
        assert groups(store) == decided, "reading again changes nothing"
        for number in data.draw(st.permutations(made)):
            store.undo_decision(number, who="ben")
            proven(store)
        assert groups(store) == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=readings())
def test_any_valid_reading_is_linked_and_listed(store: Store, kept: Reading) -> None:
    for row in store.articles(limit=1000):
        store.remove(row.id)
    store.add(kept)
    rows = [*store.actors(ActorQuery(limit=100)), *store.actors(ActorQuery(limit=100, unnamed=True))]
    for row in rows:
        assert store.actor(str(row.id)).statements == row.statements
    proven(store)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (None, None),
        ("2023-09-06T10:00:00+02:00", "2023-09-06"),
        ("2023-09", "2023-09"),
        ("2023", "2023"),
        ("201X", None),
        ("2023-09-01/2023-09-13", "2023-09"),
        ("yesterday", None),
    ],
)
def test_a_date_is_asked_for_as_far_as_it_is_certain(published: str | None, day: str | None) -> None:
    assert day_of(published) == day


def test_a_name_longer_than_a_key_is_told_from_one_that_begins_alike() -> None:
    long = "Ana " + "Roe" * 100
    one, two = (guise_of(Actor(id="a", name=name, kind="person"), None) for name in (long, long + "x"))
    assert one.key != two.key
    assert max(len(one.key), len(two.key)) < 300


def test_a_body_by_a_common_noun_and_of_no_country_is_of_its_article_alone() -> None:
    from sayso.record import Actor
    from sayso.store.guises import guise_of

    ministry = Actor(id="a1", name="foreign ministry", kind="organisation", named=True)
    assert guise_of(ministry, "2020-01-01").how == "described"
    assert guise_of(ministry.model_copy(update={"country": "RUS"}), "2020-01-01").how != "described"
    assert guise_of(ministry.model_copy(update={"name": "Foreign Ministry"}), "2020-01-01").how != "described"
