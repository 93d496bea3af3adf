"""The pages of docs/ that are made from the data are current."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SPEC = importlib.util.spec_from_file_location("make_docs", ROOT / "scripts" / "make_docs.py")
assert SPEC is not None
assert SPEC.loader is not None
make_docs = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(make_docs)


@pytest.mark.parametrize("name", list(make_docs.PAGES))
def test_page_is_current(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert page == make_docs.PAGES[name](), "run python scripts/make_docs.py"
