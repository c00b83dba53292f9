"""The case file: the same case gives the same bytes, and damage of any kind gets one clear line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard import files
from partnerwizard.case import edit
from partnerwizard.case.file import case_from, dump_case, load_case, save_case
from partnerwizard.case.model import Case, HeldCause, Override, RedLine
from partnerwizard.files import FileProblem, NotWritten
from tests.support import AT, case_of, orchestras

ids = st.from_regex(r"\A[a-z]{1,8}(-[a-z]{1,5})?\Z")
texts = st.text(alphabet=st.characters(), max_size=40)
answers = st.dictionaries(ids, st.one_of(st.none(), texts, st.lists(ids, unique=True).map(tuple)), max_size=4)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    case = edit.describe(Case(), AT, title=draw(texts), problem=draw(texts))
    for name in draw(st.lists(texts, max_size=3)):
        case = edit.add_partner(case, name, AT)
    for question, value in draw(answers).items():
        partner = draw(st.sampled_from([None, *case.partner_by_id]))
        case = edit.answer(case, question, value, AT, partner)
    causes = draw(st.lists(ids, unique=True, max_size=3))
    case = edit.set_causes(case, tuple(HeldCause(id=cause, confidence="low") for cause in causes), AT)
    aims = draw(st.lists(ids, unique=True, max_size=4))
    case = edit.rank_aims(case, tuple((aim,) for aim in aims), AT)
    if draw(st.booleans()):
        case = edit.add_local_option(case, f"x{draw(texts)}", draw(texts), "some-form", AT)
        own = Override(form=case.local_options[0].id, criterion="a", low=0, likely=1, high=2, reason=f"x{draw(texts)}")
        case = edit.override(edit.set_hunch(case, None, f"x{draw(texts)}", AT), own, AT)
    if draw(st.booleans()):
        changed = edit.answer(edit.set_swing(case, (1, 2), AT), "q", draw(texts), AT)
        case = edit.rename_scenario(edit.save_scenario(case, "one", changed), "one", f"x{draw(texts)}")
    return case


def test_half_a_character_becomes_the_mark_for_one_that_is_missing_pasted_or_read() -> None:
    pasted = edit.rename_partner(edit.add_partner(Case(), "North", AT), "north", "No\ud83drth \U0001f600", AT)
    assert pasted.partners[0].name == "No\ufffdrth \U0001f600"
    document = json.loads(b'{"format": "partnerwizard-case/1", "title": "\\ud83d and \\ud83d\\ude00"}')
    assert case_from(document, "case").title == "\ufffd and \U0001f600"


@given(cases())
def test_reading_what_was_written_gives_the_same_case(case: Case) -> None:
    written = dump_case(case)
    again = case_from(json.loads(written), "case")
    assert again == case
    assert dump_case(again) == written


def test_the_file_is_plain_sorted_text_with_a_newline_at_the_end(tmp_path: Path) -> None:
    case = case_of(orchestras(), title="Zwei Orchester – près", answers={"health": None})
    save_case(case, tmp_path / "a.partnering")
    text = (tmp_path / "a.partnering").read_text("utf-8")
    document = json.loads(text)
    assert text == json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert document["format"] == "partnerwizard-case/2"
    assert document["answers"]["health"]["value"] is None
    assert "près" in text
    assert [path.name for path in tmp_path.iterdir()] == ["a.partnering"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff\xfe", "not UTF-8 text"),
        (b"abc\0def", "bytes that are not text"),
        (b'{"format": "partnerwizard-case/1"', "not JSON"),
        (b"[1, 2]", "this is not a case file"),
        (b"{}", 'format": "partnerwizard-case/2" is missing'),
        (b'{"format": "partnerwizard-case/3"}', "Install the newer Partner Wizard"),
        (b'{"format": "something-else/1"}', "its format is"),
        (b'{"format": "partnerwizard-case/1", "colour": 1}', "colour: this key is not known here"),
        (b'{"format": "partnerwizard-case/1", "seed": -1}', "seed"),
        (b'{"format": "partnerwizard-case/1", "seed": NaN}', "NaN is not a number"),
        (b'{"format": "partnerwizard-case/1", "title": 1, "title": 2}', "title is given twice"),
        (b'{"format": "partnerwizard-case/1", "swing": [60, 40]}', "swing runs from 60 down to 40"),
        (b'{"format": "partnerwizard-case/1", "groupings": [{"id": "a", "partners": ["x", "y"]}]}', "names x"),
        (b'{"format": "partnerwizard-case/1", "aims": [["a"], ["a"]]}', "aim a is named more than once"),
        (b"[" * 5000 + b"]" * 5000, "nested"),
        (b'{"format": "partnerwizard-case/1", "notes": ' + b"[" * 60 + b"]" * 60 + b"}", "nested more than"),
    ],
)
def test_damage_gets_one_clear_line_and_leaves_the_file_alone(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.partnering"
    path.write_bytes(content)
    with pytest.raises(FileProblem) as caught:
        load_case(path)
    assert says in str(caught.value)
    assert all(problem.startswith(f"{path}:") and problem.endswith(".") for problem in caught.value.problems)
    assert path.read_bytes() == content


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.partnering"
    path.write_text('{"format": "partnerwizard-case/1", "colour": 1, "seed": "x", "title": 3}')
    with pytest.raises(FileProblem) as caught:
        load_case(path)
    assert len(caught.value.problems) == 3


def test_a_missing_file_a_folder_and_an_enormous_file_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileProblem, match="there is no such file"):
        load_case(tmp_path / "none.partnering")
    with pytest.raises(FileProblem, match="not a file"):
        load_case(tmp_path)
    big = tmp_path / "big.partnering"
    with big.open("wb") as out:
        out.truncate(files.SIZE_LIMIT + 1)
    with pytest.raises(FileProblem, match="at most 20 MB are read"):
        load_case(big)


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.partnering"
    save_case(Case(title="before"), path)
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(NotWritten, match="No space left on device"):
        save_case(Case(title="after"), path)
    assert path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.partnering"]


def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.partnering"
    os.mkfifo(pipe)
    with pytest.raises(NotWritten, match="no plain file"):
        save_case(Case(), pipe)
    assert pipe.is_fifo()
    with pytest.raises(NotWritten, match="no plain file"):
        save_case(Case(), tmp_path)


def test_a_read_only_file_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.partnering"
    save_case(Case(title="before"), path)
    path.chmod(0o444)
    with pytest.raises(NotWritten, match="read-only"):
        save_case(Case(title="after"), path)
    assert load_case(path).title == "before"
    with pytest.raises(NotWritten, match="folder does not exist"):
        save_case(Case(), tmp_path / "no" / "a.partnering")


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "real.partnering", tmp_path / "link.partnering"
    save_case(Case(title="one"), path)
    path.chmod(0o640)
    link.symlink_to(path)
    save_case(Case(title="two"), link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert load_case(path).title == "two"


def test_a_file_locked_by_another_process_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.partnering"
    hold = (
        "import sys, time; from pathlib import Path; from partnerwizard.files import writing\n"
        "with writing(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(NotWritten, match="another program"), files.writing(path, timeout=0.2):
            pass
    finally:
        holder.communicate("")
    save_case(Case(), path)
    assert load_case(path) == Case()


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_no_bytes_whatever_get_past_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.partnering"
    path.write_bytes(content)
    with pytest.raises(FileProblem):
        load_case(path)


def test_a_red_line_names_forms_or_an_aim_not_both() -> None:
    with pytest.raises(ValueError, match="either"):
        RedLine(text="x", owner="y", forms=("a",), aim="b", at_least=1)
    with pytest.raises(ValueError, match="both"):
        RedLine(text="x", owner="y", aim="b")
