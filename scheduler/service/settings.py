"""Settings of the service: flag, else environment, else file, else default."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from sqlalchemy.engine import make_url

from models.errors import InvalidInput, PlanError

SETTINGS_FILE = "ringfence.toml"
SECTION = "service"
PREFIX = "RINGFENCE_"
_HIDDEN = "********"


class Settings(BaseSettings):
    """What the service is told; keys of ``[service]`` in ringfence.toml."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True
    )

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port; 0: any that is free.")
    database_url: str = Field(
        "sqlite:///ringfence.db",
        description="sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    slots: int = Field(
        default_factory=lambda: max(1, (os.cpu_count() or 1) // 2),
        ge=0,
        le=256,
        description="Jobs that a process runs at a time, the same for all workers of "
        "a database; 0: the server runs none.",
    )
    memory_mb: int = Field(
        4096,
        ge=64,
        description="Memory that a job may take beyond what it starts with.",
    )
    most_seconds: float = Field(3600, gt=0, description="Longest time limit of a job.")
    most_scenarios: int = Field(
        50, ge=1, description="Most scenarios of a job, the plan as it is included."
    )
    most_threads: int = Field(
        default_factory=lambda: min(8, os.cpu_count() or 1),
        ge=1,
        description="Most threads of a job.",
    )
    extra_seconds: float = Field(
        60,
        gt=0,
        description="Wall time that a job may take beyond its time limit, to read, "
        "check and write, before it is ended.",
    )
    grace_seconds: float = Field(
        20, gt=0, description="From being told to stop to being killed."
    )
    drain_seconds: float = Field(
        5,
        ge=0,
        description="That running jobs get to end when the service is shut down; "
        "others are taken up again by the next worker.",
    )
    retention_days: float = Field(
        90, gt=0, description="After which what has ended is erased."
    )
    purge_hours: float = Field(
        24,
        ge=0,
        description="Between two times that a worker erases it; 0: only ringfence db "
        "purge does.",
    )

    body_mb: float = Field(10, gt=0, description="Largest body of JSON.")
    upload_mb: float = Field(50, gt=0, description="Largest file uploaded.")
    inflated_mb: float = Field(200, gt=0, description="Largest content of a zip file.")
    rows: int = Field(1_000_000, ge=1, description="Most rows of a plan.")
    tenant_jobs: int = Field(100, ge=1, description="Jobs under way, of a tenant.")
    tenant_seconds: float = Field(
        36_000, gt=0, description="Their time limits, summed up."
    )
    tenant_workers: int = Field(200, ge=1, description="Their threads, summed up.")
    oidc_issuer: str = Field("", description="Whose tokens are taken; empty: nobody's.")
    oidc_audience: str = Field("", description="Audience that tokens must have.")
    oidc_jwks_url: str = Field("", description="Where the issuer's keys are.")
    oidc_tenant_claim: str = Field(
        "tenant", description="Claim of a token that names the tenant."
    )
    rate: str = Field(
        "200/second", description="Requests of a tenant, such as 200/second."
    )
    heavy_rate: str = Field(
        "20/second", description="Those of them that take a processor."
    )
    desk_workers: int = Field(
        default_factory=lambda: max(1, (os.cpu_count() or 1) // 2),
        ge=1,
        le=64,
        description="Processes that read plans, export rosters and calculate.",
    )
    desk_waiting: int = Field(
        32, ge=0, description="Requests that may wait for them; more are refused."
    )
    desk_seconds: float = Field(60, gt=0, description="Longest that one may take.")
    desk_memory_mb: int = Field(
        2560,
        ge=256,
        description="Memory that one may take beyond what it starts with, as address "
        "space.",
    )
    listeners: int = Field(2000, ge=1, description="Event streams at a time.")
    hosts: tuple[str, ...] = Field(
        (),
        description="Names by which the service may be called; empty: any, or on "
        "loopback without keys only loopback's.",
    )
    origins: tuple[str, ...] = Field(
        (), description="Origins whose pages may call it, such as https://example.org."
    )
    tracing: bool = Field(
        False, description="Spans of OpenTelemetry; needs the extra otel."
    )
    metrics_port: int | None = Field(
        None, ge=0, le=65535, description="Port of its own for /metrics, on loopback."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token for /metrics; empty: loopback only."
    )
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "text"] = "json"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take nothing else than what was told; ``read_settings`` tells it all."""
        return (init_settings,)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file."""
        return make_url(self.database_url).get_backend_name() == "sqlite"


@dataclass(frozen=True)
class Origin:
    """Where a setting's value comes from: flag, environment, file or default."""

    value: object
    origin: str


def read_settings(
    flags: Mapping[str, object] | None = None, file: Path | None = None
) -> tuple[Settings, dict[str, Origin]]:
    """Return the settings and the origin of each.

    ``flags`` that are ``None`` were not given. Without ``file``, ringfence.toml of the
    working folder is read where there is one.

    Raises
    ------
    PlanError
        With everything that is wrong, wherever it was said.
    """
    told: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, values in reversed(_sources(flags or {}, file)):
        told |= values
        origins |= dict.fromkeys(values, origin)
    try:
        settings = Settings(**told)
    except ValidationError as error:
        raise PlanError(
            [
                f"{origins.get(str(each['loc'][0]), 'default')}: {each['loc'][0]}: "
                f"{each['msg'][:1].lower()}{each['msg'][1:]}, got {each['input']!r}"
                for each in error.errors()
            ]
        ) from error
    return settings, {
        name: Origin(_shown(name, value), origins.get(name, "default"))
        for name, value in settings
    }


def _sources(
    flags: Mapping[str, object], file: Path | None
) -> list[tuple[str, dict[str, Any]]]:
    """Return what each source says, the strongest first."""
    given = {name: value for name, value in flags.items() if value is not None}
    path = Path(SETTINGS_FILE) if file is None else file
    if file is not None and not file.is_file():
        raise InvalidInput(f"no file of settings {str(file)!r}")
    return [
        ("flag", InitSettingsSource(Settings, given)()),
        ("environment", EnvSettingsSource(Settings)()),
        (str(path), _of_file(path)),
    ]


def _of_file(path: Path) -> dict[str, Any]:
    """Return ``[service]`` of a file of settings; nothing where there is no file."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{path}: {error}") from error
    section = content.get(SECTION, {})
    if not isinstance(section, dict):
        raise InvalidInput(f"{path}: {SECTION} must be a table, got {section!r}")
    return section


def _shown(name: str, value: object) -> object:
    """Return a value as it may be shown: no secrets."""
    if isinstance(value, SecretStr):
        return _HIDDEN if value.get_secret_value() else ""
    if name == "database_url":
        return make_url(str(value)).render_as_string(hide_password=True)
    return value
