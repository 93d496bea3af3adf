"""``govextract compare``: one indicator across cities and years."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govextract.compare import Comparison
    from govextract.compare.matrix import Matrix
    from govextract.table import Column, Row

_FORMATS = ("table", "csv", "xlsx", "png", "svg", "html")


def compare(
    out: Annotated[Path, typer.Argument(help="Folder that `govextract run` wrote.")],
    indicator: Annotated[
        str, typer.Option(help="Id, name or wording of a concept; none: the best covered ones.")
    ] = "",
    kind: Annotated[str, typer.Option(help="amount, change, count …; default: the level.")] = "",
    years: Annotated[str, typer.Option(help="2020-2025 or 2020,2022.")] = "",
    areas: Annotated[str, typer.Option(help="Names or codes; a province means all in it.")] = "",
    per_capita: Annotated[
        bool, typer.Option("--per-capita", help="Divide by the resident population.")
    ] = False,
    form: Annotated[str, typer.Option("--format", "-f", help=", ".join(_FORMATS))] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Compare one figure an area and year, chosen by stated rules (docs/compare.md)."""
    from govextract.compare import Request, compare
    from govextract.compare.matrix import compare_all
    from govextract.compare.request import check_kind, parse_areas, parse_years
    from govextract.errors import UsageError

    if form not in _FORMATS:
        raise UsageError(f"there is no format {form!r}", remedy="use " + ", ".join(_FORMATS))
    request = Request(
        indicator, check_kind(kind), parse_years(years), parse_areas(areas), per_capita
    )
    if indicator:
        comparison = compare(out, request)
        output = _file(form, output, comparison.concept.name, force=force)
        _give(comparison, form, output, json=json)
    else:
        output = _file(form, output, "indicators", force=force)
        _give_matrix(compare_all(out, request), form, output, json=json)


def _given(output: Path | None) -> Path:
    assert output is not None  # a form that is no text always has a file
    return output


def _file(form: str, output: Path | None, name: str, *, force: bool) -> Path | None:
    """Return the file to write: the one that was given, or for what is no text ``name``."""
    from govextract.writers.files import refuse_existing

    if output is None and form not in ("table", "csv"):
        output = Path(f"{name}.{form}")
    if output is not None:
        refuse_existing([output], force=force)
    return output


def _give(comparison: Comparison, form: str, output: Path | None, *, json: bool) -> None:
    from govextract.compare import tables
    from govextract.compare.chart import write_chart

    if form in ("png", "svg", "html"):
        typer.echo(write_chart(_given(output), comparison, form), err=True)
    elif form == "xlsx":
        typer.echo(tables.write_comparison_workbook(_given(output), comparison), err=True)
    elif form == "csv":
        _write_csv(output, tables.FIGURES, tables.figure_rows(comparison))
    else:
        _print_comparison(comparison, json=json)
    _warn(comparison)


def _print_comparison(comparison: Comparison, *, json: bool) -> None:
    from govextract.cli.tables import print_table
    from govextract.compare import tables
    from govextract.table import heads

    if json:
        print_table(heads(tables.REVIEW), list(tables.review_rows(comparison)), json=True)
        return
    rows: list[list[object]] = [
        [
            figure.key.year,
            figure.rank,
            figure.key.area,
            tables.readable(figure.value, figure.unit),
            figure.growth.stated,
            figure.growth.computed,
            tables.growth_check(figure),
            figure.fact.document,
        ]
        for figure in comparison.figures
    ]
    heads_ = ["year", "rank", "area", "value", "growth %", "computed %", "check", "document"]
    print_table(heads_, rows)


def _warn(comparison: Comparison) -> None:
    """Say on standard error what a reader must know: conflicts, and who states no figure."""
    from govextract.compare.tables import readable

    concept = comparison.concept
    areas = {figure.key.area_code for figure in comparison.figures}
    typer.echo(
        f"{concept.name} ({concept.id}, {comparison.kind or 'no figures'}): "
        f"{len(comparison.figures)} figures of {len(areas)} areas",
        err=True,
    )
    if not comparison.figures:
        typer.echo(
            f"see what is stated: govextract indicators OUT --search {concept.name[:4]}", err=True
        )
    for figure in comparison.figures:
        others = dict.fromkeys(
            readable(item.candidate.fact.value or figure.value, item.candidate.fact.unit)
            for item in figure.conflicts
        )
        if others:
            taken = readable(figure.value, figure.unit)
            typer.echo(
                f"conflict: {figure.key.area} {figure.key.year}: {taken} taken, "
                f"also stated: {'、'.join(others)}",
                err=True,
            )
    silent = [f"{key.area} {key.year}" for key in comparison.missing if key not in comparison.apart]
    if silent:
        typer.echo(f"not stated: {'、'.join(silent)}", err=True)
    apart = [f"{key.area} {key.year}: {fact.text}" for key, fact in comparison.apart.items()]
    if apart:
        typer.echo(f"stated in another unit: {'、'.join(apart)}", err=True)


def _write_csv(output: Path | None, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Write to ``output``, or to standard output (then without the byte-order mark)."""
    from govextract.writers.csv import write_csv_file, write_csv_stream

    if output is None:
        write_csv_stream(sys.stdout, columns, rows)
    else:
        write_csv_file(output, columns, rows)


def _give_matrix(matrix: Matrix, form: str, output: Path | None, *, json: bool) -> None:
    from govextract.cli.tables import print_table
    from govextract.compare import tables
    from govextract.errors import UsageError
    from govextract.table import heads

    columns, rows = tables.matrix_columns(matrix), tables.matrix_rows(matrix)
    if form == "csv":
        _write_csv(output, columns, rows)
    elif form == "xlsx":
        typer.echo(tables.write_matrix_workbook(_given(output), matrix), err=True)
    elif form == "table":
        print_table(heads(columns), list(rows), json=json)
    else:
        raise UsageError("a chart shows one indicator", remedy="give --indicator")
