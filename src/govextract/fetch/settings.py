"""What a user may set of fetching, and what can go wrong with one address."""

from __future__ import annotations

from typing import NamedTuple

from govextract.errors import GovextractError


class FetchSettings(NamedTuple):
    """Limits of politeness and of patience; times are in seconds."""

    pause: float = 2.0
    """Between two requests to one host, at least; more where its robots.txt asks for it."""
    timeout: float = 120.0
    """For one answer, from the first byte sent to the last received."""
    max_bytes: int = 50_000_000
    """A longer answer is given up."""
    attempts: int = 4
    """For an answer that may get better: 429, 5xx, a broken connection."""
    longest_wait: float = 300.0
    """A host that asks for more (Retry-After) is left for another run."""
    redirects: int = 5
    hosts: int = 4
    """Hosts that are asked at the same time; each is asked by one thread only."""
    allow_private: bool = False
    """Whether private and loopback addresses may be asked: for a network of one's own."""
    refresh: bool = False
    """Whether to ask again, conditionally, for what was fetched before."""
    user_agent: str = "govextract/0.1 (research on public reports)"


class FetchError(GovextractError):
    """An address gave no report; ``code`` says why (see ``docs/problems.md``).

    ``wait`` is how long to wait before another attempt: None where another is of no use, and -1
    where the host does not say.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        place: str = "",
        remedy: str = "",
        status: int = 0,
        wait: float | None = None,
    ) -> None:
        self.code = code
        self.status = status
        self.wait = wait
        super().__init__(message, place=place, remedy=remedy)
