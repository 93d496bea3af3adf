"""Settings of all tests."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import settings

from browser import open_browser, require_browser

# A busy machine makes any example slow: how long one takes says nothing.
# The examples follow from the test, so that one commit always gets one verdict; new ones are looked
# for with --hypothesis-profile=search.
settings.register_profile("fixed", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=3_000)
settings.load_profile("fixed")


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """No test asks the network: a connection that leaves the machine is refused."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_own(address[0]):
            raise PermissionError(f"no test may ask the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_own(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser for the tests of a module, which are skipped where there is none."""
    require_browser()
    with open_browser(tmp_path_factory.mktemp("browser")) as driver:
        yield driver
