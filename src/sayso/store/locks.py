"""Keeping other writers out: a subject in, held by this transaction until it ends."""

from __future__ import annotations

from sqlalchemy import Connection, text

__all__ = ["hold"]


def hold(connection: Connection, subject: str) -> None:
    """Keep others from writing about a subject until the transaction ends; waits while another holds it.

    On SQLite nothing is to be done: a transaction that writes is alone.
    """
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))")
        connection.execute(lock, {"subject": subject})
