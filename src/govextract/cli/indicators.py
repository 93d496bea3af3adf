"""``govextract indicators``: the concepts, and what is not linked to one yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def indicators(
    out: Annotated[
        Path | None, typer.Argument(help="Folder that `govextract run` wrote, for the counts.")
    ] = None,
    search: Annotated[str, typer.Option(help="Only those that hold this: 复议.")] = "",
    unlinked: Annotated[
        bool, typer.Option("--unlinked", help="Instead: wordings of OUT that no concept fits.")
    ] = False,
    limit: Annotated[int, typer.Option(min=0, help="Show so many; 0 for all.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the concepts with how often a run states them."""
    from govextract.cli.tables import print_table
    from govextract.compare.listing import ConceptCount, cluster_unlinked, count_concepts
    from govextract.errors import UsageError
    from govextract.lexicon import default_lexicon
    from govextract.stored import read_facts

    if unlinked and out is None:
        raise UsageError("--unlinked needs the folder of a run", remedy="give OUT")
    facts = read_facts(out) if out is not None else iter(())
    if unlinked:
        clusters = cluster_unlinked(facts, default_lexicon(), search)[: limit or None]
        rows = [
            [c.thing, c.unit, c.facts, c.documents, "、".join(c.wordings), c.sentence]
            for c in clusters
        ]
        print_table(
            ["thing", "unit", "facts", "documents", "wordings", "sentence"], rows, json=json
        )
    else:
        counts = count_concepts(facts, default_lexicon(), search)[: limit or None]
        print_table(list(ConceptCount._fields), counts, json=json)
