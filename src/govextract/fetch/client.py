"""One host's client: paced, patient, bounded; redirects are followed here, each one checked."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
import stamina

from govextract.fetch.guard import Deadline, GuardedTransport
from govextract.fetch.robots import MAX_BYTES, Robots
from govextract.fetch.settings import FetchError, FetchSettings

_MAY_GET_BETTER = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BROKEN = (
    httpx.TransportError,
    httpx.DecodingError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
)
_TIMEOUTS = (httpx.TimeoutException, httpcore.TimeoutException)


class Answer(NamedTuple):
    """What an address gave; ``final`` is where redirects led. 304 has no content."""

    address: str
    final: str
    status: int
    headers: Mapping[str, str]
    content: bytes


class Client:
    """Asks the addresses of one list, one after another, in one thread."""

    def __init__(
        self, settings: FetchSettings, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._deadline = Deadline()
        self._next: dict[str, float] = {}
        self._robots = Robots(self._read_robots, settings.user_agent)
        self._http = httpx.Client(
            transport=GuardedTransport(self._deadline, allow_private=settings.allow_private),
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate"},
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, address: str, conditions: Mapping[str, str] | None = None) -> Answer:
        """Return the answer at ``address``, after redirects and further attempts.

        ``conditions`` are headers such as ``If-None-Match``. Raises FetchError.
        """
        seen = [address]
        while True:
            here = seen[-1]
            origin = _origin(here)
            if not self._robots.allows(origin, here):
                raise FetchError(
                    "robots.txt does not allow it",
                    code="fetch/robots",
                    place=here,
                    remedy="ask the site, or take the report from elsewhere",
                )
            pause = min(self._robots.pause(origin), self._settings.longest_wait)
            answer = self._attempt(here, conditions or {}, self._settings.max_bytes, pause)
            if answer.status not in _REDIRECTS:
                return answer._replace(address=address)
            following = urljoin(here, answer.headers.get("location", ""))
            if following in seen or len(seen) > self._settings.redirects:
                raise FetchError(
                    f"leads on and on ({len(seen)} redirects)",
                    code="fetch/redirects",
                    place=address,
                    remedy="open it in a browser and take the last address",
                )
            seen.append(following)

    def _attempt(
        self, address: str, headers: Mapping[str, str], limit: int, pause: float = 0.0
    ) -> Answer:
        """Ask until there is an answer that will not get better, or patience is over.

        ``pause`` is what the host asks for between requests.
        """
        settings = self._settings
        attempts = stamina.retry_context(
            on=lambda error: backoff(error, settings.longest_wait),
            attempts=settings.attempts,
            timeout=None,
            wait_initial=1.0,
            wait_max=60.0,
        )
        for attempt in attempts:
            with attempt:
                self._pace(address, pause)
                return self._ask(address, headers, limit)
        raise AssertionError("stamina gives at least one attempt")

    def _ask(self, address: str, headers: Mapping[str, str], limit: int) -> Answer:
        self._deadline.start(self._settings.timeout)
        try:
            with self._http.stream("GET", address, headers=dict(headers)) as response:
                if response.status_code not in _REDIRECTS and response.status_code != 304:
                    _check_status(response, address)
                content = _read_body(response, address, limit)
        except httpx.InvalidURL as error:
            raise _no_address(address) from error
        except _TIMEOUTS as error:
            raise FetchError(
                f"took longer than {self._settings.timeout:g} s",
                code="fetch/timeout",
                place=address,
                remedy="try again later, or raise --timeout",
                wait=-1,
            ) from error
        except _BROKEN as error:
            raise FetchError(
                f"the connection failed ({error or type(error).__name__})",
                code="fetch/broken",
                place=address,
                remedy="try again later",
                wait=-1,
            ) from error
        return Answer(address, address, response.status_code, dict(response.headers), content)

    def _pace(self, address: str, pause: float) -> None:
        """Wait until the host may be asked again."""
        host = urlsplit(address).netloc
        now = time.monotonic()
        wait = self._next.get(host, now) - now
        if wait > 0:
            self._sleep(wait)
        self._next[host] = now + max(0.0, wait) + max(self._settings.pause, pause)

    def _read_robots(self, address: str) -> str:
        """Return robots.txt; redirects are followed as for any page (RFC 9309, 2.3.1.2)."""
        for _ in range(self._settings.redirects + 1):
            _origin(address)
            answer = self._attempt(address, {}, MAX_BYTES)
            if answer.status not in _REDIRECTS:
                return answer.content.decode("utf-8", "replace")
            address = urljoin(address, answer.headers.get("location", ""))
        raise FetchError(
            "robots.txt leads on and on", code="fetch/redirects", place=address, status=404
        )


def backoff(error: Exception, longest_wait: float) -> bool | float:
    """Say whether and when to try again: as the host says, else as stamina does."""
    wait = error.wait if isinstance(error, FetchError) else None
    if wait is None or wait > longest_wait:
        return False
    return True if wait < 0 else wait


def parse_retry_after(value: str, now: float) -> float:
    """Return the seconds that a Retry-After header asks for, -1 where it says none.

    >>> parse_retry_after("7", 0.0), parse_retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 0.0)
    (7.0, 60.0)
    """
    if value.strip().isdecimal():
        return float(value)
    parsed = email.utils.parsedate_tz(value)
    return max(0.0, email.utils.mktime_tz(parsed) - now) if parsed else -1.0


def _origin(address: str) -> str:
    """Return scheme and host; raises FetchError for anything but http and https."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise _no_address(address)
    return f"{parts.scheme}://{parts.netloc}"


def _no_address(address: str) -> FetchError:
    return FetchError(
        "is no http or https address",
        code="fetch/address",
        place=address,
        remedy="give the whole address, with https://",
    )


def _check_status(response: httpx.Response, address: str) -> None:
    status = response.status_code
    if status == 200:
        return
    wait = None
    if status in _MAY_GET_BETTER:
        wait = parse_retry_after(response.headers.get("retry-after", ""), time.time())
    raise FetchError(
        f"answers {status} {response.reason_phrase}".rstrip(),
        code="fetch/status",
        place=address,
        remedy="check the address in a browser" if wait is None else "try again later",
        status=status,
        wait=wait,
    )


def _read_body(response: httpx.Response, address: str, limit: int) -> bytes:
    """Return the body; one that is announced or becomes too long is given up."""
    too_large = FetchError(
        f"is longer than {limit:,} bytes",
        code="fetch/too-large",
        place=address,
        remedy="raise --max-bytes where it is a report",
    )
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise too_large
    content = bytearray()
    for piece in response.iter_bytes(65_536):
        content += piece
        if len(content) > limit:
            raise too_large
    return bytes(content)
