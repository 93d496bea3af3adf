"""Pages: tags without end, entities, tables that claim to be vast, what a script would hide."""

from __future__ import annotations

from cases import PROSE, Case

_ARTICLE = f"<p>{PROSE}</p>" * 3


def _page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def _entities() -> str:
    """The ten entities of the billion laughs, in an internal subset."""
    lines = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE html [<!ENTITY l0 "笑">{lines}]>'


def _mhtml() -> bytes:
    body = f"<html><body>{_ARTICLE}</body></html>"
    boundary = "--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 200
    return f"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{boundary}{body}".encode()


def cases() -> list[Case]:
    """Return the hostile pages."""
    deep = 10_000
    rows = "<tr><td>甲</td><td>1</td></tr>"
    return [
        Case("no_article.html", _page("<script>load()</script>"), "read/no-text"),
        Case(
            "only_script.html",
            _page("<script>" + "var a=1;" * 20_000 + "</script>"),
            "read/no-text",
        ),
        # Words of buttons without end, and then none: no pattern may try all ways to part them.
        Case("many_buttons.html", _page(f"<p>{'分享' * 38}甲</p>{_ARTICLE}")),
        Case("only_tags.html", _page("<p></p>" * 20_000), "read/no-text"),
        Case("deep_div.html", _page("<div>" * deep + PROSE + "</div>" * deep)),
        Case("deep_span.html", _page("<span>" * deep + PROSE + "</span>" * deep)),
        Case("deep_list.html", _page("<ul><li>" * deep + PROSE)),
        Case("deep_table.html", _page("<table><tr><td>" * 3_000 + PROSE * 3)),
        Case("deep_unknown.html", _page("<x>" * deep + PROSE * 3)),
        Case("deep_form.html", _page("<form>" * deep + PROSE * 3)),
        Case("never_closed.html", _page("<p><b><i><font>" * 10_000 + PROSE)),
        Case("only_openings.html", b"<html>" + b"<" * 100_000 + PROSE.encode() * 3),
        Case("endless_tag.html", b"<html><p " + b"a" * 200_000 + b">" + PROSE.encode() * 3),
        Case("endless_attribute.html", _page(f'<p title="{"x" * 200_000}">{_ARTICLE}')),
        Case(
            "many_attributes.html",
            _page(f"<p {' '.join(f'a{n}=1' for n in range(5_000))}>{_ARTICLE}"),
        ),
        Case(
            "endless_comment.html", b"<html><body>" + _ARTICLE.encode() + b"<!--" + b"-" * 100_000
        ),
        Case("many_comments.html", _page("<!-- -->" * 20_000 + _ARTICLE)),
        Case(
            "endless_doctype.html", b"<!DOCTYPE html " + b"x" * 100_000 + b">" + _ARTICLE.encode()
        ),
        Case(
            "billion_laughs.html",
            (_entities() + f"<html><body>&l9;{_ARTICLE}</body></html>").encode(),
        ),
        Case(
            "external_entity.html",
            (
                '<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
                f"<html><body>&f;{_ARTICLE}</body></html>"
            ).encode(),
        ),
        Case("many_entities.html", _page("&#49;" * 20_000 + _ARTICLE)),
        Case(
            "absurd_entities.html", _page("&#0;&#xD800;&#x110000;&#99999999999;" * 500 + _ARTICLE)
        ),
        Case(
            "vast_rowspan.html",
            _page(
                f'<table><tr><td rowspan="999999999" colspan="999999999">甲</td><td>1</td></tr>{rows}'
                f"</table>{_ARTICLE}"
            ),
        ),
        Case(
            "odd_spans.html",
            _page(
                f'<table><tr><td rowspan="-1" colspan="x">甲</td><td colspan="²">1</td></tr>{rows}'
                f"</table>{_ARTICLE}"
            ),
        ),
        Case(
            "many_spans.html",
            _page(
                "<table>"
                + '<tr><td rowspan="1000" colspan="1000">1</td><td>2</td></tr>' * 60
                + f"</table>{_ARTICLE}"
            ),
        ),
        Case("many_rows.html", _page(f"<table>{rows * 500}</table>{_ARTICLE}")),
        Case(
            "many_cells.html",
            _page(f"<table><tr>{'<td>1</td>' * 1_000}</tr>{rows}</table>{_ARTICLE}"),
        ),
        Case("many_tables.html", _page(f"<table>{rows * 2}</table>" * 200 + _ARTICLE)),
        Case("many_breaks.html", _page("<br>" * 20_000 + _ARTICLE)),
        Case("many_links.html", _page('<a href="x">新闻动态</a>' * 10_000 + _ARTICLE)),
        Case("many_titles.html", _page("<h1>工作报告</h1>" * 2_000 + _ARTICLE)),
        Case(
            "many_metas.html", _page(_ARTICLE, '<meta name="ArticleTitle" content="报告">' * 10_000)
        ),
        Case("long_title.html", _page(_ARTICLE, f"<title>{'_-| ' * 30_000}</title>")),
        Case("all_hidden.html", _page(f'<div style="display:none">{_ARTICLE}</div>')),
        Case("many_hidden.html", _page('<p style="display:none">甲</p>' * 5_000 + _ARTICLE)),
        Case("endless_style.html", _page(f'<p style="{"display : " * 20_000}none">{_ARTICLE}')),
        Case("lying_charset.html", _page(_ARTICLE, '<meta charset="utf-16">')),
        Case("unknown_charset.html", _page(_ARTICLE, '<meta charset="x-no-such">')),
        Case("nul_in_tags.html", _page(_ARTICLE).replace(b"<p>", b"<p\x00>")),
        Case(
            "markup_in_text.html", _page("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" + _ARTICLE)
        ),
        Case(
            "frames.html",
            b"<html><frameset><frame src='file:///etc/passwd'></frameset></html>",
            "read/no-text",
        ),
        Case("only_sup.html", _page("受理1" + "<sup>2</sup>" * 20_000 + _ARTICLE)),
        Case(
            "broken.mhtml",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + _ARTICLE.encode(),
        ),
        Case("nested.mhtml", _mhtml()),
    ]
