"""The command line: arguments and printing, no logic. One module a group of commands.

Modules are small and import their work inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys

import typer

from govextract.cli.audit import audit
from govextract.cli.columns import columns
from govextract.cli.compare import compare
from govextract.cli.diff import diff
from govextract.cli.evaluate import evaluate
from govextract.cli.explain import explain
from govextract.cli.explore import explore
from govextract.cli.fetch import fetch
from govextract.cli.gold import app as gold
from govextract.cli.indicators import indicators
from govextract.cli.label import app as label
from govextract.cli.printing import visible
from govextract.cli.run import run
from govextract.cli.show import show
from govextract.cli.text import text
from govextract.cli.units import app as units
from govextract.errors import GovextractError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Boxes around the help would double the time that it takes: rich is slow to load.
    rich_markup_mode=None,
    help="Chinese government reports to one normalised table of facts.",
)
_COMMANDS = (
    run,
    show,
    explain,
    explore,
    text,
    columns,
    compare,
    audit,
    indicators,
    evaluate,
    diff,
    fetch,
)

for command in _COMMANDS:
    app.command()(command)
app.add_typer(gold, name="gold")
app.add_typer(label, name="label")
app.add_typer(units, name="units")


def main() -> None:
    """Run the command line; an error is one line with its remedy, and exit code 2."""
    try:
        app()
    except GovextractError as error:
        typer.echo(f"govextract: {visible(str(error))}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:
        said = f"{error.filename or ''}: {error.strerror or error}"
        typer.echo(f"govextract: {visible(said)}", err=True)
        sys.exit(2)


@app.callback(invoke_without_command=True)
def _version(
    version: bool = typer.Option(False, "--version", help="Print the version and exit."),
) -> None:
    if version:
        from govextract import __version__

        typer.echo(__version__)
        raise typer.Exit
