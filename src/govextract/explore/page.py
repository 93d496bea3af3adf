"""The page itself: its skeleton, style and scripts, with the data of a run put in.

Nothing of a report becomes markup: data stands in JSON blocks whose ``<`` is escaped, and the
scripts set it as text. The page's own policy (CSP) allows its one style and its one script, by
their hashes, and no connection at all, so that even markup that slipped through would not run.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from govextract.explore.payload import RunData

SCRIPTS = (
    "words", "codes", "dom", "store", "filters", "csv", "rows", "table", "card", "text", "report",
    "reports", "chart", "compare", "problems", "app",
)  # fmt: skip
"""The scripts in ``assets``, in the order in which they build on each other."""


_HEAD_BYTES = 4096


def render_page(data: RunData, texts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the pieces of the page that holds everything."""
    head, tail = _skeleton("").split("<!--data-->")
    yield head
    yield _json_block("data", data._asdict())
    for number, text in enumerate(texts):
        yield _json_block(f"text-{number}", text)
    yield tail


def render_shell() -> str:
    """Return the page whose data is in ``data.js`` and ``texts/`` beside it."""
    return _skeleton("file: 'self'").replace("<!--data-->", '<script src="data.js"></script>\n')


def is_page(path: Path) -> bool:
    """Tell whether ``path`` is such a page, which may be written anew."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return b"<title>govextract</title>" in file.read(_HEAD_BYTES)


def data_script(data: RunData) -> str:
    """Return ``data.js``: the data as a script, since a page from a disk may not fetch."""
    return f"window.govextractData = {_parsed(data._asdict())};\n"


def text_script(number: int, text: Mapping[str, Any]) -> str:
    """Return the script that hands over the text of one report."""
    return f"window.govextractText({number}, {_parsed(text)});\n"


def to_json(content: object) -> str:
    r"""Return JSON that may stand inside a script element.

    >>> print(to_json("</script>"))
    "\u003c/script>"
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # The two line separators end a line in older JavaScript, lone surrogates are no UTF-8.
    escaped = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return escaped.encode("utf-8", "backslashreplace").decode()


def _parsed(content: object) -> str:
    # Browsers parse a JSON text about twice as fast as the same thing as a script.
    return f"JSON.parse({to_json(to_json(content))})"


def _json_block(name: str, content: object) -> str:
    return f'<script type="application/json" id="{name}">{to_json(content)}</script>\n'


@cache
def _skeleton(more_scripts: str) -> str:
    """Return the page without data; ``more_scripts`` are further sources that its policy allows."""
    style = _asset("style.css")
    script = '"use strict";\n(() => {\n' + "\n".join(_asset(f"{n}.js") for n in SCRIPTS) + "})();\n"
    policy = (
        f"default-src 'none'; script-src {_hash(script)} {more_scripts}; "
        f"style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    parts = {"<!--policy-->": policy, "/*style*/": style, "/*script*/": script}
    text = _asset("page.html")
    for place, content in parts.items():
        text = text.replace(place, content)
    return text


def _asset(name: str) -> str:
    return (files("govextract.explore") / "assets" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
