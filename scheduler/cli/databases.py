"""The commands about the database of the service: db upgrade, purge, erase."""

import typer
from sqlalchemy.engine import make_url

from scheduler.cli.output import tell
from scheduler.cli.serving import Database, SettingsFile
from scheduler.service.settings import read_settings
from scheduler.service.store import migrate

db = typer.Typer(help="The service's database.", no_args_is_help=True)


@db.command()
def upgrade(database_url: Database = None, settings: SettingsFile = None) -> None:
    """Make the tables, or bring them to the version of this program."""
    told, _ = read_settings({"database_url": database_url}, settings)
    migrate.upgrade(told.database_url)
    shown = make_url(told.database_url).render_as_string(hide_password=True)
    tell([f"{shown} is up to date"])
