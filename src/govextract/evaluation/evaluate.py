"""Runs the scorer over a folder of gold: against a pipeline, or against a table of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from govextract.errors import UsageError
from govextract.evaluation.gold import GoldFile, load_gold_folder
from govextract.evaluation.mentions import Mention, by_document, mentions_of
from govextract.evaluation.score import FileResult, Score, judge_file, score_results
from govextract.model import Extraction

Extract = Callable[[Path], Extraction]


class Evaluation(NamedTuple):
    """What came of an evaluation: every file judged, and the sums."""

    files: tuple[FileResult, ...]
    score: Score


def extract_file(path: Path) -> Extraction:
    """Read the text at ``path`` and extract its facts, with the package's own pipeline."""
    from govextract.pipeline import extract
    from govextract.readers import read

    return extract(read(path))


def evaluate_dir(gold_dir: Path, extract: Extract = extract_file) -> Evaluation:
    """Extract from the text of every gold file in and below ``gold_dir`` and score the facts.

    Raises UsageError where there is no gold, GoldError where a gold file is broken.
    """
    return evaluate(
        (gold, mentions_of(extract(gold.text_path).facts)) for gold in load_gold_folder(gold_dir)
    )


def evaluate_mentions(gold_dir: Path, mentions: Iterable[Mention]) -> Evaluation:
    """Score the rows of a table of facts; rows of documents without gold are left out.

    A gold file that no row's document matches is scored as missed whole. Raises UsageError where
    the table knows none of the gold's documents.
    """
    golds = load_gold_folder(gold_dir)
    documents = by_document(mentions)
    matched = match_documents([gold.name for gold in golds], documents)
    if documents and not matched:
        raise UsageError(
            "the facts are of other documents than the gold",
            place=str(gold_dir),
            remedy="run govextract over the folder with the gold's texts",
        )
    return evaluate((gold, documents.get(matched.get(gold.name, ""), [])) for gold in golds)


def evaluate(files: Iterable[tuple[GoldFile, Sequence[Mention]]]) -> Evaluation:
    """Judge each gold file with its mentions.

    Raises UsageError where a mention's text does not stand at its offsets in the gold's text.
    """
    results = tuple(_judge_checked(gold, mentions) for gold, mentions in files)
    return Evaluation(results, score_results(results))


def match_documents(names: Sequence[str], documents: Iterable[str]) -> Mapping[str, str]:
    """Return, for the names of gold files, the document that each labels.

    A document is matched by its path without suffix (``.txt`` before all others), else by its
    file name, where only one document and only one gold file has it.
    """
    ordered = sorted(documents, key=lambda document: (not document.endswith(".txt"), document))
    by_path: dict[str, str] = {}
    by_stem: dict[str, list[str]] = {}
    for document in ordered:
        path = PurePosixPath(document)
        by_path.setdefault(str(path.with_suffix("")), document)
        by_stem.setdefault(path.stem, []).append(document)
    matched = {}
    stems = [PurePosixPath(name).name for name in names]
    for name, stem in zip(names, stems, strict=True):
        candidates = by_stem.get(stem, [])
        if name in by_path:
            matched[name] = by_path[name]
        elif len(candidates) == 1 and stems.count(stem) == 1:
            matched[name] = candidates[0]
    return matched


def _judge_checked(gold: GoldFile, mentions: Sequence[Mention]) -> FileResult:
    for mention in mentions:
        if mention.text and gold.text[mention.start : mention.end] != mention.text:
            raise UsageError(
                f"{mention.text!r} does not stand at {mention.start} in the gold's text",
                place=f"{gold.text_path}",
                remedy="extract again from this very file",
            )
    return judge_file(gold, mentions)
