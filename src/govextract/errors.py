"""One tree of errors; each names the file, the place, what is wrong and what to do.

Content never raises: a report that is odd gives a :class:`govextract.model.Problem`. What raises
is a wrong argument, a file that cannot be read, or broken rule data.
"""

from __future__ import annotations


class GovextractError(Exception):
    """The base of all errors of this package.

    ``place`` says where (a file, an entry of a data file), ``remedy`` what to do about it.
    """

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        self.message = message
        self.place = place
        self.remedy = remedy
        super().__init__(": ".join(part for part in (place, message, remedy) if part))


class UsageError(GovextractError):
    """An argument is wrong: raised before any work is begun."""


class LexiconError(GovextractError):
    """Rule data is broken: ``place`` names the file and the entry."""


class DamagedPartError(GovextractError):
    """A part that a run has stored is gone or broken; ``part`` is its name."""

    def __init__(self, part: str, reason: str) -> None:
        self.part = part
        super().__init__(
            f"the part {part} of an earlier run is damaged ({reason})",
            remedy="run again into the same folder: it is made anew",
        )


class ReadError(GovextractError):
    """A file could not be read; ``code`` is its problem code (see ``docs/problems.md``)."""

    def __init__(self, message: str, *, code: str, place: str = "", remedy: str = "") -> None:
        self.code = code
        super().__init__(message, place=place, remedy=remedy)


class GoldError(GovextractError):
    """A gold file breaks the labelling rules; ``place`` names the file and the line."""


class MissingExtraError(GovextractError):
    """An optional dependency is absent; ``remedy`` is the command that installs it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"{package} is not installed",
            remedy=f'install it with: pip install "govextract[{extra}]"',
        )
