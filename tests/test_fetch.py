"""Fetching, against a server that misbehaves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("httpx", reason="the extra [fetch] is not installed")

import stamina
from typer import Typer
from typer.testing import CliRunner

from govextract.cli.fetch import fetch as fetch_command
from govextract.fetch import FetchSettings, Link, fetch, find_links, list_links
from govextract.fetch.client import Client, backoff
from govextract.fetch.guard import is_public, resolve
from govextract.fetch.manifest import NAME, Entry, Manifest
from govextract.fetch.names import free_name, safe_name
from govextract.fetch.settings import FetchError
from web import Web, page, serve

LOCAL = FetchSettings(pause=0.0, timeout=60.0, attempts=3, allow_private=True, max_bytes=1_000_000)


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Attempts are made (up to three), but not waited for."""
    stamina.set_testing(True, attempts=3, cap=True)
    yield
    stamina.set_testing(False)


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        yield running


def entries(folder: Path) -> list[Entry]:
    return list(Manifest(folder).entries.values())


def one(web: Web, path: str, folder: Path, settings: FetchSettings = LOCAL) -> Entry:
    fetch([Link(web.root + path)], folder, settings)
    (entry,) = entries(folder)
    return entry


def test_a_report_goes_into_a_folder_by_area_and_year_with_a_manifest(
    web: Web, tmp_path: Path
) -> None:
    entry = one(web, "/good", tmp_path)
    assert entry.file == "绍兴市/2023/2023年绍兴市法治政府建设年度报告.html"
    assert (tmp_path / entry.file).read_bytes() == page()
    assert (entry.status, entry.type, entry.bytes) == (200, "text/html", len(page()))
    assert re.fullmatch("[0-9a-f]{64}", entry.sha256)
    assert entry.time.endswith("+00:00")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/missing", "fetch/status"),
        ("/much-too-many", "fetch/status"),
        ("/loop", "fetch/redirects"),
        ("/chain", "fetch/redirects"),
        ("/to-file", "fetch/address"),
        ("/picture", "fetch/type"),
        ("/archive", "fetch/type"),
        ("/blank", "fetch/type"),
        ("/announced", "fetch/too-large"),
        ("/endless", "fetch/too-large"),
        ("/bomb", "fetch/too-large"),
        ("/broken", "fetch/broken"),
        ("/not-gzip", "fetch/broken"),
    ],
)
def test_what_is_no_report_is_an_entry_that_says_why(
    web: Web, tmp_path: Path, path: str, code: str
) -> None:
    entry = one(web, path, tmp_path)
    assert (entry.code, entry.file) == (code, "")
    assert entry.message
    assert not [p for p in tmp_path.rglob("*") if p.name != NAME]


@pytest.mark.parametrize("path", ["/slow-body", "/slow-head"])
def test_an_answer_that_drips_is_given_up(web: Web, tmp_path: Path, path: str) -> None:
    entry = one(web, path, tmp_path, LOCAL._replace(timeout=0.3, attempts=1))
    assert entry.code == "fetch/timeout"


def test_what_may_get_better_is_tried_again_and_what_may_not_is_not(
    web: Web, tmp_path: Path
) -> None:
    web.pages["/busy"] = page()
    web.fails_first["/busy"] = 2
    links = [Link(web.root + path) for path in ("/busy", "/too-many", "/missing", "/broken")]
    fetch(links, tmp_path, LOCAL)
    by_path = {entry.address.removeprefix(web.root): entry for entry in entries(tmp_path)}
    assert (by_path["/busy"].status, by_path["/too-many"].status) == (200, 200)
    asked = [web.asked[path] for path in ("/busy", "/too-many", "/missing", "/broken")]
    assert asked == [3, 2, 1, 3]


@pytest.mark.parametrize(
    ("wait", "expected"), [(7.0, 7.0), (-1.0, True), (301.0, False), (None, False)]
)
def test_the_host_says_how_long_to_wait(wait: float | None, expected: bool | float) -> None:
    error = FetchError("busy", code="fetch/status", wait=wait)
    assert backoff(error, longest_wait=300.0) == expected


def test_requests_to_one_host_are_paced_and_robots_may_ask_for_more(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govextract.fetch.client.time", SimpleNamespace(monotonic=lambda: 100.0))
    web.robots = b"User-agent: *\nCrawl-delay: 9\n"
    slept: list[float] = []
    client = Client(LOCAL._replace(pause=4.0), sleep=slept.append)
    client.get(f"{web.root}/good")
    client.get(f"{web.root}/good")
    client.close()
    assert slept == [4.0, 13.0]


def test_robots_are_kept_also_behind_a_redirect(web: Web, tmp_path: Path) -> None:
    web.robots = b"User-agent: *\nDisallow: /good\n"
    assert one(web, "/moved", tmp_path).code == "fetch/robots"
    assert (web.asked["/good"], web.asked["/robots.txt"]) == (0, 1)


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (503, False)])
def test_robots_that_cannot_be_had(web: Web, tmp_path: Path, status: int, allowed: bool) -> None:
    web.robots = status
    assert (one(web, "/good", tmp_path).code == "") is allowed


def test_a_redirect_is_followed_and_noted(web: Web, tmp_path: Path) -> None:
    entry = one(web, "/moved", tmp_path)
    assert (entry.final, entry.status) == (f"{web.root}/good", 200)


def test_a_private_address_is_refused(web: Web, tmp_path: Path) -> None:
    entry = one(web, "/good", tmp_path, LOCAL._replace(allow_private=False))
    assert entry.code == "fetch/private-address"
    assert not web.asked


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        address = {"public.test": "93.184.216.34", "inside.test": "10.1.2.3"}[host]
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr("socket.getaddrinfo", lookup)
    assert resolve("public.test", 80, allow_private=False) == ["93.184.216.34"]
    with pytest.raises(FetchError, match=re.escape("10.1.2.3")):
        resolve("inside.test", 80, allow_private=False)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1",
     "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["ftp://a.test/x", "https://", "http://[::1", "//a.test", "x"])
def test_other_addresses_are_refused(tmp_path: Path, address: str) -> None:
    fetch([Link(address)], tmp_path, LOCAL)
    assert [entry.code for entry in entries(tmp_path)] == ["fetch/address"]


def test_the_same_content_is_kept_once(web: Web, tmp_path: Path) -> None:
    web.pages["/again"] = page()
    summary = fetch([Link(f"{web.root}/good"), Link(f"{web.root}/again")], tmp_path, LOCAL)
    first, second = entries(tmp_path)
    assert (summary.fetched, summary.duplicates) == (1, 1)
    assert (second.duplicate, second.file) == (True, first.file)


def test_two_reports_of_one_title_have_two_names(web: Web, tmp_path: Path) -> None:
    web.pages["/other"] = page(count=13)
    fetch([Link(f"{web.root}/good"), Link(f"{web.root}/other")], tmp_path, LOCAL)
    assert len({entry.file for entry in entries(tmp_path)}) == 2


def test_a_second_run_asks_for_nothing_that_is_there(web: Web, tmp_path: Path) -> None:
    one(web, "/good", tmp_path)
    summary = fetch([Link(f"{web.root}/good")], tmp_path, LOCAL)
    assert (summary.unchanged, web.asked["/good"]) == (1, 1)


def test_a_run_that_was_interrupted_goes_on(web: Web, tmp_path: Path) -> None:
    one(web, "/good", tmp_path)
    with (tmp_path / NAME).open("a", encoding="utf-8") as file:
        file.write('{"address": "http://cut')
    web.pages["/other"] = page(count=13)
    summary = fetch([Link(f"{web.root}/good"), Link(f"{web.root}/other")], tmp_path, LOCAL)
    assert (summary.unchanged, summary.fetched) == (1, 1)
    assert len(entries(tmp_path)) == 2


def test_an_interrupt_ends_the_run_and_keeps_what_was_fetched(web: Web, tmp_path: Path) -> None:
    def interrupt(entry: Entry) -> None:
        raise KeyboardInterrupt

    web.pages["/other"] = page(count=13)
    links = [Link(f"{web.root}/good"), Link(f"{web.root}/other")]
    with pytest.raises(KeyboardInterrupt):
        fetch(links, tmp_path, LOCAL, progress=interrupt)
    assert len(entries(tmp_path)) == 1
    assert fetch(links, tmp_path, LOCAL)[:2] == (1, 1)


def test_a_file_that_was_deleted_is_fetched_again(web: Web, tmp_path: Path) -> None:
    (tmp_path / one(web, "/good", tmp_path).file).unlink()
    assert fetch([Link(f"{web.root}/good")], tmp_path, LOCAL).fetched == 1


def test_a_refresh_asks_whether_it_has_changed(web: Web, tmp_path: Path) -> None:
    before = one(web, "/tagged", tmp_path)
    summary = fetch([Link(f"{web.root}/tagged")], tmp_path, LOCAL._replace(refresh=True))
    (after,) = entries(tmp_path)
    assert (summary.unchanged, after.status, after.file) == (1, 304, before.file)
    assert web.headers[-1]["If-None-Match"] == '"v1"'


def test_all_answers_go_into_a_warc(web: Web, tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    archive = tmp_path / "all.warc.gz"
    fetch([Link(f"{web.root}/good")], tmp_path / "out", LOCAL, warc=archive)
    with archive.open("rb") as file:
        records = [
            (record.rec_headers["WARC-Target-URI"], record.content_stream().read())
            for record in ArchiveIterator(file)
        ]
    assert records == [(f"{web.root}/good", page())]


LIST = """<html><body><a href="/index.html">首页</a><ul>
<li><a href="a.html" title="2023年法治政府建设年度报告">2023年法治政府建…</a></li>
<li><a href="a.html#top">2023年法治政府建设年度报告</a></li>
<li><a href="/b.pdf">2022年 法治政府建设年度报告</a></li>
<li><a href="c.html">会议通知</a></li><li><a href="javascript:void(0)">法治政府建设年度报告</a></li>
</ul><a href="list_2.html">下一页</a></body></html>"""


def test_links_of_a_listing_are_found_by_their_titles() -> None:
    listing = find_links(LIST, "https://a.test/zw/list.html", re.compile("法治政府建设年度报告"))
    assert listing.links == (
        Link("https://a.test/zw/a.html", "2023年法治政府建设年度报告"),
        Link("https://a.test/b.pdf", "2022年 法治政府建设年度报告"),
    )
    assert listing.following == "https://a.test/zw/list_2.html"


def test_following_pages_are_read_as_many_as_wanted(web: Web) -> None:
    web.pages["/list.html"] = LIST.encode()
    web.pages["/list_2.html"] = LIST.replace("b.pdf", "d.pdf").replace("list_2", "list").encode()
    pattern = re.compile("年度报告")
    for pages, expected in ((1, 2), (2, 3), (9, 3)):
        assert len(list_links(f"{web.root}/list.html", pattern, LOCAL, pages=pages)) == expected


@pytest.mark.parametrize(
    "text", ["CON", "nul.txt", "a/b\\c:d", "..", " .a. ", "长" * 300, "a\x00b", "com1", "…", ""]
)
def test_names_are_safe_on_every_system(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= 200
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name == name.strip(" .")
    assert name.partition(".")[0].casefold() not in {"con", "nul", "com1"}


def test_names_differ_by_more_than_case() -> None:
    assert free_name("A", ".pdf", {"a.pdf", "a-2.pdf"}) == "A-3.pdf"


def run(*arguments: str) -> tuple[int, str]:
    app = Typer()
    app.command()(fetch_command)
    result = CliRunner().invoke(app, [*arguments, "--allow-private", "--pause", "0"])
    return result.exit_code, result.output


def test_the_command_reads_addresses_lists_and_listings(web: Web, tmp_path: Path) -> None:
    web.pages |= {f"/{name}": page(count=n) for n, name in enumerate("abc.html d e".split())}
    web.pages["/list.html"] = LIST.encode()
    web.pages |= {"/a.html": page(count=31), "/b.pdf": page(count=32)}
    plain = tmp_path / "list.txt"
    plain.write_text(f"# a list\n{web.root}/d\n", encoding="utf-8")
    table = tmp_path / "list.csv"
    table.write_text(f"title,address\n表格里的标题,{web.root}/e\n", encoding="utf-8")
    out = tmp_path / "out"
    code, output = run(
        f"{web.root}/good", str(plain), str(table), "--listing", f"{web.root}/list.html",
        "--title", "法治政府建设年度报告", "--out", str(out),
    )  # fmt: skip
    assert code == 0, output
    assert "5 fetched" in output
    titles = {json.loads(line)["title"] for line in (out / NAME).read_text().splitlines()}
    assert "表格里的标题" in titles


def test_the_command_fails_where_an_address_fails(web: Web, tmp_path: Path) -> None:
    code, output = run(f"{web.root}/missing", "--out", str(tmp_path))
    assert code == 1
    assert "fetch/status" in output
