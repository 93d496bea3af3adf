"""Which figures must agree with which others, from ``data/audit.toml``."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon

_FILE = "audit.toml"


class Rate(NamedTuple):
    """A rate and the words of the two counts whose quotient it is."""

    id: str
    rate: tuple[str, ...]
    done: tuple[str, ...]
    of: tuple[str, ...]
    excepted: tuple[str, ...]
    """Words that make another rate of it."""

    def is_stated_by(self, indicator: str) -> bool:
        """Tell whether an indicator's wording is this rate."""
        return indicator.endswith(self.rate) and not any(
            word in indicator for word in self.excepted
        )


class Identity(NamedTuple):
    """Two lists of concept ids (or of beginnings of indicators) with the same sum."""

    id: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    constant_prices: bool = False
    """Whether the growth of the figures is at constant prices, so that it does not sum up."""


class Quotient(NamedTuple):
    """Ids of three concepts: ``quotient`` is ``times`` ``part`` / ``whole``, but for ``slack``."""

    id: str
    part: str
    whole: str
    quotient: str
    times: int
    slack: Decimal


class Structure(NamedTuple):
    """Words for a structure, and the concepts whose shares it gives, in their order."""

    id: str
    words: tuple[str, ...]
    parts: tuple[str, ...]


class AuditRules(NamedTuple):
    """The rule data of an audit."""

    rates: tuple[Rate, ...]
    identities: tuple[Identity, ...]
    quotients: tuple[Quotient, ...]
    structures: tuple[Structure, ...]
    forms: tuple[Identity, ...]
    totals: tuple[str, ...]


@cache
def load_audit(lexicon: Lexicon) -> AuditRules:
    """Return the rules of an audit. Raises LexiconError where an entry is incomplete."""
    try:
        return AuditRules(
            rates=tuple(
                Rate(
                    entry["id"],
                    tuple(entry["rate"]),
                    tuple(entry["done"]),
                    tuple(entry["of"]),
                    tuple(entry.get("except", ())),
                )
                for entry in lexicon.entries(_FILE, "rate")
            ),
            identities=_identities(lexicon, "identity"),
            quotients=tuple(
                Quotient(
                    entry["id"],
                    entry["part"],
                    entry["whole"],
                    entry["quotient"],
                    entry["times"],
                    Decimal(entry["slack"]),
                )
                for entry in lexicon.entries(_FILE, "quotient")
            ),
            structures=tuple(
                Structure(entry["id"], tuple(entry["words"]), tuple(entry["parts"]))
                for entry in lexicon.entries(_FILE, "structure")
            ),
            forms=_identities(lexicon, "form_total"),
            totals=tuple(
                word for entry in lexicon.entries(_FILE, "total") for word in entry["words"]
            ),
        )
    except (KeyError, InvalidOperation) as error:
        raise LexiconError(f"lacks or has a wrong {error}", place=f"data/{_FILE}") from error


def _identities(lexicon: Lexicon, table: str) -> tuple[Identity, ...]:
    return tuple(
        Identity(
            entry["id"],
            tuple(entry["left"]),
            tuple(entry["right"]),
            bool(entry.get("constant_prices", False)),
        )
        for entry in lexicon.entries(_FILE, table)
    )
