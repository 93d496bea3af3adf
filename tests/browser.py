"""A headless Chromium for the tests of the page, where there is one."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

_CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
_DRIVER = shutil.which("chromedriver")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--lang=zh-CN",
)  # fmt: skip


def require_browser() -> None:
    pytest.importorskip("selenium", reason="selenium drives the browser")
    if not (_CHROMIUM and _DRIVER):
        pytest.skip("no Chromium with its driver here (Debian: chromium, chromium-driver)")


@contextmanager
def open_browser(profile: Path, width: int = 1400, height: int = 900) -> Iterator[Any]:
    """Give a browser that keeps a log of its console and of all that it asks for."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(_CHROMIUM)
    for flag in (*_FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    downloads = {"download.default_directory": str(profile / "downloads")}
    options.add_experimental_option("prefs", downloads)
    driver = webdriver.Chrome(options=options, service=Service(str(_DRIVER)))
    try:
        yield driver
    finally:
        driver.quit()


@contextmanager
def visiting(browser: Any, folder: Path) -> Iterator[Callable[..., Any]]:
    """Open pages of a folder in a state; nothing may fail or be asked of a network meanwhile."""
    drain(browser)

    def open_state(page: str = "page.html", **state: str) -> Any:
        browser.get("about:blank")
        browser.get(f"{(folder / page).as_uri()}#{urlencode({'language': 'en'} | state)}")
        wait_for(lambda: browser.execute_script("return document.documentElement.dataset.ready"))
        return browser

    yield open_state
    console, requests = drain(browser)
    assert console == []
    assert [address for address in requests if not address.startswith(LOCAL)] == []


LOCAL = ("file:", "data:", "blob:", "about:", "chrome:", "chrome-error:", "devtools:")


def drain(browser: Any) -> tuple[list[str], list[str]]:
    """The messages of the console, and the addresses asked for, since the last call."""
    console = [entry["message"] for entry in browser.get_log("browser")]
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return console, [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]


def wait_for(condition: Callable[[], Any], seconds: float = 120) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "did not come about"
        time.sleep(0.02)
    return found


def find(browser: Any, selector: str) -> Any:
    return wait_for(lambda: browser.find_elements("css selector", selector))[0]


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def in_sight(browser: Any, selector: str) -> bool:
    return bool(
        browser.execute_script(
            """const box = document.querySelector(arguments[0]).getBoundingClientRect();
            const inside = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return Boolean(inside?.closest(arguments[0])); // no element out of the window""",
            selector,
        )
    )


def find_all(browser: Any, selector: str) -> list[Any]:
    find(browser, selector)
    found: list[Any] = browser.find_elements("css selector", selector)
    return found
