"""The picture of the architecture is that of the code."""

from __future__ import annotations

import pytest

structure = pytest.importorskip(
    "structure",
    reason="needs grimp of the packages of make check, which compares the picture itself",
    exc_type=ImportError,
)


def test_the_picture_is_the_one_that_the_imports_draw() -> None:
    assert structure.PICTURE.read_text(encoding="utf-8") == structure.picture(), "run python tools/structure.py"


def test_an_import_that_follows_from_others_is_left_out_and_no_other() -> None:
    assert structure.essential({("a", "b"), ("b", "c"), ("a", "c"), ("a", "d")}) == {("a", "b"), ("b", "c"), ("a", "d")}
