"""What a hostile file is: its name, its bytes, and what must become of it."""

from __future__ import annotations

from typing import NamedTuple

READ = "read"
"""The outcome of a file that gives a row in the table of documents."""


class Case(NamedTuple):
    """A file, and its outcome: ``READ`` or the code of its one problem."""

    name: str
    data: bytes
    outcome: str = READ


PROSE = "一、工作情况\n全年受理行政复议申请247件，审结217件，同比增长5.3%。\n"
"""An ordinary passage: what is hostile stands before, in or behind it."""
