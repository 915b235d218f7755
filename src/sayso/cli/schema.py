"""``sayso schema``: the JSON Schema of the record."""

from __future__ import annotations

import json

import typer

__all__ = ["schema"]


def schema() -> None:
    """Print the JSON Schema of the record.

    It is what `sayso read --json` and the REST API write, in JSON Schema 2020-12.

    \b
    Example:
      sayso schema > record.schema.json
    """
    from sayso.record import json_schema

    typer.echo(json.dumps(json_schema(), indent=2))
