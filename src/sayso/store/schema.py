"""The tables of the store, in one place, for SQLite and PostgreSQL.

``articles`` holds each text once, under the SHA-256 of its normalised form; ``addresses`` every place at which that
text was published, with its version there, so that a reprint costs a row and loses nothing. ``readings`` keeps the
record's JSON: the source of truth, from which ``statements``, ``spans`` and ``actors`` are derived (see rows.py) for
searching and for `verify`. ``statement_index`` and ``article_index`` are the full-text indexes (see fulltext.py).

``identities``, ``appearances`` and ``voices`` say who the actors of the current readings are over all articles (see
entities.py); ``decisions`` and what hangs on them are a person's, and outlive every reading.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

__all__ = [
    "actors",
    "addresses",
    "appearances",
    "articles",
    "create",
    "create_entities",
    "decision_anchors",
    "decision_keys",
    "decisions",
    "identities",
    "metadata",
    "migrations",
    "readings",
    "spans",
    "statements",
    "voices",
    "wikidata",
]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Dates and ids are compared as strings: by code point everywhere, never by the rules of some language.
_Text: TypeEngine[str] = Text().with_variant(Text(collation="C"), "postgresql")
_Key: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")


def _article(**options: Any) -> Column[str]:
    return Column("article_id", _Text, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, **options)


def _reading() -> Column[int]:
    return Column("reading_id", _Key, ForeignKey("readings.id", ondelete="CASCADE"), nullable=False, index=True)


def _when() -> list[Column[str]]:
    # The first and last moment the published date can mean, as written; the first in UTC to sort by, "" if unknown.
    return [Column("earliest", _Text), Column("latest", _Text), Column("instant", _Text, nullable=False)]


migrations = Table(
    "sayso_migrations",
    metadata,
    Column("name", _Text, primary_key=True),
    Column("ran_at", _Text, nullable=False),
    Column("sayso", _Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    # The full-text index needs a whole number that VACUUM leaves alone; everything else goes by id.
    Column("number", _Key, primary_key=True),
    Column("id", _Text, nullable=False, unique=True),
    Column("url", _Text),
    Column("outlet", _Text),
    Column("title", _Text),
    Column("byline", _Text),
    Column("published", _Text),
    Column("published_from", _Text),
    Column("language", _Text),
    Column("dateline", _Text),
    Column("agency", _Text),
    Column("version", Integer, nullable=False),
    Column("text", _Text, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("captions", _Text, nullable=False),
    Column("found", _Text, nullable=False),
    Column("added_at", _Text, nullable=False),
    Column("supersedes", _Text, ForeignKey("articles.id"), index=True),
    # The address the columns above describe: the first one this text was seen at.
    Column("place", _Text, nullable=False, index=True),
    *_when(),
)
Index("ix_articles_newest", articles.c.instant.desc(), articles.c.number.desc())

addresses = Table(
    "addresses",
    metadata,
    Column("id", _Key, primary_key=True),
    _article(),
    # A digest of the URL, or of outlet and title where there is none: of one length, so that it can be indexed.
    Column("place", _Text, nullable=False),
    Column("url", _Text),
    Column("outlet", _Text),
    Column("outlet_key", _Text, index=True),
    Column("title", _Text),
    Column("byline", _Text),
    Column("published", _Text),
    Column("version", Integer, nullable=False),
    Column("supersedes", _Text, ForeignKey("articles.id"), index=True),
    Column("first_seen", _Text, nullable=False),
    # The whole Article as JSON without its text, and the text where it differs in white space from articles.text.
    Column("details", _Text, nullable=False),
    Column("text", _Text),
    UniqueConstraint("article_id", "place"),
    Index("ix_addresses_place_version", "place", "version"),
)

readings = Table(
    "readings",
    metadata,
    Column("id", _Key, primary_key=True),
    _article(),
    Column("reader_name", _Text, nullable=False),
    Column("reader_version", _Text, nullable=False),
    Column("model", _Text, nullable=False),
    # A digest of the reader; of what was found, where no reader signed it.
    Column("signature", _Text, nullable=False),
    Column("made_at", _Text, nullable=False),
    Column("record", _Text, nullable=False),
    Column("digest", _Text, nullable=False),
    # The text its spans are slices of, where that differs in white space from articles.text.
    Column("text", _Text),
    Column("statement_count", Integer, nullable=False),
    Column("speaker_count", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    UniqueConstraint("article_id", "signature"),
)
Index(
    "ux_readings_current",
    readings.c.article_id,
    unique=True,
    sqlite_where=readings.c.current,
    postgresql_where=readings.c.current,
)

statements = Table(
    "statements",
    metadata,
    Column("id", _Key, primary_key=True),
    _article(index=True),
    _reading(),
    Column("ordinal", Integer, nullable=False),
    Column("statement", _Text, nullable=False),
    *(
        column
        for role in ("source", "cue", "content")
        for column in (Column(role, _Text), Column(f"{role}_start", Integer), Column(f"{role}_end", Integer))
    ),
    Column("passage_start", Integer),
    Column("passage_end", Integer),
    Column("force", _Text, nullable=False),
    Column("certainty", _Text, nullable=False),
    Column("polarity", _Text, nullable=False),
    Column("quote", _Text, nullable=False),
    # Names, one a line; the words of the source where no speaker is known.
    Column("speakers", _Text, nullable=False),
    Column("published", _Text),
    Column("outlet", _Text),
    *_when(),
    Column("confidence", Double, nullable=False),
    UniqueConstraint("reading_id", "ordinal"),
)
Index("ix_statements_newest", statements.c.instant.desc(), statements.c.id)
Index("ix_statements_force", statements.c.force, statements.c.instant.desc())

spans = Table(
    "spans",
    metadata,
    Column("id", _Key, primary_key=True),
    _reading(),
    # The id, in the record, of the statement, actor, event or date it belongs to.
    Column("owner", _Text, nullable=False),
    Column("role", _Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", _Text, nullable=False),
)

actors = Table(
    "actors",
    metadata,
    Column("id", _Key, primary_key=True),
    _article(index=True),
    _reading(),
    Column("ordinal", Integer, nullable=False),
    Column("actor", _Text, nullable=False),
    Column("name", _Text, nullable=False),
    Column("name_key", _Text, nullable=False, index=True),
    Column("kind", _Text, nullable=False),
    Column("country", _Text),
    Column("roles", _Text, nullable=False),
    Column("office", _Text),
    Column("named", Boolean, nullable=False),
)

identities = Table(
    "identities",
    metadata,
    Column("id", _Key, primary_key=True),
    # What one actor is taken for by itself (see guises.py); those of one entity share the id of its leading identity.
    Column("key", _Text, nullable=False, unique=True),
    Column("entity", _Key, ForeignKey("identities.id"), index=True),
    Column("how", _Text, nullable=False),
    Column("kind", _Text, nullable=False),
    Column("name", _Text, nullable=False),
    Column("name_key", _Text, nullable=False, index=True),
    Column("country", _Text, nullable=False),
    # Folded words of a person's name, and what identities of one name and kind share; "" where it does not apply.
    Column("first", _Text, nullable=False, index=True),
    Column("last", _Text, nullable=False, index=True),
    Column("namesake", _Text, nullable=False, index=True),
)

appearances = Table(
    "appearances",
    metadata,
    Column("actor", _Key, ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True),
    _article(index=True),
    Column("identity", _Key, ForeignKey("identities.id"), nullable=False, index=True),
)

voices = Table(
    "voices",
    metadata,
    Column("actor", _Key, ForeignKey("appearances.actor", ondelete="CASCADE"), primary_key=True),
    Column("statement", _Key, ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True, index=True),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("kind", _Text, nullable=False),
    Column("who", _Text, nullable=False),
    Column("made_at", _Text, nullable=False),
    Column("why", _Text),
    # As they were called then; the article of a split, which may since have been removed.
    Column("a", _Text, nullable=False),
    Column("b", _Text),
    Column("article_id", _Text, index=True),
    Column("undone_at", _Text),
    Column("undone_by", _Text),
)

decision_keys = Table(
    "decision_keys",
    metadata,
    Column("decision", _Key, ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True),
    Column("side", _Text, primary_key=True),
    Column("key", _Text, primary_key=True, index=True),
)

decision_anchors = Table(
    "decision_anchors",
    metadata,
    Column("decision", _Key, ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True),
    Column("side", _Text, primary_key=True),
    Column("article_id", _Text, primary_key=True, index=True),
    Column("name_key", _Text, primary_key=True),
)

wikidata = Table(
    "wikidata",
    metadata,
    Column("key", _Text, primary_key=True),
    Column("qid", _Text, nullable=False, index=True),
    # Where the link is from: "file" or "wikidata.org".
    Column("source", _Text, nullable=False),
    Column("linked_at", _Text, nullable=False),
)

_OF_ENTITIES = (identities, appearances, voices, decisions, decision_keys, decision_anchors, wikidata)

_FTS5 = "tokenize='unicode61 remove_diacritics 2'"
_VECTORS = "words TSVECTOR NOT NULL"
_FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE statement_index"
        f" USING fts5(content, speakers, content='statements', content_rowid='id', {_FTS5});"
        "CREATE VIRTUAL TABLE article_index"
        f" USING fts5(title, text, content='articles', content_rowid='number', {_FTS5})"
    ),
    "postgresql": (
        f"CREATE TABLE statement_index (id BIGINT PRIMARY KEY REFERENCES statements ON DELETE CASCADE, {_VECTORS},"
        " speakers TSVECTOR NOT NULL);"
        "CREATE INDEX ix_statement_index_words ON statement_index USING gin (words);"
        "CREATE INDEX ix_statement_index_speakers ON statement_index USING gin (speakers);"
        f"CREATE TABLE article_index (id BIGINT PRIMARY KEY REFERENCES articles ON DELETE CASCADE, {_VECTORS});"
        "CREATE INDEX ix_article_index_words ON article_index USING gin (words)"
    ),
}


def create(connection: Connection) -> None:
    """Create every table and index in an empty database, inside the caller's transaction."""
    metadata.create_all(connection, checkfirst=False)
    for statement in _FULL_TEXT[connection.dialect.name].split(";"):
        connection.execute(text(statement))


def create_entities(connection: Connection) -> None:
    """Create the tables that say who is who over all articles, inside the caller's transaction."""
    metadata.create_all(connection, tables=_OF_ENTITIES, checkfirst=False)
