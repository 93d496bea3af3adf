"""A font with Chinese characters, without which charts show empty boxes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from govextract.errors import GovextractError
from govextract.lexicon.comparison import Font

_SUFFIXES = frozenset({".ttf", ".ttc", ".otf", ".otc"})


class FoundFont(NamedTuple):
    """A font's family and the folder of its file."""

    family: str
    folder: Path


class MissingFontError(GovextractError):
    """No font with Chinese characters is installed."""


def find_font(fonts: Sequence[Font], folders: Sequence[Path] | None = None) -> FoundFont:
    """Return the first of ``fonts`` that stands in ``folders`` (the system's, if none are given).

    Raises MissingFontError, which says what to install.
    """
    files = [
        path
        for folder in (font_folders() if folders is None else folders)
        for path in _font_files(folder)
    ]
    for font in fonts:
        for path in files:
            if path.name.startswith(font.files):
                return FoundFont(font.family, path.parent)
    raise MissingFontError(
        "no font with Chinese characters is installed",
        remedy="install Noto Sans CJK (Debian and Ubuntu: apt install fonts-noto-cjk) "
        "or put one into a folder named by GOVEXTRACT_FONTS",
    )


def font_folders() -> Iterator[Path]:
    """Yield the folders in which this system keeps fonts, the user's own first."""
    if named := os.environ.get("GOVEXTRACT_FONTS"):
        yield Path(named)
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    else:
        yield from (home / ".local/share/fonts", home / ".fonts")
        yield from (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
    # A package of Chinese fonts for plots, where it happens to be installed.
    spec = find_spec("zhplot")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent


def _font_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)
