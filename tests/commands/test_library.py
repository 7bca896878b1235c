from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.commands.library import MOST_SECTIONS, library
from assistant.errors import ReflectError
from tests.library import documents
from tests.library.documents import TITLE

OWN = "learning-from-the-review-of-child-v"
POINT_SHAPE = {
    "id", "text", "review", "title", "publisher", "published", "section", "audience", "kind", "lines", "spans",
    "questions", "resources", "also_in",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REFLECT_DATA_DIR", str(tmp_path / "home"))
    return tmp_path / "home"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(library, [str(word) for word in words])


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_show_gives_the_promised_shape_in_document_order() -> None:
    points = lines(run("show", "child-k", "--json"))
    assert all(set(point) >= POINT_SHAPE for point in points)
    assert [point["spans"] for point in points] == sorted(point["spans"] for point in points)
    assert {point["review"] for point in points} == {"child-k"}


def test_show_tells_a_person_the_line_the_links_and_the_editors_note() -> None:
    shown = run("show", "child-k").stdout
    assert "Invisible fathers" in shown
    assert "finding, line 61, child-k/invisible-fathers/1" in shown
    assert "names, as printed in the bulletin (check it is current): genogram" in shown
    assert "Editor's note: The bulletin also says that Child K was born in October 2016" in shown
    assert "also in baby-e/" in shown


def test_show_tells_a_person_whom_a_point_is_for_where_it_is_not_for_everyone() -> None:
    assert "for managers, child-h/learning-points-for-managers/1" in run("show", "child-h").stdout
    assert "for " not in run("show", "child-k").stdout.split("child-k/invisible-fathers/1")[0].splitlines()[-1]


def test_an_unknown_review_is_said_to_be_with_the_nearest_name() -> None:
    error = run("show", "child-kk").exception
    assert isinstance(error, ReflectError)
    assert str(error) == "The library has no review 'child-kk', did you mean 'child-k'?"


def test_without_yes_a_document_is_shown_and_not_kept(tmp_path: Path) -> None:
    result = run("add", documents.word_file(tmp_path / "review.docx"))
    assert result.exit_code == 1
    assert f"\n{TITLE}\n" in result.stdout
    assert "publisher  Northshire Safeguarding Children Partnership" in result.stdout
    assert "6 learning points, 3 findings" in result.stdout
    assert "left out   line 36, who and when, under “Lead agency”: Partnership" in result.stdout
    assert "was not kept; say --yes to keep it" in result.stderr
    assert OWN not in run("list").stdout


def test_of_a_long_report_a_preview_shows_so_many_headings_and_counts_the_rest(tmp_path: Path) -> None:
    shown = run("add", documents.plain_pdf(tmp_path / "report.pdf", pages=60)).stdout
    assert shown.count("\n  section  ") == MOST_SECTIONS + 1
    assert "section    and 21 more" in shown


def test_with_yes_it_is_kept_listed_checked_shown_and_removed(tmp_path: Path) -> None:
    assert run("add", documents.word_file(tmp_path / "review.docx"), "--yes").exit_code == 0
    own = [review for review in lines(run("list", "--json")) if review["own"]]
    assert [(review["id"], review["published"]) for review in own] == [(OWN, "2024-03")]
    assert run("check").stdout == "Every review is as it was kept.\n"
    assert {point["publisher"] for point in lines(run("show", OWN, "--json"))} == {own[0]["publisher"]}
    assert run("remove", OWN, "--yes").exit_code == 0
    assert OWN not in run("list").stdout


@pytest.mark.parametrize("date", ["yesterday", "2024-13", "15/03/2024", ""])
def test_a_date_that_is_none_is_misuse(tmp_path: Path, date: str) -> None:
    result = run("add", documents.word_file(tmp_path / "review.docx"), "--published", date)
    assert result.exit_code == 2
    assert "2024-03-15" in result.stderr


def test_as_json_a_document_is_told_whole_and_kept_only_with_yes(tmp_path: Path) -> None:
    file = documents.word_file(tmp_path / "review.docx")
    (told,) = lines(run("add", file, "--json"))
    assert (told["id"], told["kept"], told["points_by_kind"]["learning-point"]) == (OWN, None, 6)
    assert {"text": "Partnership", "lines": [36, 36], "reason": "who and when, under “Lead agency”"} in told["left_out"]
    assert lines(run("add", file, "--json", "--yes"))[0]["kept"] == OWN
    (again,) = lines(run("add", file, "--json", "--yes"))
    assert (again["same_as"], again["kept"]) == (OWN, None)


def test_a_folder_keeps_what_can_be_read_and_says_what_cannot(tmp_path: Path) -> None:
    folder = tmp_path / "reviews"
    folder.mkdir()
    documents.word_file(folder / "a.docx")
    documents.scanned_pdf(folder / "b.pdf")
    (folder / "c.txt").write_text("Take two eggs.", encoding="utf-8")
    result = run("add", folder, "--yes")
    assert result.exit_code == 1
    assert f"Kept: {OWN}\n" in result.stdout
    assert "“b.pdf” is a scan" in result.stderr
    assert "No learning found in “c.txt”; nothing was kept. Here is what was read: Take two eggs." in result.stderr


def test_an_export_is_added_on_another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", documents.word_file(tmp_path / "review.docx"), "--yes")
    points = run("show", OWN, "--json").stdout
    assert run("export", tmp_path / "library.jsonl").stdout.startswith("1 review written")
    monkeypatch.setenv("REFLECT_DATA_DIR", str(tmp_path / "other"))
    assert run("add", tmp_path / "library.jsonl", "--yes").exit_code == 0
    assert run("show", OWN, "--json").stdout == points


def test_recurring_learning_is_listed_most_reviews_first() -> None:
    counts = [len(group["reviews"]) for group in lines(run("recurring", "--json"))]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 2
    assert "No Names Consultation" in run("recurring").stdout


def test_help_needs_neither_pydantic_nor_a_reader() -> None:
    heavy = "{'pydantic', 'lxml', 'mammoth', 'pypdfium2', 'markdown_it', 'numpy', 'nltk'}"
    probe = f"import assistant.commands.library, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True, env={**os.environ})
    assert done.stdout == "[]\n"
