"""What the project brings along and gives away: dependencies, licences, secrets, the network."""

from __future__ import annotations

import ast
import re
import socket
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from scripts_of import load_script

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
licences = load_script("licences")


def declared(*extras: str) -> dict[str, Requirement]:
    """Return what the project names: what it needs, and what its extras need, by normal name."""
    lines = list(PROJECT["dependencies"])
    for extra in extras:
        lines += PROJECT["optional-dependencies"][extra]
    found = (Requirement(line) for line in lines)
    return {licences.normal(item.name): item for item in found if item.name != PROJECT["name"]}


def imported() -> set[str]:
    """Return the top names that the package imports, also inside functions and by their name."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
            elif isinstance(node, ast.Call) and "import_module" in ast.dump(node.func):
                found |= {str(item.value) for item in node.args if isinstance(item, ast.Constant)}
    tops = {name.partition(".")[0] for name in found}
    return tops - set(sys.stdlib_module_names) - {"govextract"}


EVERYTHING = ("fetch", "xlsx", "duckdb", "dask", "charts")


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    by_import = packages_distributions()
    names = {licences.normal(by_import[name][0]) for name in imported() if name in by_import}
    wanted = set(declared(*EVERYTHING))
    # IPython calls what it finds; dask is what distributed runs on.
    assert names - wanted - {"ipython", "jinja2"} == set()
    assert wanted - names - {"dask"} == set()


def locked() -> dict[str, str]:
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    return dict(line.split("==") for line in lines)


def test_the_lock_has_all_that_is_declared_in_versions_that_fit() -> None:
    versions = locked()
    for name, item in declared(*PROJECT["optional-dependencies"]).items():
        assert name in versions, "run python scripts/lock.py"
        assert item.specifier.contains(versions[name]), (name, versions[name])
    assert len(versions) > 100


def test_the_lock_names_no_host() -> None:
    assert "://" not in LOCK
    assert "index" not in LOCK
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.+!]+", f"{n}=={v}") for n, v in locked().items())


def test_the_licence_of_each_dependency_is_compatible_and_listed() -> None:
    packages = licences.find_packages()
    assert len(packages) > 40
    assert [item for item in packages if not licences.is_allowed(item.licence)] == []
    listed = dict(
        re.findall(r"^\| ([\w-]+) \| ([^|]+) \|$", licences.PAGE.read_text("utf-8"), re.M)
    )
    direct = {item.name: item.licence for item in packages if item.direct}
    assert {name: listed.get(name) for name in direct} == direct, "run scripts/licences.py --write"
    assert set(declared(*EVERYTHING)) <= set(listed)


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True), ("Apache-2.0 OR GPL-3.0-only", True), ("MIT AND GPL-3.0-only", False),
        ("Apache-2.0 WITH LLVM-exception", True), ("", False), ("Proprietary", False),
        ("AGPL-3.0-or-later", False), ("(MIT OR Apache-2.0) AND BSD-3-Clause", True),
    ],
)  # fmt: skip
def test_licences_are_told_apart(licence: str, allowed: bool) -> None:
    assert licences.is_allowed(licence) is allowed


SECRETS = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY", r"\bAKIA[0-9A-Z]{16}\b", r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
    r"\bxox[baprs]-[A-Za-z0-9-]{10,}", r"\bsk-[A-Za-z0-9]{32,}\b", r"\bAIza[0-9A-Za-z_-]{35}\b",
    r"(?i:\b(?:password|passwd|secret|api_key)\s*=\s*[\"'][^\"'\s]{12,}[\"'])",
)  # fmt: skip
MACHINES = r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/"
KEPT_OUT = {".git", ".venv", "__pycache__", ".hypothesis", "build", "dist", "out", "site"}


def own_files() -> list[Path]:
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not KEPT_OUT & set(path.relative_to(ROOT).parts)
        and not any(part.endswith("_cache") for part in path.parts)
    ]


def test_no_file_holds_a_secret_or_the_place_of_a_machine() -> None:
    found = []
    files = own_files()
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        if path != Path(__file__):
            found += [
                (path.name, hit[0]) for hit in re.finditer("|".join((*SECRETS, MACHINES)), text)
            ]
    assert len(files) > 300
    assert found == []


def test_the_test_finds_secrets() -> None:
    samples = ("-----BEGIN RSA PRIVATE KEY", "AKIA" + "A" * 16, "ghp_" + "a" * 36, "/root/x")
    assert all(re.search("|".join((*SECRETS, MACHINES)), sample) for sample in samples)


def test_tests_reach_no_network_but_this_machine() -> None:
    with pytest.raises(PermissionError, match="no test may ask the network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
