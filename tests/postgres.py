"""A throwaway PostgreSQL server on a Unix socket, for the tests that need a real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["binaries", "throwaway_server"]


def binaries() -> Path | None:
    """Find the folder with ``initdb`` and ``pg_ctl``, the newest version first; None when there is no server here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    if found:
        return found[0].parent
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def throwaway_server(bin_folder: Path) -> Iterator[str]:
    """Start a server that nobody else sees, give its URL, and remove it afterwards.

    PostgreSQL refuses to run as root: there it runs as "nobody".
    """
    as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="sayso-pg-", ignore_cleanup_errors=True) as folder:
        if as_user:
            shutil.chown(folder, "nobody", "nogroup")
        data = f"{folder}/data"

        def run(*command: str) -> None:
            subprocess.run([*as_user, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=120)

        run(str(bin_folder / "initdb"), "-D", data, "-U", "sayso", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(str(bin_folder / "pg_ctl"), "-D", data, "-l", f"{folder}/log", "-w", "-o", options, "start")
        try:
            yield f"postgresql://sayso@/postgres?host={folder}"
        finally:
            run(str(bin_folder / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
