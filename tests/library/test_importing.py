from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from assistant.errors import ReflectError
from assistant.library import importing, storage
from assistant.library.importing import NoLearningError, check, export, keep, read_document, read_export, remove
from assistant.library.library import open_library
from assistant.resources import shipped
from tests.library import documents
from tests.library.documents import FINDINGS, POINTS, QUESTION, TITLE

BRIEFING = f"""{TITLE}

Findings

{FINDINGS[0]} {FINDINGS[1]}

{FINDINGS[2]}

Learning points for practitioners

- {POINTS[0]}
- {POINTS[1]}
- {POINTS[2]}. {QUESTION}

Practitioners in every agency should read this with their supervision records beside them and the child in mind.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def written(path: Path, text: str = BRIEFING) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_kept_review_stands_beside_the_shipped_ones_with_its_publisher_on_every_point(
    tmp_path: Path, home: Path
) -> None:
    before = open_library(home)
    name = keep(read_document(documents.word_file(tmp_path / "review.docx")), home)
    library = open_library(home)
    assert library.ids == (*before.ids, name)
    assert library.card(name).own
    assert library.reviews[name].publisher == "Northshire Safeguarding Children Partnership"
    assert library.reviews[name].published == "2024-03"
    assert len(library) == len(before) + library.card(name).points
    assert [library.point(at) for at in range(len(before), len(library))] == list(library.points_of(name))
    for point in library.points_of(name):
        source = library.reviews[name].text
        assert point.text == " ".join(source[start:end] for start, end in point.spans)


def test_a_preview_keeps_nothing(tmp_path: Path, home: Path) -> None:
    preview = read_document(written(tmp_path / "briefing.txt"))
    assert preview.points_by_kind == {"finding": 3, "learning-point": 4, "question": 1}
    assert preview.sections == ("Findings", "Learning points for practitioners")
    assert not home.exists()


def test_what_the_user_says_stands_instead_of_what_the_document_does_not(tmp_path: Path, home: Path) -> None:
    preview = read_document(written(tmp_path / "briefing.txt"), publisher="Northshire SCP", licence="OGL v3.0")
    name = keep(preview, home)
    front = open_library(home).card(name).front
    assert (front.title, front.publisher, front.licence) == (TITLE, "Northshire SCP", "OGL v3.0")


def test_a_document_that_is_about_something_else_is_refused_with_what_was_read(tmp_path: Path) -> None:
    with pytest.raises(NoLearningError) as caught:
        read_document(written(tmp_path / "recipe.txt", "Take two eggs.\n\nWhisk until smooth and support the bowl."))
    assert caught.value.read.startswith("Take two eggs.")


def test_a_briefing_whose_title_alone_speaks_of_learning_is_read(tmp_path: Path) -> None:
    preview = read_document(documents.boxed_pdf(tmp_path / "boxes.pdf"))
    assert preview.sections[-2:] == ("6. Learning for managers", "7. Questions")


def test_the_same_document_is_noticed_again(tmp_path: Path, home: Path) -> None:
    keep(read_document(written(tmp_path / "briefing.txt")), home)
    with pytest.raises(ReflectError, match="in your library already, as “learning-from-the-review-of-child-v”"):
        keep(read_document(written(tmp_path / "copy of briefing.txt")), home)


def test_the_same_text_in_another_format_is_noticed(tmp_path: Path, home: Path) -> None:
    keep(read_document(written(tmp_path / "briefing.txt")), home)
    paragraphs = "".join(f"<p>{line.removeprefix('- ')}</p>" for line in BRIEFING.split("\n") if line)
    page = written(tmp_path / "briefing.html", f"<html><body>{paragraphs}</body></html>")
    with pytest.raises(ReflectError, match="in your library already"):
        keep(read_document(page), home)


def test_a_shipped_review_is_known_again(tmp_path: Path, home: Path) -> None:
    text = (shipped("corpus") / "reviews" / "child-n.md").read_text(encoding="utf-8")
    with pytest.raises(ReflectError, match="already, as “child-n”"):
        keep(read_document(written(tmp_path / "n.txt", text.split("---\n", 2)[2])), home)


def test_another_review_with_the_same_title_gets_another_name(tmp_path: Path, home: Path) -> None:
    first = keep(read_document(documents.word_file(tmp_path / "review.docx")), home)
    second = keep(read_document(documents.plain_pdf(tmp_path / "review.pdf", pages=3)), home)
    assert second == f"{first}-2"
    assert all(point.id.startswith(f"{second}/") for point in open_library(home).points_of(second))
    assert check(home) == []


def test_a_removed_review_is_gone_and_the_rest_is_as_before(tmp_path: Path, home: Path) -> None:
    before = open_library(home).checksum
    name = keep(read_document(written(tmp_path / "briefing.txt")), home)
    assert open_library(home).checksum != before
    remove(name, home)
    assert open_library(home).checksum == before


@pytest.mark.parametrize("name", ["child-k", "nothing", "..", ".", "../..", ".links-x", "a/b"])
def test_only_a_review_of_ones_own_can_be_removed(home: Path, name: str) -> None:
    home.joinpath("library").mkdir(parents=True)
    with pytest.raises(ReflectError, match="no review of your own"):
        remove(name, home)
    assert home.joinpath("library").is_dir()


def test_a_change_to_a_kept_text_is_found_by_its_checksum(tmp_path: Path, home: Path) -> None:
    name = keep(read_document(written(tmp_path / "briefing.txt")), home)
    assert check(home) == []
    text = home / "library" / name / "review.md"
    text.write_text(text.read_text(encoding="utf-8").replace("weekends", "weekdays"), encoding="utf-8")
    faults = check(home)
    assert any("its text has been changed" in fault for fault in faults)
    assert any("is not what stands in the text" in fault for fault in faults)


def test_a_damaged_review_is_said_to_be_and_the_others_still_open(tmp_path: Path, home: Path) -> None:
    name = keep(read_document(written(tmp_path / "briefing.txt")), home)
    (home / "library" / name / "manifest.json").write_text("{", encoding="utf-8")
    library = open_library(home)
    assert name not in library.ids
    assert len(library) > 0
    assert [name in sentence for sentence in library.damaged] == [True]
    assert check(home) == list(library.damaged)


def test_what_one_machine_exports_another_adds_with_the_same_points(tmp_path: Path, home: Path) -> None:
    keep(read_document(written(tmp_path / "briefing.txt")), home)
    keep(read_document(documents.plain_pdf(tmp_path / "review.pdf", pages=3)), home)
    file = tmp_path / "library.jsonl"
    assert export(home, file) == 2
    other = tmp_path / "other"
    for preview in read_export(file):
        keep(preview, other)
    assert list(open_library(other)) == list(open_library(home))
    assert check(other) == []


@pytest.mark.parametrize("change", ["text", "count", "shape", "version"])
def test_an_export_that_was_changed_is_refused(tmp_path: Path, home: Path, change: str) -> None:
    keep(read_document(written(tmp_path / "briefing.txt")), home)
    file = tmp_path / "library.jsonl"
    export(home, file)
    head, *points = file.read_text(encoding="utf-8").splitlines()
    data = json.loads(head)
    if change == "text":
        data["text"] = data["text"].replace("weekends", "Saturday")
    elif change == "count":
        data["points"] += 1
    elif change == "version":
        data["reflect_library"] = 99
    else:
        points[0] = "{}"
    file.write_text("\n".join([json.dumps(data), *points]), encoding="utf-8")
    with pytest.raises(ReflectError):
        list(read_export(file))


def test_there_must_be_something_to_export(tmp_path: Path, home: Path) -> None:
    with pytest.raises(ReflectError, match="no review of your own to export"):
        export(home, tmp_path / "library.jsonl")


def test_a_full_disk_leaves_the_library_as_it_was(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = read_document(written(tmp_path / "briefing.txt"))
    before = open_library(home).checksum

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage, "_write", full)
    with pytest.raises(ReflectError, match="disk is full"):
        keep(preview, home)
    assert open_library(home).checksum == before
    assert [left.name for left in (home / "library").iterdir()] == [".lock"]


def test_a_folder_that_cannot_be_written_is_said_to_be(tmp_path: Path) -> None:
    in_the_way = written(tmp_path / "home", "a file where the folder should be")
    preview = read_document(written(tmp_path / "briefing.txt"))
    with pytest.raises(ReflectError, match="cannot be written"):
        keep(preview, in_the_way)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_killed_at_any_step_of_an_add_the_library_is_as_before(tmp_path: Path, home: Path, steps: int) -> None:
    file = written(tmp_path / "briefing.txt")
    script = textwrap.dedent(
        f"""
        import os, signal
        from pathlib import Path
        from assistant.library import storage
        from assistant.library.importing import keep, read_document
        write, left = storage._write, [{steps}]
        def write_and_die(path, content):
            write(path, content)
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
        storage._write = write_and_die
        keep(read_document(Path({str(file)!r})), Path({str(home)!r}))
        """
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, cwd=Path.cwd())
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert open_library(home).ids == open_library(tmp_path / "nowhere").ids
    assert check(home) == []
    keep(read_document(file), home)
    assert list((home / "library").glob(".adding*")) == []


def test_another_who_begins_to_add_does_not_clear_away_what_is_being_added(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = read_document(written(tmp_path / "briefing.txt"))
    others: list[threading.Thread] = []

    def begin() -> None:
        with importing.adding(home):
            pass

    def write_beside_another(path: Path, content: bytes) -> None:
        write(path, content)
        others.append(threading.Thread(target=begin))
        others[-1].start()
        others[-1].join(0.1)  # time enough to do harm, were it not kept waiting

    write = storage._write
    monkeypatch.setattr(storage, "_write", write_beside_another)
    name = keep(preview, home)
    for other in others:
        other.join()
    assert open_library(home).card(name).points == len(preview.points)
    assert check(home) == []


def test_what_another_added_meanwhile_is_known(tmp_path: Path, home: Path) -> None:
    briefing = read_document(written(tmp_path / "briefing.txt"))
    alike = read_document(documents.word_file(tmp_path / "review.docx"))
    with importing.adding(home) as library:
        first = keep(briefing, home)
        with pytest.raises(ReflectError, match=f"in your library already, as “{first}”"):
            library.keep(briefing)
        assert library.keep(alike) == f"{first}-2"


def test_links_between_reviews_are_kept_and_made_again_when_they_are_lost(tmp_path: Path, home: Path) -> None:
    keep(read_document(documents.word_file(tmp_path / "review.docx")), home)
    with_links = list(open_library(home))
    assert any(point.also_in for point in with_links if point.review not in open_library(tmp_path / "none").ids)
    for folder in (home / "library").glob(".links-*"):
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    assert list(open_library(home)) == with_links


@pytest.mark.parametrize("damaged", ["[]", "7", '{"a": 7}', "{", "null"])
def test_links_that_were_damaged_are_as_good_as_none(home: Path, damaged: str) -> None:
    (home / "library").mkdir(parents=True)
    storage.store_links("abc", {"one/section/1": ("other/section/1",)}, home)
    assert storage.read_links("abc", "one", home) == {"one/section/1": ("other/section/1",)}
    (kept,) = (home / "library").glob(".links-*/one.json")
    kept.write_text(damaged, encoding="utf-8")
    assert storage.read_links("abc", "one", home) is None


def test_links_that_cannot_be_written_leave_nothing_behind(home: Path) -> None:
    (home / "library").mkdir(parents=True)
    storage.store_links("abc", {f"{'x' * 300}/section/1": ("other/section/1",)}, home)
    assert list((home / "library").iterdir()) == []


def test_a_folder_is_read_in_the_order_of_names_without_what_cannot_be_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "photo.jpg", ".hidden.txt", "~$open.docx", "below/c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert importing.documents_in(tmp_path) == [tmp_path / "a.md", tmp_path / "b.txt", tmp_path / "below" / "c.pdf"]
