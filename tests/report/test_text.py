from __future__ import annotations

from datetime import date

import pytest

from partnerwizard.appraisal.model import MoneyRange
from partnerwizard.report import words
from partnerwizard.report.blocks import Break, Cite, Run, bold, lines, spans
from partnerwizard.report.fonts import face
from partnerwizard.report.text import (
    breakable,
    first_sentences,
    fold,
    one_line,
    paragraphs,
    plain,
    printable,
    shortened,
)


def test_plain_drops_only_what_no_format_carries() -> None:
    assert plain("a\tb\nc\r\x00\x07\x85\ue000\ud800\u202e🚀é中") == "a\tb\nc🚀é中"


def test_printable_shows_missing_characters_by_number() -> None:
    assert printable("A 中 B") == "A [U+4E2D] B"
    assert printable("🚀") == "[U+1F680]"
    assert printable("Ζürich – £5 “ok”") == "Ζürich – £5 “ok”"


def test_folding_fits_and_loses_nothing() -> None:
    text = "Management contract between NHS trusts " + "x" * 90
    lines_ = fold(text, 150, 13)
    assert all(face().width(line, 13) <= 150 for line in lines_)
    assert "".join(lines_).replace(" ", "") == text.replace(" ", "")
    cut = fold(text, 150, 13, most=2)
    assert len(cut) == 2
    assert cut[-1].endswith("…")
    assert face().width(cut[-1], 13) <= 150


def test_lines_and_paragraphs() -> None:
    assert one_line("  a\n b\u00a0c ") == "a b c"
    assert paragraphs("a\n\n  \nb  c\n") == ("a", "b c")
    broken = breakable("a " + "y" * 60 + " b")
    assert broken.replace("\u200b", "") == "a " + "y" * 60 + " b"
    assert broken.count("\u200b") == 2
    assert breakable("nothing to break here at all") == "nothing to break here at all"
    assert shortened("one two three", 20) == "one two three"
    assert shortened("one two three", 9) == "one two…"


def test_a_text_is_cut_at_a_sentence_or_a_semicolon_where_it_can_be() -> None:
    assert first_sentences("One. Two. Three.", 100) == "One. Two. Three."
    assert first_sentences("One. Two. Three.", 10) == "One. Two."
    assert first_sentences("one two; three four", 12) == "one two"
    assert first_sentences("one two three", 9) == "one two…"


def test_face_measures_like_its_tables() -> None:
    assert face().width("", 10) == 0
    assert face(semibold=True).width("Trust", 10) > face().width("Trust", 10) > 20


def test_spans_drop_what_is_empty() -> None:
    assert spans("", Run(""), Cite(()), ("a", bold("b"))) == (Run("a"), Run("b", bold=True))
    assert lines(["a", "", "b"]) == (Run("a"), Break(), Run("b"))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (words.day(date(2026, 1, 4)), "4 January 2026"),
        (words.points(18.6), "+19"),
        (words.points(-1.6), "−2"),
        (words.points(-0.4), "0"),
        (words.percent(0.859), "85 %"),
        (words.percent(0.999), "99 %"),
        (words.percent(1), "100 %"),
        (words.percent(0.29), "29 %"),
        (words.percent(0.001), "under 1 %"),
        (words.percent(0), "0 %"),
        (words.money(None), "not known"),
        (words.money(MoneyRange(low=250_000, high=1_500_000)), "£250,000 to £1.5m"),
        (words.money(MoneyRange(low=2_000_000, high=2_000_000)), "£2m"),
        (words.months(1, 1), "1 month"),
        (words.months(6, 12), "6 to 12 months"),
        (words.listed(["a", "b", "c"]), "a, b and c"),
        (words.listed([]), ""),
        (words.counted(1, "form"), "1 form"),
        (words.sentence("it is so"), "It is so."),
        (words.sentence("Is it?"), "Is it?"),
        (words.inline("Clinical quality"), "clinical quality"),
        (words.inline("CQC rating"), "CQC rating"),
        (words.inline("A way back"), "a way back"),
        (words.label("Does it fit?"), "Does it fit?"),
    ],
)
def test_figures_and_dates_are_said_one_way(said: str, wanted: str) -> None:
    assert said.replace(words.NBSP, " ") == wanted
