"""The command about settings of the service: config show."""

import typer
from rich.table import Table

from scheduler.cli.output import JsonFlag, give
from scheduler.cli.serving import SettingsFile
from scheduler.service.settings import read_settings

config = typer.Typer(help="The service's settings.", no_args_is_help=True)


@config.callback()
def _config() -> None:
    """The service's settings."""


@config.command()
def show(settings: SettingsFile = None, as_json: JsonFlag = False) -> None:
    """Every setting, and where its value comes from; secrets are not shown."""
    _, origins = read_settings({}, settings)
    table = Table("setting", "value", "from", box=None)
    for name, each in origins.items():
        table.add_row(name, str(each.value), each.origin)
    give(
        {
            name: {"value": each.value, "from": each.origin}
            for name, each in origins.items()
        },
        as_json=as_json,
        shown=lambda: [table],
    )
