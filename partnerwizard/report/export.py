"""Every format of the report by its name, as bytes; the same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import get_args

from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from partnerwizard.report.compose import Length, compose

_Writer = Callable[[Pack, Case, Appraisal, Length], bytes]


def _html(pack: Pack, case: Case, appraisal: Appraisal, length: Length) -> bytes:
    from partnerwizard.report.html import render_html

    return render_html(compose(pack, case, appraisal, length)).encode()


def _pdf(pack: Pack, case: Case, appraisal: Appraisal, length: Length) -> bytes:
    from partnerwizard.report.pdf import render_pdf

    return render_pdf(compose(pack, case, appraisal, length))


def _docx(pack: Pack, case: Case, appraisal: Appraisal, length: Length) -> bytes:
    from partnerwizard.report.word.render import render_docx

    return render_docx(compose(pack, case, appraisal, length))


def _xlsx(pack: Pack, case: Case, appraisal: Appraisal, _length: Length) -> bytes:
    from partnerwizard.report.excel.render import render_xlsx

    return render_xlsx(pack, case, appraisal)


def _json(_pack: Pack, _case: Case, appraisal: Appraisal, _length: Length) -> bytes:
    return (json.dumps(appraisal.as_json(), indent=2, ensure_ascii=False) + "\n").encode()


_WRITERS: dict[str, _Writer] = {"html": _html, "pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "json": _json}

FORMATS = tuple(_WRITERS)
LENGTHS: tuple[Length, ...] = get_args(Length)


def render(format_name: str, pack: Pack, case: Case, appraisal: Appraisal, length: Length = "full") -> bytes:
    """The report in one of FORMATS; KeyError for any other name."""
    return _WRITERS[format_name](pack, case, appraisal, length)
