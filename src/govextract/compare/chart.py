"""A chart of a comparison: bars for one year, lines for several; its Chinese shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.compare.comparison import Comparison
from govextract.compare.fonts import FoundFont, find_font
from govextract.errors import MissingExtraError
from govextract.lexicon import Lexicon, default_lexicon
from govextract.lexicon.comparison import load_comparison
from govextract.writers.files import replacing

if TYPE_CHECKING:
    import altair as alt

_MOST_LINES = 12
_MOST_YEARS = 12
_KINDS_ZH = {"change": "增速", "ratio": "", "rank": "位次"}


def write_chart(
    path: Path, comparison: Comparison, form: str, lexicon: Lexicon | None = None
) -> Path:
    """Write the chart as ``png``, ``svg`` or ``html`` (which loads nothing) and return ``path``.

    Raises MissingExtraError without altair or vl-convert, and MissingFontError where no font with
    Chinese characters is found (an HTML page uses the reader's own).
    """
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError("vl-convert-python", "charts") from error
    if form == "html":
        chart = build_chart(comparison, "sans-serif")
        content = vl_convert.vegalite_to_html(chart.to_json(), bundle=True).encode()
    else:
        font = find_font(load_comparison(lexicon or default_lexicon()).fonts)
        content = _render(build_chart(comparison, font.family), form, font)
    with replacing(path) as part:
        part.write_bytes(content)
    return path


def _render(chart: alt.TopLevelMixin, form: str, font: FoundFont) -> bytes:
    import vl_convert

    vl_convert.register_font_directory(str(font.folder))
    if form == "svg":
        return str(vl_convert.vegalite_to_svg(chart.to_json())).encode()
    return bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=2))


def build_chart(comparison: Comparison, font: str) -> alt.TopLevelMixin:
    """Return the chart: ranked bars of one year, or lines of the highest areas.

    Lines where at least every third area (and two) has several years; else the bars are of the year
    that most areas state.

    Raises MissingExtraError without altair.
    """
    try:
        import altair as alt
    except ImportError as error:
        raise MissingExtraError("altair", "charts") from error
    scale, prefix = _scale(comparison)
    records: list[dict[str, Any]] = [
        {"area": f.key.area, "year": f.key.year, "value": float(f.value / scale)}
        for f in comparison.figures
    ]
    axis = f"{prefix}{comparison.unit}"
    many = _are_series(records)
    if not many:
        records = _of_main_year(records)
    years: list[int] = sorted({record["year"] for record in records})
    chart = _lines(alt, _highest(records), axis) if many else _bars(alt, records, axis)
    title = f"{comparison.concept.name}{_KINDS_ZH.get(comparison.kind, '')}"
    span = "—".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else ""
    named = chart.properties(title=f"{title}（{span}年）" if span else title, width=520)
    return named.configure(font=font)  # type: ignore[no-any-return]


def _are_series(records: list[dict[str, Any]]) -> bool:
    """Tell whether enough areas have several years to draw lines."""
    years: dict[str, set[int]] = defaultdict(set)
    for record in records:
        years[record["area"]].add(record["year"])
    several = sum(len(of_area) > 1 for of_area in years.values())
    return several >= (len(years) / 3 if len(years) > 2 else 1)


def _of_main_year(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the records of the year that most areas state, the latest of equals."""
    counts = Counter(record["year"] for record in records)
    main = max(counts, key=lambda year: (counts[year], year), default=None)
    return [record for record in records if record["year"] == main]


def _bars(alt: Any, records: list[dict[str, Any]], axis: str) -> Any:
    base = alt.Chart(alt.Data(values=records)).encode(
        x=alt.X("value:Q", title=axis),
        y=alt.Y("area:N", sort="-x", title=None),
    )
    labels = base.mark_text(align="left", dx=3).encode(text=alt.Text("value:Q", format=",.2~f"))
    return base.mark_bar() + labels


def _lines(alt: Any, records: list[dict[str, Any]], axis: str) -> Any:
    years = sorted({record["year"] for record in records})
    every = -(-len(years) // _MOST_YEARS)
    return (
        alt.Chart(alt.Data(values=records))
        .mark_line(point=True)
        .encode(
            x=alt.X(
                "year:Q",
                title="年度",
                scale=alt.Scale(zero=False),
                # Named, since a step of half a year would be written as a year a second time.
                axis=alt.Axis(format="d", values=years[::every]),
            ),
            y=alt.Y("value:Q", title=axis),
            color=alt.Color("area:N", title="地区", scale=alt.Scale(scheme="tableau20")),
        )
    )


def _highest(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the records of the areas with the highest values: more lines cannot be told apart."""
    best: dict[str, float] = defaultdict(lambda: float("-inf"))
    for record in records:
        best[record["area"]] = max(best[record["area"]], record["value"])
    kept = set(sorted(best, key=lambda area: -best[area])[:_MOST_LINES])
    return [record for record in records if record["area"] in kept]


def _scale(comparison: Comparison) -> tuple[Decimal, str]:
    """Return by what the values are divided on the axis, and its name."""
    highest = max((abs(figure.value) for figure in comparison.figures), default=Decimal(0))
    for scale, name in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if highest >= scale:
            return scale, name
    return Decimal(1), ""
