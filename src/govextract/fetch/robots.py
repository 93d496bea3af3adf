"""robots.txt of a host, kept as RFC 9309 says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from protego import Protego

from govextract.fetch.settings import FetchError

# RFC 9309, 2.5: at least this much is read; what follows is ignored.
MAX_BYTES = 512_000


class Robots:
    """The rules of the hosts that one client asks, each read once.

    ``read`` returns the text at an address; it raises FetchError with the status of the answer.
    """

    def __init__(self, read: Callable[[str], str], user_agent: str) -> None:
        self._read = read
        self._user_agent = user_agent
        self._rules: dict[str, Any] = {}

    def allows(self, origin: str, address: str) -> bool:
        """Say whether ``address`` may be asked for; ``origin`` is its scheme and host."""
        rules = self._rules_of(origin)
        return rules is not None and bool(rules.can_fetch(address, self._user_agent))

    def pause(self, origin: str) -> float:
        """Return the seconds between requests that the host asks for, 0 where it does not."""
        rules = self._rules_of(origin)
        return float((rules and rules.crawl_delay(self._user_agent)) or 0.0)

    def _rules_of(self, origin: str) -> Any | None:
        """None forbids all: a host whose rules cannot be had now may forbid anything."""
        if origin not in self._rules:
            self._rules[origin] = self._load(origin)
        return self._rules[origin]

    def _load(self, origin: str) -> Any | None:
        try:
            return Protego.parse(self._read(f"{origin}/robots.txt"))
        except FetchError as error:
            if 400 <= error.status < 500 and error.status != 429:
                return Protego.parse("")
            if error.code == "fetch/private-address":
                raise
            return None
