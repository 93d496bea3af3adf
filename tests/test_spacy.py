"""The spaCy component: exact spans with any tokenizer, the same facts, data that trains."""

from __future__ import annotations

import random
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from typer.testing import CliRunner

from govextract import read
from govextract.cli import app
from govextract.evaluation.gold import find_gold_files, load_gold
from govextract.model import Metadata, Report
from govextract.pipeline import extract
from govextract.readers.text import report_from_text
from govextract.spacy import render, split_tokens, to_docbin

ROOT = Path(__file__).parent.parent
TEXT = """某市2023年工作总结

一、经济
全年放养5555万贝壳紫菜苗，一般公共预算收入42.43亿元，比上年增长5.3%。
𠮷镇受理申请247件，办结率98.5 %。
二、社会
开展活动39次共157件事项。
"""
SMALL = ["zh", "zh-jieba", "en", "xx"]


def blank(name: str) -> Language:
    if name == "zh-jieba":
        nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    else:
        nlp = spacy.blank(name)
    nlp.add_pipe("govextract")
    return nlp


@pytest.mark.parametrize("name", SMALL)
def test_spans_are_exact_whatever_the_tokens_are(name: str) -> None:
    doc = blank(name)(TEXT)
    facts = extract(report_from_text(TEXT)).facts
    assert doc.text == TEXT
    assert doc._.facts == facts
    assert [
        (span.start_char, span.end_char, span.text, span.label_, span.id_)
        for span in doc.spans["quantities"]
    ] == [(fact.start, fact.end, fact.text, fact.kind, fact.fact_id) for fact in facts]
    assert "5555万" in [span.text for span in doc.spans["quantities"]]
    assert [span.text.split("\n")[0] for span in doc.spans["sections"]] == ["一、经济", "二、社会"]
    assert [span.id_ for span in doc.spans["sections"]] == ["一", "二"]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="全年收入受理万亿元件人12３,.%一二、（）\n \u3000𠮷ab", max_size=60))
def test_no_span_is_lost_or_moved(text: str) -> None:
    facts = extract(report_from_text(text)).facts
    for name in ("zh", "en"):
        doc = PIPELINES.setdefault(name, blank(name))(text)
        assert doc.text == text
        spans = doc.spans["quantities"]
        assert [(s.start_char, s.end_char) for s in spans] == [(f.start, f.end) for f in facts]


PIPELINES: dict[str, Language] = {}


def test_splitting_keeps_the_text() -> None:
    nlp = spacy.blank("en")
    doc = Doc(nlp.vocab, ["we", "count247cases", "now"])
    split_tokens(doc, [8, 11, 3, 0, 99])
    assert [token.text for token in doc] == ["we", "count", "247", "cases", "now"]
    assert doc.text == "we count247cases now "


def test_a_pipe_over_processes_gives_the_same() -> None:
    nlp = blank("zh")
    texts = [TEXT, "全年受理行政复议申请12件。", ""]
    alone = [nlp(text) for text in texts]
    piped = list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [doc._.facts for doc in piped] == [doc._.facts for doc in alone]
    assert [list(map(str, doc.spans["quantities"])) for doc in piped] == [
        list(map(str, doc.spans["quantities"])) for doc in alone
    ]
    assert len(piped[0]._.facts) > 4


def test_facts_survive_the_disk(tmp_path: Path) -> None:
    nlp = blank("zh")
    doc = nlp(TEXT)
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / "docs.spacy")
    (loaded,) = DocBin().from_disk(tmp_path / "docs.spacy").get_docs(nlp.vocab)
    assert loaded._.facts == doc._.facts
    nlp.to_disk(tmp_path / "model")
    assert spacy.load(tmp_path / "model")(TEXT)._.facts == doc._.facts


def test_the_same_facts_as_from_the_file() -> None:
    path = next((ROOT / "corpus").rglob("*.txt"))
    nlp = blank("zh")
    doc = nlp.make_doc(path.read_text(encoding="utf-8"))
    doc._.document = path.name
    assert nlp(doc)._.facts == extract(read(path)).facts


def test_the_component_is_an_entry_point() -> None:
    found = [entry for entry in entry_points(group="spacy_factories") if entry.name == "govextract"]
    if not found:
        pytest.skip("the package is not installed, so it has no entry points")
    assert found[0].load() is not None


def test_gold_becomes_training_data_without_loss() -> None:
    nlp = spacy.blank("zh")
    docs = list(to_docbin(ROOT / "gold").get_docs(nlp.vocab))
    labelled = [
        (mention.text, mention.kind)
        for path in find_gold_files(ROOT / "gold")
        for mention in load_gold(path).mentions
        if not mention.optional
    ]
    found = [(span.text, span.label_) for doc in docs for span in doc.spans["quantities"]]
    assert sorted(found) == sorted(labelled)
    assert sum(len(doc.ents) for doc in docs) == len(labelled)


def test_a_recognizer_learns_from_the_gold() -> None:
    """A small model learns short paragraphs in some steps: the labels fit the text."""
    nlp = spacy.blank("zh")
    docs = [doc for doc in to_docbin(ROOT / "gold").get_docs(nlp.vocab) if doc.ents]
    short = [doc for doc in docs if len(doc) < 70]
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in short]
    assert len(examples) > 20
    assert not any(None in example.get_aligned_ner() for example in examples)
    nlp.add_pipe("ner", config=TINY)
    spacy.util.fix_random_seed(7)
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.004
    shuffled = random.Random(7)
    for _ in range(24):
        shuffled.shuffle(examples)
        for batch in spacy.util.minibatch(examples, size=4):
            nlp.update(batch, sgd=optimizer)
    assert nlp.evaluate(examples)["ents_f"] > 0.5


TINY = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 32,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 48,
            "depth": 2,
            "embed_size": 1000,
            "window_size": 2,
            "maxout_pieces": 2,
            "subword_features": False,
        },
    }
}


def test_the_commands_write_what_the_functions_return(tmp_path: Path) -> None:
    report, page, docs = (tmp_path / name for name in ("a.txt", "page.html", "train.spacy"))
    report.write_text(TEXT, encoding="utf-8")
    assert CliRunner().invoke(app, ["show", str(report), "--html", str(page)]).exit_code == 0
    assert page.read_text(encoding="utf-8") == render(extract(read(report)))
    gold = str(next((ROOT / "gold").rglob("*.jsonl")))
    assert CliRunner().invoke(app, ["gold", "docbin", gold, str(docs)]).exit_code == 0
    assert len(DocBin().from_disk(docs)) == len(to_docbin(Path(gold))) > 0


def test_a_displacy_page_shows_and_runs_nothing() -> None:
    text = "<script>alert(1)</script>全年受理申请247件，办结217件。\n"
    title = Metadata(title="<script>alert(2)</script><img src=x onerror=alert(3)>总结")
    page = render(extract(Report("a.txt", text, title)))
    assert "<script" not in page
    assert "<img" not in page
    assert "247件" in page and page.count("COUNT") == 2
    assert '<html lang="zh">' in page
