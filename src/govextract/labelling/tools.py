"""The labelling tools by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from govextract.errors import UsageError
from govextract.labelling.brat import read_brat, write_brat
from govextract.labelling.doccano import read_doccano, write_doccano
from govextract.labelling.label_studio import read_label_studio, write_label_studio
from govextract.labelling.task import LabelTask


class Write(Protocol):
    """Writes tasks for a tool into a folder and returns the files."""

    def __call__(
        self, tasks: Sequence[LabelTask], folder: Path, *, force: bool = False
    ) -> list[Path]:
        """Raise UsageError where a file is there already, unless ``force``."""
        ...


class Tool(NamedTuple):
    """How to write tasks for a tool into a folder, and to read what it gives back."""

    write: Write
    read: Callable[[Path], list[LabelTask]]


TOOLS: dict[str, Tool] = {
    "doccano": Tool(write_doccano, read_doccano),
    "label-studio": Tool(write_label_studio, read_label_studio),
    "brat": Tool(write_brat, read_brat),
}


def read_tasks(tool: str, path: Path) -> list[LabelTask]:
    """Read what ``tool`` exported; raise UsageError where ``path`` holds no document."""
    tasks = TOOLS[tool].read(path)
    if not tasks:
        raise UsageError(
            "holds no labelled document", place=str(path), remedy=f"give what {tool} exported"
        )
    return tasks
