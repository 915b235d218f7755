"""One table of settings: each with its default, unit and help. Set by ``SAYSO_<NAME>`` in the environment."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from sayso.errors import ConfigError

__all__ = ["Settings", "default_settings"]


def _default_store() -> str:
    return str(user_data_path("sayso") / "sayso.db")


class Settings(BaseSettings):
    """All settings. Construct with keywords to override; raises ConfigError from :func:`default_settings`."""

    model_config = SettingsConfigDict(env_prefix="SAYSO_", frozen=True, extra="ignore")

    store: Annotated[str, Field(description="where readings are kept: a file path or an SQLAlchemy URL")] = Field(
        default_factory=_default_store
    )
    max_characters: Annotated[int, Field(gt=0, description="longest article that is read, in characters")] = 10_000_000
    max_bytes: Annotated[int, Field(gt=0, description="largest file or page that is loaded, in bytes")] = 64_000_000
    fetch_timeout: Annotated[float, Field(gt=0, description="seconds an address may take to answer")] = 20.0
    fetch_redirects: Annotated[int, Field(ge=0, description="redirects followed at most")] = 5
    fetch_private: Annotated[bool, Field(description="allow addresses in private networks and on this machine")] = False
    user_agent: Annotated[str, Field(description="what sayso calls itself to web servers")] = "sayso/0.1 (+news reader)"
    wikidata: Annotated[str, Field(description="the API that `sayso actors link --online` asks")] = (
        "https://www.wikidata.org/w/api.php"
    )
    threads: Annotated[int, Field(ge=0, description="threads of the model; 0 takes as many as there are cores")] = 0
    device: Annotated[
        Literal["cpu", "cuda", "openvino"],
        Field(description="what the model runs on; see sayso[cuda], sayso[openvino]"),
    ] = "cpu"
    model: Annotated[Path | None, Field(description="folder of another model to read with")] = None
    knowledge: Annotated[Path, Field(description="folder of your own names, offices and organisations")] = Field(
        default_factory=lambda: user_data_path("sayso") / "knowledge"
    )
    host: Annotated[str, Field(description="address the web server listens on")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="port of the web server; 0 takes a free one")] = 8317


@lru_cache(maxsize=1)
def default_settings() -> Settings:
    """Read the settings from the environment once; raises ConfigError naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "SAYSO_" + "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigError(f"{name}: {first['msg']}; `sayso doctor` lists the settings") from error
