"""Round trips: what goes to a tool comes back as it was, every field, beyond the BMP too."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold_samples import ROW, TEXT, gold_mention, write_sample
from govextract.errors import GoldError, UsageError
from govextract.evaluation.gold import GoldMention, load_gold_folder
from govextract.evaluation.lint import lint_folder
from govextract.labelling.brat import read_brat
from govextract.labelling.doccano import read_doccano
from govextract.labelling.label_studio import read_label_studio
from govextract.labelling.notes import format_note, parse_note
from govextract.labelling.offsets import Offsets, resolve_span
from govextract.labelling.task import LabelTask, name_reports, task_from_gold, write_tasks
from govextract.labelling.tools import TOOLS, read_tasks
from govextract.model import COMPARATORS, KINDS, Span

EXPORTED = {"doccano": "doccano.jsonl", "label-studio": "label-studio.json", "brat": ""}
OWN_GOLD = Path(__file__).parents[1] / "gold"
WIDE = "😀𬭩"

# What may stand in a field: no line ends (a wording is one line), no blanks around it.
WORDS = st.text("甲乙的、；;|=\\\"'<&>#: " + WIDE, min_size=1, max_size=8).filter(
    lambda words: words == words.strip()
)


@st.composite
def label_tasks(draw):
    """A text and mentions in it that do not overlap, with every field."""
    text = draw(st.text("全年件12,. \n" + WIDE, min_size=4, max_size=30))
    borders = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
    spans = [
        (start, end)
        for start, end in zip(borders[::2], borders[1::2], strict=False)
        if text[start:end] == text[start:end].strip()
    ]
    labelled = draw(st.sampled_from(["blind", "corrected"]))
    mentions = []
    for start, end in spans:
        others = [other for other, _ in spans if other != start]
        part_of = draw(st.none() | st.sampled_from(others)) if others else None
        mentions.append(
            GoldMention(
                start=start,
                end=end,
                text=text[start:end],
                value=draw(VALUES),
                value_max=draw(st.none() | VALUES),
                unit=draw(st.just("") | WORDS),
                comparator=draw(st.sampled_from(COMPARATORS)),
                indicators=tuple(draw(st.lists(WORDS, min_size=1, max_size=3))),
                kind=draw(st.sampled_from(KINDS)),
                period=draw(st.sampled_from(["", "2020", "/2020-12"])),
                status=draw(st.sampled_from(["actual", "target", "prior"])),
                part_of=part_of,
                optional=draw(st.booleans()),
                labelled=labelled,
            )
        )
    return LabelTask("市/年报", text, tuple(mentions), labelled)


VALUES = st.decimals(-(10**9), 10**9, places=2)


@pytest.mark.parametrize("tool", sorted(TOOLS))
@given(task=label_tasks())
def test_every_field_survives_the_round_trip(tool, task, tmp_path_factory):
    folder = tmp_path_factory.mktemp(tool)
    TOOLS[tool].write([task], folder)
    assert TOOLS[tool].read(folder / EXPORTED[tool]) == [task]


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_the_projects_own_gold_survives_the_round_trip(tool, tmp_path):
    tasks = [task_from_gold(gold.name, gold) for gold in load_gold_folder(OWN_GOLD)]
    assert sum(len(task.mentions) for task in tasks) > 500
    TOOLS[tool].write(tasks, tmp_path)
    assert sorted(TOOLS[tool].read(tmp_path / EXPORTED[tool])) == sorted(tasks)


def test_every_tool_is_tested():
    assert EXPORTED.keys() == TOOLS.keys()


WIDE_TEXT = "😀😀办结12件"
WIDE_TASK = LabelTask(
    "a",
    WIDE_TEXT,
    (gold_mention(4, 7, text="12件", value=Decimal(12), indicators=("办结",)),),
    "blind",
)


def test_doccano_counts_utf16_units(tmp_path):
    TOOLS["doccano"].write([WIDE_TASK], tmp_path)
    row = json.loads((tmp_path / "doccano.jsonl").read_text(encoding="utf-8"))
    (entity,) = row["entities"]
    units = WIDE_TEXT.encode("utf-16-le")
    span = units[2 * entity["start_offset"] : 2 * entity["end_offset"]]
    assert span.decode("utf-16-le") == "12件"


def test_label_studio_counts_code_points_and_older_versions_are_understood(tmp_path):
    TOOLS["label-studio"].write([WIDE_TASK], tmp_path)
    path = tmp_path / "label-studio.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    for item in rows[0]["predictions"][0]["result"]:
        assert (item["value"]["start"], item["value"]["end"]) == (4, 7)
        item["value"]["start"], item["value"]["end"] = 6, 9
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert read_label_studio(path) == [WIDE_TASK]


def test_an_annotation_goes_before_the_prediction(tmp_path):
    TOOLS["label-studio"].write([WIDE_TASK], tmp_path)
    path = tmp_path / "label-studio.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    rows[0]["annotations"] = [{"result": []}]
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert read_label_studio(path) == [WIDE_TASK._replace(mentions=())]


@pytest.mark.parametrize(
    ("span", "quote", "counting", "expected"),
    [
        ((4, 7), "12件", "code-points", (4, 7)),
        ((6, 9), "12件", "utf-16", (4, 7)),
        ((6, 9), "12件", "code-points", (4, 7)),
        ((4, 7), "12件", "utf-16", (4, 7)),
        ((4, 7), "13件", "utf-16", None),
    ],
)
def test_the_quoted_text_decides_the_counting(span, quote, counting, expected):
    found = resolve_span(WIDE_TEXT, Span(*span), quote, counting)
    assert found == (expected and Span(*expected))


@given(st.text("甲a" + WIDE, max_size=20), st.data())
def test_utf16_offsets(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets = Offsets(text, "utf-16")
    tool = offsets.to_tool(Span(start, end))
    units = text.encode("utf-16-le")
    assert units[2 * tool.start : 2 * tool.end].decode("utf-16-le") == text[start:end]
    assert offsets.from_tool(tool) == (start, end)


NOTE_FIELDS = st.dictionaries(
    st.sampled_from(["value", "unit", "indicator"]), st.lists(WORDS, min_size=1)
)


@given(NOTE_FIELDS)
def test_a_note_says_what_it_was_made_from(fields):
    assert parse_note(format_note(fields)) == fields


def doccano_row(tmp_path, **changes):
    row = {
        "id": 9,
        "text": TEXT,
        "entities": [{"id": 71, "label": "count", "start_offset": 6, "end_offset": 10}],
        "relations": [],
        "name": "a",
        "labelled": "blind",
        "notes": {},
        "Comments": ["247件: value=247; unit=件; indicator=收到申请"],
    }
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps(row | changes, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_doccano_comments_fill_and_correct_labels(tmp_path):
    (task,) = read_doccano(doccano_row(tmp_path))
    assert task.mentions == (gold_mention(),)
    notes = {"5-10": "value=1; unit=个; indicator=甲; period=2020"}
    (task,) = read_doccano(doccano_row(tmp_path, notes=notes))
    assert task.mentions == (gold_mention(period="2020"),)


def test_a_comment_says_which_of_the_same_words_it_means(tmp_path):
    text = "收到5件，办结5件。"
    entities = [
        {"id": 1, "label": "count", "start_offset": 7, "end_offset": 9},
        {"id": 2, "label": "count", "start_offset": 2, "end_offset": 4},
    ]
    comments = [
        "5件 #2：value=5; indicator=办结",
        "5件: value=5; indicator=收到",
        "5件#3: indicator=别的",
        "好: 再看一遍",
        "没有冒号",
    ]
    row = doccano_row(tmp_path, text=text, entities=entities, Comments=comments)
    (task,) = read_doccano(row)
    assert [(m.start, m.indicators) for m in task.mentions] == [(2, ("收到",)), (7, ("办结",))]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"Comments": []}, "no indicator"),
        ({"Comments": ["247件: indicator=甲"]}, "no value"),
        ({"Comments": ["247件: indicator=甲; value=多"]}, "247件"),
        ({"Comments": ["247件: indicator=甲; value=1; status=soon"]}, "unknown 'soon'"),
        ({"entities": [{"id": 1, "label": "数", "start_offset": 6, "end_offset": 10}]}, "unknown"),
        ({"entities": [{"id": 1}]}, "no document"),
        ({"text": None}, "no document"),
    ],
)
def test_labels_that_are_not_complete_are_named(tmp_path, changes, message):
    with pytest.raises(GoldError, match=message):
        read_doccano(doccano_row(tmp_path, **changes))


@pytest.mark.parametrize("content", ["{", "[1]", '[{"data": {}}]', '{"a": 1}'])
def test_what_label_studio_did_not_export_is_refused(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError):
        read_label_studio(path)


@pytest.mark.parametrize("line", ["T1\tcount 6 10\t999件", "T1", "T1\tcount x y\t247件"])
def test_a_broken_brat_file_is_refused(tmp_path, line):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.ann").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.ann"):
        read_brat(tmp_path)


def test_brat_without_a_word_on_how_it_was_made_counts_as_corrected(tmp_path):
    TOOLS["brat"].write([WIDE_TASK], tmp_path)
    assert read_brat(tmp_path)[0].labelled == "blind"
    (tmp_path / "labelled.json").unlink()
    assert read_brat(tmp_path)[0].labelled == "corrected"


def test_gold_comes_back_as_gold(tmp_path):
    part = {**ROW, "start": 17, "end": 20, "text": "85件", "value": 85, "part_of": 6}
    write_sample(tmp_path / "gold", rows=[ROW, part | {"labelled": "corrected"}])
    (gold,) = load_gold_folder(tmp_path / "gold")
    task = task_from_gold("a", gold)
    assert task.labelled == "corrected"
    TOOLS["doccano"].write([task], tmp_path)
    write_tasks(read_doccano(tmp_path / "doccano.jsonl"), tmp_path / "back")
    (back,) = load_gold_folder(tmp_path / "back")
    assert lint_folder(tmp_path / "back", {"件"}) == []
    assert back.text == TEXT
    assert {mention.labelled for mention in back.mentions} == {"corrected"}
    assert [mention._replace(labelled="blind") for mention in back.mentions] == [
        mention._replace(labelled="blind") for mention in gold.mentions
    ]


@pytest.mark.parametrize("name", ["../a", "/a", "x/../../a"])
def test_a_name_never_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(GoldError, match="no name"):
        write_tasks([WIDE_TASK._replace(name=name)], tmp_path / "gold")
    assert list(Path(tmp_path).iterdir()) == []


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["x/a.txt"], ["a"]),
        (["x/a.txt", "x/b.html"], ["a", "b"]),
        (["x/2020/a.txt", "x/2021/a.gold.jsonl"], ["2020/a", "2021/a"]),
        (["x/v1.2.txt"], ["v1.2"]),
    ],
)
def test_reports_are_named_by_their_place(paths, names):
    assert name_reports([Path(path) for path in paths]) == names


def test_two_reports_of_one_name_are_refused():
    with pytest.raises(UsageError, match="another report"):
        name_reports([Path("a.txt"), Path("a.html")])


@pytest.mark.parametrize(("tool", "content"), [("doccano", ""), ("label-studio", "[]")])
def test_an_empty_export_is_a_wrong_argument(tmp_path, tool, content):
    path = tmp_path / "x"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="no labelled document"):
        read_tasks(tool, path)
    with pytest.raises(UsageError, match="no labelled document"):
        read_tasks("brat", tmp_path)
