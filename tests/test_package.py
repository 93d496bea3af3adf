"""The wheel and the source archive hold all that is needed, and do the main job by themselves.

The packages that govextract needs are those of the environment of the tests; govextract itself,
with its data, comes from the wheel alone, in an environment and a folder of its own.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from govextract.batch import run

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "govextract"
REPORTS = ("保定市", "遵义市")


class Built(NamedTuple):
    """What a build has made: the wheel from the tree, the archive, and the wheel from that."""

    wheel: Path
    archive: Path
    wheel_of_archive: Path


def build(tree: Path, out: Path, *targets: str) -> list[Path]:
    wanted = [part for target in targets for part in ("-t", target)]
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out), *wanted],
        cwd=tree,
        check=True,
        capture_output=True,
    )
    return sorted(out.iterdir())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    pytest.importorskip("hatchling", reason="hatchling builds the package")
    folder = tmp_path_factory.mktemp("built")
    wheel, archive = build(ROOT, folder / "dist", "wheel", "sdist")
    with tarfile.open(archive) as packed:
        packed.extractall(folder / "unpacked", filter="data")
    [tree] = (folder / "unpacked").iterdir()
    [again] = build(tree, folder / "again", "wheel")
    return Built(wheel, archive, again)


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as packed:
        return {name for name in packed.namelist() if not name.endswith("/")}


def test_all_files_of_the_package_are_in_the_wheel(built: Built) -> None:
    expected = {
        f"govextract/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in names(built.wheel) if name.startswith("govextract/")}
    assert packed == expected
    assert len([name for name in packed if not name.endswith(".py")]) > 60
    assert any(name.endswith("licenses/LICENSE") for name in names(built.wheel))


def test_the_archive_makes_the_same_wheel(built: Built) -> None:
    assert names(built.wheel_of_archive) == names(built.wheel)
    with zipfile.ZipFile(built.wheel) as one, zipfile.ZipFile(built.wheel_of_archive) as other:
        for name in names(built.wheel):
            assert one.read(name) == other.read(name), name


class Installed:
    """An environment with the wheel, that sees the packages of this one but not this project."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        venv.create(folder / "venv", with_pip=False)
        self.python = self.bin / "python"
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install"]
        options = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
        subprocess.run([*pip, *options, str(wheel)], check=True, capture_output=True)
        [packages] = (folder / "venv").rglob("site-packages")
        # Only a path: what this environment adds to its own (such as src) is not taken over.
        (packages / "outer.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    def run(self, *command: str) -> str:
        kept = ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR", "TEMP")
        done = subprocess.run(
            command,
            cwd=self.folder,
            check=False,
            capture_output=True,
            text=True,
            env={name: os.environ[name] for name in kept if name in os.environ},
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    made = Installed(built.wheel, folder)
    for name in REPORTS:
        shutil.copytree(ROOT / "corpus" / name, folder / "reports" / name)
    return made


def test_the_package_is_that_of_the_wheel(installed: Installed) -> None:
    said = installed.run(
        str(installed.python), "-c", "import govextract; print(govextract.__file__)"
    )
    assert Path(said.strip()).is_relative_to(installed.folder)
    assert not (installed.folder.parent / "shared").exists()


def test_it_does_the_main_job(installed: Installed, tmp_path: Path) -> None:
    command = str(installed.bin / "govextract")
    out = installed.folder / "out"
    said = installed.run(command, "run", "reports", "--out", "out", "--audit")
    run(installed.folder / "reports", tmp_path / "here")
    for table in ("documents", "sections", "problems"):
        name = f"{table}.csv"
        assert (out / name).read_bytes() == (tmp_path / "here" / name).read_bytes()
    with (out / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        facts = list(csv.DictReader(file))
    assert f"{len(facts)} facts" in said
    assert len(facts) > 100
    assert "explore.html" in installed.run(command, "explore", "out")
    assert "unit/jian" in installed.run(command, "units", "list")
