"""Texts: broken bytes, wrong extensions, and what makes a pattern or a stage work too long."""

from __future__ import annotations

import random

from cases import PROSE, Case

LENGTH = 3_000
"""Characters of a repeated text."""

# What reports are made of, each alone and without end: quadratic work over any of them shows.
_REPEATED = (
    "1", "一", "百", "其中", "其中受理1件，", "分别为", "（", "）", "（（1", "【", "《", "“",
    "，", "、", "。", "1,", "1.", "1、", "1至", "1-", "-1", "1：", "1%", "1万", "1件，", "1件\n",
    "一、", "（一）", "一、甲\n", "（一）甲\n", "1.甲\n", "一万", "一至", "分之一", "一成", "　",
    " ", "\t", "\n\n", "—", "|", "1 |\n", "| 1 |\n", "x\t1\n", "同比增长1%，", "占1%，", "2020年",
    "1月", "1月至", "1-12月", "今年", "比上年", "截至", "市", "甲市", "目录\n", "表1\n", "图1",
    "单位：", "索引号：", "来源：", "第一", "第1", "由1", "提高到1", "〔2020〕", "①", "🀄", "\u0301",
    "<", "&amp;", "http://", "年1", "=1", "每", "受理、", "受理和",
)  # fmt: skip


def _repeated() -> list[Case]:
    return [
        Case(f"repeated_{number:02d}.txt", (PROSE + piece * (LENGTH // len(piece))).encode())
        for number, piece in enumerate(_REPEATED)
    ]


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


def _nested(opening: str, closing: str, depth: int) -> bytes:
    return (opening * depth + "受理1件" + closing * depth).encode()


def cases() -> list[Case]:
    """Return the hostile texts."""
    prose = PROSE.encode()
    return [
        *_repeated(),
        Case("empty.txt", b"", "read/empty"),
        Case("empty.html", b"", "read/empty"),
        Case("empty.pdf", b"", "read/empty"),
        Case("empty.docx", b"", "read/empty"),
        Case("empty.doc", b"", "read/empty"),
        Case("blanks.txt", b" \r\n\t" * 1000, "read/empty"),
        Case("one_byte.txt", b"1"),
        Case("one_high_byte.txt", b"\xff", "read/encoding"),
        Case("only_nul.txt", b"\x00" * 5000, "read/empty"),
        Case("some_nul.txt", prose * 30 + b"\x00"),
        Case(
            "every_second_nul.txt",
            b"\x00".join(prose[at : at + 1] for at in range(len(prose))),
            "read/encoding",
        ),
        Case("random.txt", _noise(20_000), "read/encoding"),
        Case("random.html", _noise(20_000), "read/encoding"),
        Case("random.bin", _noise(20_000), "read/encoding"),
        Case("random_no_extension", _noise(20_000), "read/encoding"),
        Case("picture.txt", b"\x89PNG\r\n\x1a\n" + _noise(500), "read/unknown-format"),
        Case("picture.pdf", b"\xff\xd8\xff\xe0" + _noise(500), "read/damaged"),
        Case("archive.txt", b"PK\x03\x04" + _noise(500), "read/unknown-format"),
        Case("text_as_pdf.pdf", prose, "read/damaged"),
        Case("text_as_docx.docx", prose, "read/damaged"),
        Case("text_as_doc.doc", prose),
        Case("text_as_html.html", prose),
        Case("two_encodings.txt", prose * 20 + (PROSE * 3).encode("gb18030"), "read/encoding"),
        Case("utf8_cut_in_a_character.txt", (PROSE * 20).encode()[:-2]),
        Case("lone_surrogates.txt", prose * 20 + "\ud800\udfff".encode("utf-8", "surrogatepass")),
        Case("utf16_odd_length.txt", PROSE.encode("utf-16") + b"\x00"),
        Case("utf16_lone_surrogate.txt", b"\xff\xfe" + PROSE.encode("utf-16-le") + b"\x00\xd8"),
        Case("utf32.txt", PROSE.encode("utf-32")),
        Case("utf7.txt", (PROSE * 2).encode("utf-7")),
        Case("marks_only.txt", "\ufeff\ufeff\ufeff".encode()),
        Case("right_to_left.txt", ("\u202e" + PROSE + "\u2066" * 1000).encode()),
        Case("combining.txt", ("受理1" + "\u0300" * 20_000 + "件。").encode()),
        Case("zero_width.txt", "\u200b".join(PROSE * 20).encode()),
        Case("controls.txt", prose * 50 + bytes(range(1, 9))),
        Case("carriage_returns.txt", prose + b"\r" * 20_000),
        Case("nested_brackets.txt", _nested("（", "）", 20_000)),
        Case("nested_quotes.txt", _nested("“", "”", 20_000)),
        Case("nested_titles.txt", _nested("《", "》", 20_000)),
        Case("huge_number.txt", ("投入" + "9" * 1000 + "亿元。").encode()),
        Case("huge_exponent.txt", "投入1e999999999元，占1E+99999999%。".encode()),
        Case("huge_fraction.txt", ("占1." + "0" * 5000 + "1%。").encode()),
        Case("huge_share.txt", f"占三分之{'9' * 39}，占{'9' * 39}分之一。".encode()),
        Case("huge_grouped.txt", ("投入1" + ",000" * 3000 + "元。").encode()),
        Case("division_by_zero.txt", "占1/0，一百分之0，零分之一，0分之0。".encode()),
        Case("absurd_dates.txt", "9999年99月99日受理1件，0000年0月0日2件，1至0月3件。".encode()),
        Case("other_digits.txt", "受理١٢件，审结१२件，办结𝟏𝟐件，退回²件，共⑫件，计㉈件。".encode()),
        Case(
            "formulas.txt", "=HYPERLINK(1)受理1件，@SUM审结2件，\n+受理3件，\t-办结4件。".encode()
        ),
        Case("markup.txt", "<script>alert(1)</script>受理1件。<img src=x onerror=1>".encode()),
        Case("sql.txt", "受理1件'); DROP TABLE facts;--审结2件。".encode()),
        Case("template.txt", "{{7*7}}受理1件。{% raw %}${x}审结2件{0}%s".encode()),
        Case("one_line.txt", ("全年受理行政复议申请247件，审结217件，" * 500).encode()),
        Case("one_sentence_of_numbers.txt", ("、".join(map(str, range(1000))) + "件。").encode()),
        Case("many_lines.txt", b"\n" * 50_000 + prose),
        Case("wide_row.txt", ("指标" + "|1" * 10_000 + "\n" + "甲" + "|2" * 10_000).encode()),
    ]


def large_cases() -> list[Case]:
    """Return texts of 1 to 50 MB."""
    return [
        Case("one_character_50_MB.txt", b"a" * 50_000_000),
        Case("one_ideograph_10_MB.txt", ("中" * 3_300_000).encode()),
        Case("a_million_digits.txt", b"1" * 1_000_000),
        Case("a_million_ordinals.txt", ("一" * 1_000_000).encode()),
        Case("a_million_其中.txt", ("其中" * 1_000_000).encode()),
        Case("a_million_brackets.txt", ("（" * 1_000_000).encode()),
        Case(
            "one_line_10_MB.txt",
            ("全省各级各部门认真贯彻落实法治政府建设要求。" * 160_000).encode(),
        ),
        Case("too_large.txt", b"a" * 100_000_001, "run/too-large"),
    ]
