"""``govextract audit``: a run checks itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govextract.audit import Audit


def audit(
    out: Annotated[Path, typer.Argument(help="Folder that `govextract run` wrote.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing: neither findings nor checks.")
    ] = False,
    strict: Annotated[bool, typer.Option(help="Exit with 1 where there are findings.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check sums, shares, rates, growth and repeated figures; write findings beside the facts."""
    from govextract.audit import audit
    from govextract.audit.outcome import finding_row
    from govextract.cli.tables import print_table
    from govextract.table import FINDINGS, heads

    result = audit(out, write=not dry_run)
    shown = heads(FINDINGS) if json else ["document", "check", "message", "arithmetic", "cause"]
    rows = [
        [dict(zip(heads(FINDINGS), finding_row(item), strict=True))[head] for head in shown]
        for item in result.findings
    ]
    print_table(shown, rows, json=json)
    print_summary(result)
    if strict and result.findings:
        raise typer.Exit(1)


def print_summary(result: Audit) -> None:
    """Say on standard error how many checks passed, by id, and how many findings there are."""
    typer.echo(
        f"{sum(result.passed.values())} checks passed, {len(result.findings)} findings", err=True
    )
    for check, count in sorted(result.passed.items()):
        typer.echo(f"  {check}: {count} passed", err=True)
