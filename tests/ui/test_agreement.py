"""The window and the command line give the same appraisal and the same report for the same case."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import CASES
from tests.ui.driving import Driver
from ui.pages.report import ReportPage
from ui.places import REPORT

SOME = ("frimley-2014", "dartford-gstt-2015")


def command_line(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "partnerwizard", *arguments], check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("name", SOME)
def test_same_appraisal_to_the_last_digit(driver: Driver, name: str) -> None:
    path = CASES / f"{name}.partnering"
    assert driver.window.cases.open(path)
    driver.appraised()
    appraisal = driver.window.session.appraisal
    assert appraisal is not None
    assert appraisal.as_json() == json.loads(command_line("appraise", str(path), "--json"))


def test_same_report_to_the_last_byte(driver: Driver, tmp_path: Path) -> None:
    path = CASES / f"{SOME[0]}.partnering"
    assert driver.window.cases.open(path)
    driver.window.go(REPORT)
    page = driver.window.page
    assert isinstance(page, ReportPage)
    page.folder.setText(str(tmp_path / "window"))
    driver.click(driver.window.footer.positive)
    driver.until(lambda: page.exporter.job is None)
    command_line("report", str(path), "--to", "html,pdf", "-o", str(tmp_path / "line"))
    for kind in ("html", "pdf"):
        ours = tmp_path / "window" / f"{SOME[0]}.{kind}"
        assert ours.read_bytes() == (tmp_path / "line" / f"{SOME[0]}.{kind}").read_bytes()
