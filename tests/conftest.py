"""What every test shares: the real reader, the bundled articles, and no network beyond this machine."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import sayso
from sayso.reader import Reader
from tests.postgres import binaries, throwaway_server

settings.register_profile("sayso", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
settings.register_profile("thorough", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=2000)
# The same examples each time where a red run must mean a changed program; new ones wherever people work.
settings.register_profile("ci", settings.get_profile("sayso"), derandomize=True)
settings.load_profile(os.environ.get("SAYSO_TEST_PROFILE", "ci" if os.environ.get("CI") else "sayso"))

EXAMPLES = Path(sayso.__file__).parent / "examples"


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The shipped reader, loaded once."""
    return Reader.load()


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of the bundled articles and gold records."""
    return EXAMPLES


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server: the one SAYSO_TEST_POSTGRES names, else a throwaway one where PostgreSQL is installed."""
    if named := os.environ.get("SAYSO_TEST_POSTGRES"):
        yield named
        return
    folder = binaries()
    if folder is None:
        pytest.skip("no PostgreSQL here: install it, or name a server in SAYSO_TEST_POSTGRES")
    with throwaway_server(folder) as url:
        yield url


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections that leave this machine, so that no test depends on the network."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(str(address[0])):
            raise OSError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
