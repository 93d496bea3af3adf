"""Write the pages of docs/ that are made from the data.

python scripts/make_docs.py [--check]
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import typer

from govextract.cli import app
from govextract.lexicon import Entry, default_lexicon
from govextract.lexicon.indicators import Concept, indicator_files, load_indicators
from govextract.table import SCHEMAS, TABLE_NAMES_ZH

DOCS = Path(__file__).parents[1] / "docs"


def indicators() -> str:
    """Return docs/indicators.md: every concept, by field."""
    return "\n".join(_indicator_lines()) + "\n"


def columns() -> str:
    """Return docs/columns.md: the columns of all tables."""
    return "\n".join(_column_lines()) + "\n"


def rules() -> str:
    """Return docs/rules.md: every entry of the data with what it matches and what not."""
    return "\n".join(_rule_lines()) + "\n"


def commands() -> str:
    """Return docs/commands.md: every command with its arguments and options."""
    root = typer.main.get_command(app)
    lines = ["# Commands", "", "Made from `govextract --help` by `python scripts/make_docs.py`."]
    return "\n".join([*lines, *_command_lines(root, "govextract")]) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "indicators.md": indicators,
    "columns.md": columns,
    "rules.md": rules,
    "commands.md": commands,
}


def _indicator_lines() -> Iterator[str]:
    lexicon = default_lexicon()
    concepts = load_indicators(lexicon).concepts
    genres = {entry["id"]: entry for entry in lexicon.entries("genres.toml", "genre")}
    yield "# Indicators"
    yield ""
    yield "Made from `src/govextract/data/indicators` by `python scripts/make_docs.py`."
    yield ""
    yield (
        f"{len(concepts)} concepts in {len(indicator_files())} fields. A fact is linked to one of"
        " them where its wording, unit and kind surely fit, and to none else. A growth is the kind"
        " `change` of the concept that grew. To add one, add an entry with an example and a"
        " counter-example to the field's file; `--lexicon my.toml` adds your own."
    )
    for field, group in groupby(concepts.values(), key=lambda item: item.id.split("/")[0]):
        yield from _field_lines(field, list(group), genres)


def _field_lines(field: str, concepts: list[Concept], genres: Mapping[str, Entry]) -> Iterator[str]:
    homes = sorted({genre for item in concepts for genre in item.genres}, key=list(genres).index)
    yield ""
    yield f"## {field}"
    yield ""
    yield f"Mostly in: {'、'.join(genres[home]['name'] for home in homes)}."
    yield ""
    yield "| id | 名称 | name | unit | definition | part of | not to be taken for |"
    yield "|---|---|---|---|---|---|---|"
    yield from map(_row, concepts)


def _row(concept: Concept) -> str:
    cells = (
        f"`{concept.id}`",
        concept.name,
        concept.name_en,
        concept.dimension.replace("_", " "),
        f"{concept.definition}（{concept.source}）",
        f"`{concept.parent}`" if concept.parent else "",
        ", ".join(f"`{other}`" for other in concept.confused_with),
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _column_lines() -> Iterator[str]:
    yield "# Columns"
    yield ""
    yield "Made from `src/govextract/table.py` by `python scripts/make_docs.py`."
    yield ""
    yield (
        "`govextract run` writes the first four tables, `govextract audit` the findings. An empty"
        " cell is unknown. `--headers zh` writes the Chinese heads."
    )
    for table, schema in SCHEMAS.items():
        yield f"\n## {table} ({TABLE_NAMES_ZH[table]})\n"
        yield "| column | 中文 | type | what |"
        yield "|---|---|---|---|"
        for column in schema:
            yield f"| `{column.name}` | {column.zh} | {column.type} | {column.description} |"


def _rule_lines() -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield "Made from `src/govextract/data/*.toml` by `python scripts/make_docs.py`."
    yield ""
    yield (
        "An id is permanent: it stands in the column `rules` of each fact that the entry took part"
        " in. What matches and what does not is checked by the tests. Indicators have"
        " [a page of their own](indicators.md)."
    )
    for file in sorted((files("govextract") / "data").iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            yield f"\n## {file.name}"
            yield from _file_lines(tomllib.loads(file.read_text(encoding="utf-8")))


def _file_lines(content: Mapping[str, Any]) -> Iterator[str]:
    for table, entries in content.items():
        examples = [entry for entry in entries if isinstance(entry, dict) and "id" in entry]
        if not examples:
            continue
        yield f"\n### {table}\n"
        yield "| id | matches | does not match |"
        yield "|---|---|---|"
        for entry in examples:
            matches, other = _examples(entry, counter=False), _examples(entry, counter=True)
            yield f"| `{entry['id']}` | {matches} | {other} |"


def _examples(entry: Entry, *, counter: bool) -> str:
    """Return the examples, or the counter-examples, of an entry; its keys name them."""
    found = [
        value
        for key, value in entry.items()
        if ("counter" in key) == counter and ("example" in key or key.startswith("counter"))
    ]
    texts = [text for value in found for text in (value if isinstance(value, list) else [value])]
    return "<br>".join(_cell(text) for text in texts[:4])


def _cell(text: object) -> str:
    parts = text if isinstance(text, list) else [text]
    return _escape(" → ".join(str(part) for part in parts))


def _escape(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is, within a cell of a table."""
    text = text.replace("&", "&amp;").replace("\n", " ")
    return re.sub(r"[<|*_\[`]", lambda sign: f"&#{ord(sign[0])};", text)


def _command_lines(command: Any, name: str) -> Iterator[str]:
    """Yield the lines of a command, or of all below a group (typer brings a click of its own)."""
    if hasattr(command, "commands"):
        for child in command.commands.values():
            yield from _command_lines(child, f"{name} {child.name}")
        return
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    usage = " ".join([name, *map(_argument, arguments), *(["[OPTIONS]"] if options else [])])
    yield f"\n## {name}\n"
    yield _help(command)
    yield f"\n    {usage}\n"
    yield "| | |"
    yield "|---|---|"
    for param in arguments:
        yield f"| `{_argument(param)}` | {_help(param)} |"
    for option in options:
        yield f"| {_option_names(option)} | {_help(option)}{_default(option)} |"


def _help(item: Any) -> str:
    """Return the help of a command or an option; its code signs are Markdown already."""
    return " ".join((item.help or "").split()).replace("<", "&lt;").replace("|", "&#124;")


def _argument(param: Any) -> str:
    name = param.name.upper() + ("…" if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _option_names(option: Any) -> str:
    names = [f"`{name}`" for name in (*option.opts, *option.secondary_opts)]
    return ", ".join(sorted(names, key=len))


def _default(option: Any) -> str:
    if option.is_flag or option.default in (None, "", []) or callable(option.default):
        return ""
    return f" (default: {option.default})"


def main() -> None:
    """Write the pages, or with ``--check`` fail where one is not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if not current")
    check = parser.parse_args().check
    stale = [name for name, make in PAGES.items() if _read(name) != make()]
    if check and stale:
        sys.exit(f"not current: {', '.join(stale)}; run python scripts/make_docs.py")
    for name in stale:
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")


def _read(name: str) -> str:
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    main()
