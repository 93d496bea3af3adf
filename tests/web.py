"""A web server that misbehaves, each path in its own way; it counts what it was asked for."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = (
    "<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>"
    "<p>全年全市行政机关收到行政复议申请{count}件，受理{count}件。</p>"
    "<p>各级政府严格落实各项要求，持续推进依法行政，规范执法行为，提升服务水平。</p></body></html>"
)


def page(title: str = "2023年绍兴市法治政府建设年度报告", count: int = 12) -> bytes:
    return PAGE.format(title=title, count=count).encode()


class Web:
    """What the server answers and what it was asked: set before asking, read after."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []
        self.robots: bytes | int = b""
        self.pages: dict[str, bytes] = {}
        self.fails_first: dict[str, int] = {}
        """How often a path answers 503 before it answers well."""
        self.root = ""


class _Handler(BaseHTTPRequestHandler):
    web: Web
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        web = self.web
        web.asked[self.path] += 1
        web.headers.append(dict(self.headers))
        special = getattr(
            self, "_" + self.path.strip("/").partition("?")[0].replace("-", "_"), None
        )
        if self.path == "/robots.txt":
            self._robots()
        elif web.fails_first.get(self.path, 0) >= web.asked[self.path]:
            self._send(503, b"busy")
        elif self.path in web.pages:
            self._send(200, web.pages[self.path])
        elif special:
            special()
        else:
            self._send(404, b"none")

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _send(self, status: int, body: bytes, kind: str = "text/html", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _robots(self) -> None:
        if isinstance(self.web.robots, int):
            self._send(self.web.robots, b"")
        else:
            self._send(200, self.web.robots, "text/plain")

    def _too_many(self) -> None:
        if self.web.asked[self.path] == 1:
            self._send(429, b"", Retry_After="0")
        else:
            self._send(200, page())

    def _much_too_many(self) -> None:
        self._send(429, b"", Retry_After="86400")

    def _loop(self) -> None:
        self._send(302, b"", Location="/loop-back")

    def _loop_back(self) -> None:
        self._send(302, b"", Location="/loop")

    def _chain(self) -> None:
        step = int(self.path.partition("?")[2] or 0)
        self._send(302, b"", Location=f"/chain?{step + 1}")

    def _moved(self) -> None:
        self._send(301, b"", Location="/good")

    def _to_file(self) -> None:
        self._send(302, b"", Location="file:///etc/passwd")

    def _picture(self) -> None:
        self._send(200, b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png")

    def _archive(self) -> None:
        self._send(200, b"PK\x03\x04" + bytes(200), "application/zip")

    def _blank(self) -> None:
        self._send(200, b"  ")

    def _announced(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        piece = b"%x\r\n" % 65_536 + b"x" * 65_536 + b"\r\n"
        try:
            for _ in range(2_000):
                self.wfile.write(piece)
        except OSError:
            self.close_connection = True

    def _bomb(self) -> None:
        self._send(200, gzip.compress(bytes(20_000_000)), Content_Encoding="gzip")

    def _broken(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")
        self.close_connection = True

    def _not_gzip(self) -> None:
        self._send(200, b"plain", Content_Encoding="gzip")

    def _slow_body(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self._drip()

    def _slow_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._drip()

    def _drip(self) -> None:
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass
        self.close_connection = True

    def _tagged(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self._send(304, b"")
        else:
            self._send(200, page(), ETag='"v1"')


@contextmanager
def serve() -> Iterator[Web]:
    """Run the server for the time of a ``with``."""
    web = Web()
    handler = type("Handler", (_Handler,), {"web": web})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    web.root = f"http://127.0.0.1:{server.server_address[1]}"
    web.pages["/good"] = page()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
