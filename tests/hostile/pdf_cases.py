"""PDF files: structures that go round, lie about their sizes, or ask for a password."""

from __future__ import annotations

import zlib

from cases import PROSE, Case

from pdf_maker import SIDEWAYS, Picture, Stroke, Text, make_pdf, paragraph


def _pdf(*objects: bytes) -> bytes:
    """Return a PDF of numbered objects; the first is its catalogue."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + end % (len(objects) + 1, start)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _one_page(*rest: bytes, page: bytes = b"") -> bytes:
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + page + b" >>",
        *rest,
    )


def cases() -> list[Case]:
    """Return the hostile PDF files."""
    good = make_pdf([paragraph(760, PROSE.replace("\n", ""))])
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    bomb = zlib.compress(b" " * 60_000_000, 9)
    return [
        Case("cut.pdf", good[:600], "read/damaged"),
        Case("only_header.pdf", b"%PDF-1.7\n", "read/damaged"),
        Case("header_and_noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 50, "read/damaged"),
        Case("late_header.pdf", b"x" * 900 + good),
        Case("trailing_noise.pdf", good + b"\x00" * 5_000),
        Case(
            "no_pages.pdf", _pdf(catalogue, b"<< /Type /Pages /Kids [] /Count 0 >>"), "read/damaged"
        ),
        Case(
            "lying_count.pdf",
            _pdf(catalogue, b"<< /Type /Pages /Kids [ ] /Count 999999999 >>"),
            "read/damaged",
        ),
        Case(
            "negative_count.pdf",
            _pdf(catalogue, b"<< /Type /Pages /Kids [ ] /Count -5 >>"),
            "read/damaged",
        ),
        Case(
            "page_loop.pdf",
            _pdf(catalogue, b"<< /Type /Pages /Kids [ 2 0 R 2 0 R ] /Count 2 >>"),
            "read/damaged",
        ),
        Case("catalogue_loop.pdf", _pdf(b"1 0 R"), "read/damaged"),
        Case(
            "parent_loop.pdf",
            _pdf(
                catalogue,
                b"<< /Type /Pages /Parent 2 0 R /Kids [ 3 0 R ] /Count 1 >>",
                b"<< /Type /Page /Parent 3 0 R >>",
            ),
            "read/no-text",
        ),
        Case(
            "deep_pages.pdf",
            _pdf(
                catalogue,
                *(b"<< /Type /Pages /Kids [ %d 0 R ] /Count 1 >>" % (n + 3) for n in range(3_000)),
                b"<< /Type /Page >>",
            ),
            "read/damaged",
        ),
        Case(
            "stream_bomb.pdf",
            _one_page(_stream(b"/Filter /FlateDecode", bomb), page=b"/Contents 4 0 R"),
            "read/no-text",
        ),
        Case(
            "filter_chain.pdf",
            _one_page(
                _stream(b"/Filter [" + b" /FlateDecode" * 5_000 + b"]", b"x"),
                page=b"/Contents 4 0 R",
            ),
            "read/no-text",
        ),
        Case("lying_length.pdf", good.replace(b"/Length ", b"/Length 9999999")),
        Case("lying_offsets.pdf", good.replace(b"00000 n", b"65535 n")),
        Case(
            "no_xref.pdf",
            good.replace(b"startxref", b"stopxref"),
        ),
        Case(
            "encrypted.pdf",
            good.replace(
                b"/Root 1 0 R",
                b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 "
                b"/O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4 >> "
                b"/ID [<00><00>]",
            ),
            "read/encrypted",
        ),
        Case(
            "unknown_encryption.pdf",
            good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Nobody /V 99 >>"),
            "read/damaged",
        ),
        Case("scanned.pdf", make_pdf([[Picture()], [Picture()]]), "read/no-text"),
        Case("no_text.pdf", make_pdf([[]]), "read/no-text"),
        Case(
            "unnamed_characters.pdf",
            make_pdf([paragraph(760, "\ue001\ue002\ue003\ue004" * 20)]),
            "read/garbled",
        ),
        Case("vast_page.pdf", good.replace(b"[0 0 595 842]", b"[0 0 1e9 1e9]")),
        Case("odd_page.pdf", good.replace(b"[0 0 595 842]", b"[9 9 1 1]")),
        Case("no_size.pdf", good.replace(b"/MediaBox [0 0 595 842]", b"")),
        Case("sideways.pdf", make_pdf([paragraph(500, PROSE.replace("\n", ""))], SIDEWAYS)),
        Case(
            "far_text.pdf",
            make_pdf([[*paragraph(760, "受理申请12件，审结9件。"), Text(1e7, -1e7, "1")]]),
        ),
        Case("tiny_text.pdf", make_pdf([[Text(74, 700, "受理申请12件，审结申请9件。", 0.001)]])),
        Case("overprinted.pdf", make_pdf([[Text(74, 700, "受理申请12件，审结9件")] * 1_000])),
        Case("many_pages.pdf", make_pdf([[Text(74, 700, "受理申请12件，审结9件")]] * 300)),
        Case(
            "many_strokes.pdf",
            make_pdf(
                [
                    [
                        *paragraph(760, PROSE.replace("\n", "")),
                        *(Stroke(n % 500, 9, n % 500, 800) for n in range(3_000)),
                    ]
                ]
            ),
        ),
        Case(
            "dense_grid.pdf",
            make_pdf(
                [
                    [
                        *(Stroke(0, y, 590, y) for y in range(0, 800, 4)),
                        *(Stroke(x, 0, x, 800) for x in range(0, 590, 4)),
                        *paragraph(760, PROSE.replace("\n", "")),
                    ]
                ]
            ),
        ),
    ]


def endless_cases() -> list[Case]:
    """Return the files that keep the PDF library at work for ever."""
    return [
        Case(
            "form_loop.pdf",
            _one_page(
                _stream(b"", b"/X Do"),
                _stream(
                    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources "
                    b"<< /XObject << /X 5 0 R >> >>",
                    b"/X Do /X Do",
                ),
                page=b"/Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>",
            ),
            "run/timeout",
        ),
        Case(
            "form_bomb.pdf",
            _one_page(
                _stream(b"", b"/X Do"),
                *(
                    _stream(
                        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources "
                        b"<< /XObject << /X %d 0 R >> >>" % (n + 1),
                        b"/X Do " * 10,
                    )
                    for n in range(5, 14)
                ),
                _stream(b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 m 1 1 l S"),
                page=b"/Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>",
            ),
            "run/timeout",
        ),
    ]
