"""The settings as a frozen tree. Defaults stand in config/default.toml, and nowhere else."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.core.model import GuildRules, Mode, Repeats
from bot.services.bounds import Bounds


def _nameable(path: Path) -> Path:
    if "\0" in str(path):
        raise ValueError("a path cannot hold the character U+0000")
    if ":/" in str(path):  # Path makes one slash of two
        raise ValueError("this version keeps its records in a file; give a path, not an address")
    return path


_SECTION = ConfigDict(frozen=True, extra="forbid")


class Discord(BaseModel):
    """Where Discord is and who we are there."""

    model_config = _SECTION
    application_id: Annotated[int, Field(ge=0, lt=2**63)]
    api: Annotated[str, Field(pattern=r"^https?://")]
    gateway: Annotated[str, Field(pattern=r"^wss?://")]
    requests_per_second: Annotated[int, Field(ge=1, le=50)]
    silence_seconds: Annotated[int, Field(ge=5, le=3600)]


class DatabaseFile(BaseModel):
    """The file of the records and notes."""

    model_config = _SECTION
    path: Annotated[Path, AfterValidator(_nameable)]
    busy_timeout_ms: Annotated[int, Field(ge=0, le=60_000)]


class Notes(BaseModel):
    """How far and how long the bot looks after its notes."""

    model_config = _SECTION
    settle_seconds: Annotated[float, Field(ge=1, le=86_400)]
    nonce_seconds: Annotated[float, Field(ge=1, le=120)]
    stability_seconds: Annotated[float, Field(ge=0, le=86_400)]
    catch_up_seconds: Annotated[float, Field(ge=0, le=604_800)]
    catch_up_messages: Annotated[int, Field(ge=0, le=10_000)]

    def bounds(self) -> Bounds:
        """As the services' value."""
        return Bounds(
            timedelta(seconds=self.settle_seconds),
            timedelta(seconds=self.nonce_seconds),
            timedelta(seconds=self.stability_seconds),
            timedelta(seconds=self.catch_up_seconds),
            self.catch_up_messages,
            timedelta(seconds=min(2.0, max(0.1, self.stability_seconds / 2))),
        )


class Log(BaseModel):
    """How the program speaks to its operator."""

    model_config = _SECTION
    format: Literal["lines", "json"]
    level: Literal["debug", "info", "warning", "error"]


class Locale(BaseModel):
    """The bot's language."""

    model_config = _SECTION
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]


class GuildDefaults(BaseModel):
    """The settings of a guild that set none."""

    model_config = _SECTION
    mode: Mode
    cooldown_seconds: Annotated[int, Field(ge=0, le=604_800)]
    notes_per_minute: Annotated[int, Field(ge=1, le=60)]
    other_bots: bool
    repeats: Repeats
    corrections: bool

    def rules(self) -> GuildRules:
        """As core's value."""
        return GuildRules(
            mode=self.mode,
            cooldown_seconds=self.cooldown_seconds,
            notes_per_minute=self.notes_per_minute,
            other_bots=self.other_bots,
            repeats=self.repeats,
            corrections=self.corrections,
        )


class Settings(BaseSettings):
    """Everything that can be set. The token prints as stars."""

    model_config = SettingsConfigDict(
        env_prefix="SIDENOTE_", env_nested_delimiter="__", frozen=True, extra="forbid", case_sensitive=False
    )
    token: SecretStr | None = None
    token_file: Path | None = None
    discord: Discord
    database: DatabaseFile
    notes: Notes
    log: Log
    locale: Locale
    guild_defaults: GuildDefaults

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_named: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed in: `load` reads each source by itself, so that a mistake can be traced to its place."""
        return (init_settings,)


SECRETS = ("token", "token_file")
"""Top-level names that come from the environment only, never from a TOML file."""
