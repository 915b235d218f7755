"""``sayso doctor``: what is installed, whether it works, and which settings are in force."""

from __future__ import annotations

from dataclasses import asdict

import typer

from sayso.cli.console import output, print_json
from sayso.cli.options import JsonOption, StoreOption

__all__ = ["doctor"]

STEP = 5  # columns the marks take


def doctor(store: StoreOption = None, json: JsonOption = False) -> None:
    """Check that everything works.

    Looks at the installation, the model and the store, and lists the settings. Exit code 1 when a check fails.

    \b
    Examples:
      sayso doctor
      sayso doctor --json | jq '.checks[] | select(.mark != "ok")'
    """
    from sayso.cli.checks import run_checks, settings_table

    checks = list(run_checks(store))
    settings = settings_table()
    if json:
        print_json({"checks": [asdict(check) for check in checks], "settings": [asdict(row) for row in settings]})
    else:
        from rich.text import Text

        from sayso.cli.view import Page

        page = Page(output())
        colours = {"ok": "green", "warn": "yellow", "fail": "bold red"}
        for check in checks:
            line = Text().append(f"{check.name}: ", style="bold").append(check.detail)
            page.put(line, STEP, Text(check.mark, colours[check.mark]))
        page.put(Text("\nsettings", style="bold"))
        for row in settings:
            page.put(Text(f"{row.variable}={row.value}"), STEP, Text("set" if row.is_set else "", "green"))
            page.put(Text(row.help, "dim"), STEP)
    if any(check.mark == "fail" for check in checks):
        raise typer.Exit(1)
