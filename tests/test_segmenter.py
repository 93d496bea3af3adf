"""jieba and rjieba behind one adapter: the same words, the same facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govextract
from govextract.segmenter import load_segmenter
from govextract.stages.indicators import link
from govextract.stages.indicators.mend import load_mended

pytest.importorskip("rjieba")
ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT.parent / "shared" / "real" / "pages"
OWN = sorted(path for path in (ROOT / "corpus").rglob("*.txt"))
REPORTS = [*OWN, *sorted(PAGES.glob("*"))]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_both_segmenters_give_the_same_facts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = govextract.read(path)
    fast = govextract.extract(report).facts
    monkeypatch.setattr(link, "load_mended", lambda lexicon: load_mended(lexicon, "jieba"))
    assert govextract.extract(report).facts == fast


@settings(deadline=None)
@given(st.text("全年共受理行政复议申请247件，同比增长1.5% \n", max_size=40))
def test_words_joined_are_the_text(text: str) -> None:
    for engine in ("jieba", "rjieba"):
        assert "".join(load_segmenter(engine)(text)) == text
