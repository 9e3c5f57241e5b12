"""All commands under one name, and the way out of errors that a command did not meet itself."""

import sys
from typing import Annotated

import typer

from bot import __version__
from bot.cli import bring_in, check, db, intake, live, take_out
from bot.cli._shared import INTERRUPTED, REFUSED, SETTINGS, errors, safe_output
from bot.core.errors import SettingsError, SidenoteError

app = typer.Typer(
    name="sidenote",
    help="A Discord bot that adds a short, neutral context note under links to flagged summaries.",
    epilog="Settings come from sidenote.toml and the environment; config/default.toml names them all.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
db_app = typer.Typer(
    help="The database file: migrate, check, back up, restore; and the keys of its records.", no_args_is_help=True
)

app.command("run")(live.run)
app.command("demo")(live.demo)
app.command("doctor")(live.doctor)
app.command("invite")(live.invite)
app.command("check")(check.check)
app.command("intake")(intake.intake)
app.command("import")(bring_in.bring_in)
app.command("export")(take_out.take_out)
app.add_typer(db_app, name="db")
db_app.command("migrate")(db.migrate)
db_app.command("check")(db.check)
db_app.command("backup")(db.backup)
db_app.command("restore")(db.restore)
db_app.command("rekey")(db.rekey)


def _version(value: bool) -> None:  # noqa: FBT001
    if value:
        print(f"sidenote {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")] = False,
) -> None:
    pass


def main() -> None:
    """Runs the program and exits with its status."""
    safe_output()
    try:
        app()
    except SettingsError as error:
        errors.print(str(error))
        sys.exit(SETTINGS)
    except SidenoteError as error:
        errors.print(str(error))
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(REFUSED)
    except OSError as error:
        errors.print(f"The work could not be finished: {error.strerror or error}.")
        sys.exit(REFUSED)
