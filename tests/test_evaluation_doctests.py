"""The examples in the docstrings of the evaluation and of labelling are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import govextract.evaluation
import govextract.labelling

MODULES = [
    f"{package.__name__}.{module.name}"
    for package in (govextract.evaluation, govextract.labelling)
    for module in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
