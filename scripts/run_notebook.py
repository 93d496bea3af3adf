"""Run docs/example.ipynb and write what its cells show.

python scripts/run_notebook.py [--check]

Needs no Jupyter: the cells are run in this process, from the folder of the repository. A cell shows
its last expression, as text and (where the object has ``_repr_html_``) as HTML. With ``--check``
nothing is written, and a cell that shows something else than before is an error.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import sys
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "example.ipynb"


def run_cells(notebook: dict[str, Any], out: str) -> None:
    """Run all code cells in one namespace and put in what they show; ``OUT`` is the folder."""
    space: dict[str, Any] = {"__name__": "__main__", "OUT": out}
    number = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        number += 1
        cell["execution_count"] = number
        printed = StringIO()
        with redirect_stdout(printed):
            shown = _run("".join(cell["source"]), space)
        cell["outputs"] = [*_stream(printed.getvalue()), *_result(shown, number)]


def _run(source: str, space: dict[str, Any]) -> Any:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), space)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), space)


def _stream(text: str) -> list[dict[str, Any]]:
    if not text:
        return []
    return [{"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}]


def _result(shown: Any, number: int) -> list[dict[str, Any]]:
    if shown is None:
        return []
    data = {"text/plain": repr(shown).splitlines(keepends=True)}
    if hasattr(shown, "_repr_html_"):
        data = {"text/html": shown._repr_html_().splitlines(keepends=True)}
    return [
        {
            "output_type": "execute_result",
            "execution_count": number,
            "data": data,
            "metadata": {},
        }
    ]


def main() -> None:
    """Run the notebook; with ``--check`` fail where what it shows is not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if not current")
    check = parser.parse_args().check
    os.chdir(ROOT)
    before = NOTEBOOK.read_text(encoding="utf-8")
    notebook = json.loads(before)
    with tempfile.TemporaryDirectory() as folder:
        run_cells(notebook, folder)
    after = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    if check and after != before:
        sys.exit("docs/example.ipynb is not current; run python scripts/run_notebook.py")
    NOTEBOOK.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
