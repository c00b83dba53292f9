"""What the guide for authors shows is true: its examples fit the models and make a sound pack."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from partnerwizard import resources
from partnerwizard.book import render_book
from partnerwizard.pack.check import check_pack
from partnerwizard.pack.load import HEAD, LISTS, SOURCES, load_pack_files
from partnerwizard.pack.model import Entry, Form, Pack, Source
from tests.support import DAY, ORCHESTRAS

GUIDE = (Path(__file__).parents[2] / "docs" / "guidance-authoring.md").read_text(encoding="utf-8")
SNIPPETS = [
    (found[1], found[2] is not None, found[3])
    for found in re.finditer(r"```toml\n# ([a-z/-]+\.toml)(, as it stands)?\n(.*?)```", GUIDE, re.DOTALL)
]
CHECKED = load_pack_files(ORCHESTRAS).pack.head.checked


def model_of(file: str) -> tuple[str | None, type[Entry]]:
    if file.startswith("forms/"):
        return None, Form
    return ("source", Source) if file.startswith(f"{SOURCES}/") else LISTS[file]


def extended(folder: Path) -> Path:
    """The small pack with everything added that the guide adds."""
    pack = Path(shutil.copytree(ORCHESTRAS, folder / "pack"))
    for file, stands, text in SNIPPETS:
        if not stands:
            path = pack / file
            before = path.read_text(encoding="utf-8") + "\n" if path.exists() else ""
            path.write_text(before + text, encoding="utf-8")
    head = pack / HEAD
    order = '"guest-players", '
    head.write_text(head.read_text(encoding="utf-8").replace(order, f'{order}"joint-tour", ', 1), encoding="utf-8")
    return pack


def test_every_snippet_of_the_guide_is_read_here() -> None:
    assert len(SNIPPETS) == GUIDE.count("```toml")
    assert len(SNIPPETS) > 10


@pytest.mark.parametrize(("file", "stands", "text"), SNIPPETS, ids=[file for file, _, _ in SNIPPETS])
def test_each_example_fits_its_model_or_stands_in_the_small_pack(file: str, stands: bool, text: str) -> None:
    if stands:
        assert text in (ORCHESTRAS / file).read_text(encoding="utf-8")
        return
    key, model = model_of(file)
    table = tomllib.loads(text)
    entries = [table] if key is None else table.pop(key)
    assert key is None or not table
    for entry in entries:
        model.model_validate(entry)


def test_the_small_pack_with_all_examples_has_no_findings_and_makes_a_book(tmp_path: Path) -> None:
    files = load_pack_files(extended(tmp_path))
    assert [str(finding) for finding in check_pack(files, CHECKED)] == []
    book = render_book(files, DAY)
    assert "A joint tour" in book
    assert "Halls cost each of the two about a third less." in book


def test_each_step_of_adding_a_form_is_asked_for_by_the_check(tmp_path: Path) -> None:
    pack = extended(tmp_path)
    shutil.copy(ORCHESTRAS / HEAD, pack / HEAD)
    form = pack / "forms" / "joint-tour.toml"
    form.write_text(form.read_text(encoding="utf-8").split("[ratings.independence]")[0], encoding="utf-8")
    said = "\n".join(str(finding) for finding in check_pack(load_pack_files(pack), CHECKED))
    assert "joint-tour has no place in the order" in said
    assert "not rated on independence" in said


def models() -> set[type[Entry]]:
    """Every model of what an author writes; a whole pack is put together from them and has no file of its own."""
    return set(Entry.__subclasses__()) - {Pack}


@pytest.mark.parametrize("model", sorted(models(), key=lambda model: model.__name__), ids=lambda model: model.__name__)
def test_every_key_of_every_model_is_in_the_guide(model: type[Entry]) -> None:
    assert [key for key in model.model_fields if not re.search(rf"\b{key}\b", GUIDE)] == []


def test_every_file_of_a_pack_and_every_word_to_choose_from_is_explained() -> None:
    for file in (HEAD, *LISTS):
        assert f"`{file}`" in GUIDE
    for word in ("studied", "by-design", "judgement", "unknown", "ruled-out", "set-aside", "needs", "caution"):
        assert f"`{word}`" in GUIDE
    for derived in ("causes", "causes-held", "number-of-bodies", "option.direction"):
        assert f"`{derived}`" in GUIDE


def test_the_switch_that_the_guide_names_stands_as_it_says() -> None:
    head = tomllib.loads((resources.guidance_dir() / HEAD).read_text(encoding="utf-8"))
    named = re.search(r"the switch is `([a-z-]+)`, and it stands at `([a-z-]+)`", GUIDE)
    assert named is not None
    assert head["switches"][named[1]] == named[2]
