"""``govextract label``: reports to a labelling tool, and its labels back to gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from govextract.labelling.task import LabelTask

app = typer.Typer(
    help="Send reports to a labelling tool, and bring gold back.", no_args_is_help=True
)

ToolChoice = Literal["doccano", "label-studio", "brat"]


@app.command("export")
def export_reports(
    reports: Annotated[
        list[Path], typer.Argument(help="Reports; a *.gold.jsonl goes out with its labels.")
    ],
    to: Annotated[ToolChoice, typer.Option(help="The tool.")],
    out: Annotated[Path, typer.Option(help="Folder for the tool's files.")] = Path("labelling"),
    blank: Annotated[
        bool, typer.Option("--blank", help="Without the program's facts: to be labelled blind.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Write files that the tool imports: texts, with the program's facts unless --blank."""
    from govextract.labelling.task import name_reports
    from govextract.labelling.tools import TOOLS

    names = name_reports(reports)
    tasks = [_task(name, path, blank) for name, path in zip(names, reports, strict=True)]
    for written in TOOLS[to].write(tasks, out, force=force):
        typer.echo(str(written))


@app.command("import")
def import_labels(
    file: Annotated[Path, typer.Argument(help="What the tool exported (brat: its folder).")],
    source: Annotated[ToolChoice, typer.Option("--from", help="The tool.")],
    out: Annotated[Path, typer.Option(help="Folder for the gold files.")] = Path("gold"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Write gold files, with their texts beside them, from what a tool exported."""
    from govextract.labelling.task import write_tasks
    from govextract.labelling.tools import read_tasks

    for written in write_tasks(read_tasks(source, file), out, force=force):
        typer.echo(str(written))


def _task(name: str, path: Path, blank: bool) -> LabelTask:
    from govextract.evaluation.evaluate import extract_file
    from govextract.evaluation.gold import SUFFIX, load_gold
    from govextract.labelling.task import LabelTask, task_from_extraction, task_from_gold
    from govextract.readers import read

    if path.name.endswith(SUFFIX):
        gold = load_gold(path)
        return LabelTask(name, gold.text, (), "blind") if blank else task_from_gold(name, gold)
    if blank:
        return LabelTask(name, read(path).text, (), "blind")
    return task_from_extraction(name, extract_file(path))
