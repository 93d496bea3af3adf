"""Rules that a user adds are checked when they are loaded: what is wrong, where, what to do."""

from __future__ import annotations

import inspect
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from govextract.batch import run
from govextract.errors import LexiconError
from govextract.lexicon import MOST_BYTES, Lexicon, load_lexicon
from govextract.lexicon.own_data import LONGEST_PATTERN
from govextract.model import Report
from govextract.pipeline import PARTS, check_lexicon, extract
from small_reports import write_reports
from test_pattern_growth import modules

UNIT = """
[[unit]]
id = "unit/mine"
name = "筐"
forms = ["筐"]
dimension = "classifier"
kind = "count"
example = "3筐"
counter = "箩筐"
"""
LINE = '[[line]]\nid = "heading/mine"\nexamples = []\ncounter_examples = []\n'


def written(folder: Path, content: str) -> Path:
    path = folder / "my.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_what_is_right_is_taken_also_with_the_mark_of_editors(tmp_path: Path) -> None:
    lexicon = load_lexicon(written(tmp_path, "\ufeff" + UNIT))
    check_lexicon(lexicon)
    assert extract(Report("a.txt", "收苹果30筐。"), lexicon).facts[0].unit == "筐"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (UNIT.replace("[[unit]]", "[[unti]]"), "unknown table 'unti': did you mean 'unit'?"),
        (UNIT.replace("forms", "form"), "unit/mine: has the unknown key 'form': did you mean"),
        (UNIT.replace('["筐"]', '"筐"'), "unit/mine: forms is text: give list of text"),
        (UNIT.replace('["筐"]', "[1]"), "unit/mine: forms is list of number"),
        (UNIT.replace("[[unit]]", "[unit]"), "'unit' is no list of entries"),
        ("unit = 5", "'unit' is no list of entries"),
        ('unit = ["a"]', "'unit' is no list of entries"),
        ("a = " + "[" * 5_000, "is no valid TOML"),
        (LINE + "pattern = '(?:[甲乙]+)+丙'", "heading/mine pattern: .* more and more time"),
        (LINE + "pattern = '[甲乙]*[乙丙]*丁'", "a text like '乙乙"),
        (LINE + f"pattern = '{'甲' * (LONGEST_PATTERN + 1)}'", "longer than"),
        ('[[parts]]\nid = "a/b"\npattern = "(甲)"\nexample = ""\ncounter = ""', "captures a group"),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_on_loading(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        load_lexicon(written(tmp_path, content))


def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="is larger than"):
        load_lexicon(written(tmp_path, "#" * (MOST_BYTES + 1)))


def test_a_run_with_broken_rules_begins_nothing(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "reports", 1)
    lexicon = load_lexicon(written(tmp_path, LINE + "pattern = '('"))
    with pytest.raises(LexiconError, match="no valid pattern"):
        run(reports, tmp_path / "out", lexicon=lexicon)
    assert not (tmp_path / "out").exists()


def own_entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the first entry of each table of the package."""
    data = Path(str(files("govextract") / "data"))
    seen: set[str] = set()
    for path in sorted(data.rglob("*.toml")):
        for table, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if table not in seen:
                seen.add(table)
                yield table, entries[0]


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return str(value)


def damaged(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the entry without each key, and with values of the type that are odd."""
    for key, value in entry.items():
        if key != "id":
            yield {name: kept for name, kept in entry.items() if name != key}
            odd = {str: ("", "("), list: ([], ["("])}.get(type(value), (-1,))
            for other in odd:
                yield entry | {key: other}


@cache
def readers_of() -> dict[str, list[Any]]:
    """Return the parts that read each table, so that the others are not loaded for it."""
    found: dict[str, list[Any]] = defaultdict(list)

    class Spy(Lexicon):
        def entries(self, file: str, table: str) -> list[Any]:
            found[table].append(part)
            return super().entries(file, table)

    for part in PARTS:
        part(Spy())
    return found


@pytest.mark.parametrize(("table", "entry"), list(own_entries()), ids=lambda value: str(value)[:20])
def test_a_damaged_entry_of_any_table_is_refused_or_does_no_harm(
    tmp_path: Path, table: str, entry: dict[str, Any]
) -> None:
    for odd in damaged(entry):
        lines = [f"{key} = {toml(value)}" for key, value in odd.items()]
        path = written(tmp_path, "\n".join([f"[[{table}]]", *lines]))
        try:
            lexicon = load_lexicon(path)
            for part in set(readers_of()[table]):
                part(lexicon)
        except LexiconError as error:
            assert error.place, odd


def test_a_period_that_would_never_be_found_is_refused(tmp_path: Path) -> None:
    entry = '[[cue]]\nid = "period/mine"\npattern = "{}"\nvalue = "2049"\n'
    entry += 'examples = ["百岁之时"]\ncounter_examples = ["建成"]\n'
    with pytest.raises(LexiconError, match="would never be found"):
        check_lexicon(load_lexicon(written(tmp_path, entry.format("百岁之时"))))
    lexicon = load_lexicon(written(tmp_path, entry.format("百岁之年")))
    check_lexicon(lexicon)
    report = Report("a.txt", "百岁之年办理案件30件。")
    assert [fact.period for fact in extract(report, lexicon).facts] == ["2049"]


def test_words_may_be_taken_out(tmp_path: Path) -> None:
    zone = '[[zone]]\nid = "area/zone"\nwords = []\nexamples = []\ncounter_examples = []\n'
    lexicon = load_lexicon(written(tmp_path, zone))
    assert extract(Report("a.txt", "高新区受理申请247件。"), lexicon).facts


def test_all_parts_of_a_lexicon_are_checked() -> None:
    from govextract import lexicon as package

    names = {
        name
        for module in modules(package)
        for name, value in vars(module).items()
        if name.startswith("load_") and "lexicon" in inspect.signature(value).parameters
    }
    loads = {part.__name__ for part in PARTS}
    of_grammar = {"load_units", "load_exclusions", "load_comparators"}
    assert names - of_grammar - {"load_dimensions", "load_table_words"} <= loads
    assert len(names) > 15
