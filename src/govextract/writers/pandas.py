"""Facts as a pandas data frame. pandas is imported here only, when first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from govextract.model import Fact
from govextract.table import FACTS

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {"integer": "Int64", "number": "Float64", "string": "string", "date": "string"}


def to_frame(facts: Iterable[Fact]) -> pd.DataFrame:
    """Return one row a fact, with the columns and types of the facts table.

    Numbers are nullable floats (``Float64``); exact decimals are in ``Fact.value``. Unknown is
    ``pandas.NA`` in number columns and an empty string in the others.
    """
    import pandas as pd

    frame = pd.DataFrame.from_records(list(facts), columns=[column.name for column in FACTS])
    for column in FACTS:
        if column.type in ("integer", "number"):
            frame[column.name] = pd.to_numeric(frame[column.name], errors="coerce")
        frame[column.name] = frame[column.name].astype(_TYPES[column.type])  # type: ignore[call-overload]
    return frame
