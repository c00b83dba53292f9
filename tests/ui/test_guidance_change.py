"""A case that was answered under another edition of the guidance: the user sees what changed before accepting it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton

from partnerwizard.case.file import load_case, save_case
from tests.ui.driving import Driver
from ui.guidance_change import GuidanceChange


def _saved(driver: Driver, path: Path) -> Path:
    assert driver.window.cases._save_to(path)
    return path


def _texts(dialog: GuidanceChange) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def _under_an_earlier_edition(path: Path, **advised: object) -> None:
    case = load_case(path)
    assert case.pack is not None
    assert case.advised is not None
    earlier = case.pack.model_copy(update={"version": "0.0.1", "content_hash": "0" * 64})
    save_case(
        case.model_copy(
            update={"pack": earlier, "advised": case.advised.model_copy(update={"pack": earlier, **advised})}
        ),
        path,
    )


def test_under_the_same_guidance_nothing_is_said(example: Driver, tmp_path: Path) -> None:
    path = _saved(example, tmp_path / "case.partnering")
    assert example.window.cases.open(path)
    assert not example.window.notice.isVisible()


def test_the_advice_then_and_now_are_shown_and_going_on_can_be_undone(example: Driver, tmp_path: Path) -> None:
    path = _saved(example, tmp_path / "case.partnering")
    _under_an_earlier_edition(path, sentence="Merger leads.", options=("merger",))
    before = path.read_bytes()
    assert example.window.cases.open(path)
    example.appraised()
    assert example.window.notice.isVisible()
    appraisal = example.window.session.appraisal
    assert appraisal is not None
    dialog = GuidanceChange(example.window)
    told = _texts(dialog)
    assert "0.0.1" in told
    assert "Merger leads." in told
    assert appraisal.verdict.sentence in told
    assert "names other options than before" in told
    assert path.read_bytes() == before, "looking changes nothing"
    next(each for each in dialog.findChildren(QPushButton) if "Go on" in each.text().replace("&", "")).click()
    assert not example.window.notice.isVisible()
    assert example.window.session.undo_name == "New guidance"
    example.window.session.undo()
    assert example.window.notice.isVisible()


def test_the_same_advice_is_said_to_be_the_same(example: Driver, tmp_path: Path) -> None:
    path = _saved(example, tmp_path / "case.partnering")
    _under_an_earlier_edition(path)
    assert example.window.cases.open(path)
    example.appraised()
    assert "The verdict is the same" in _texts(GuidanceChange(example.window))
