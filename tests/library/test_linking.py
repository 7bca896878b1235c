"""Links as a library grows: an add costs as its document, and gives what working them all out would."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library import linking
from assistant.library.importing import adding, read_document, remove
from assistant.library.library import open_library
from assistant.library.similar_points import near_points

TEXT = """Learning from the review of Child {name}

Findings

{findings}
"""
OURS = "learning-from-the-review-of-child-"
SHARED = (
    "Nobody made a genogram of the family, so the grandfather who slept there at weekends was in no record.",
    "The escalation policy was known to every manager and used by none of them in the eleven months.",
    "A bruise on a baby who could not roll was put down to a toy, and the paediatrician was not asked.",
)
OWN = (
    "The tenancy officer noticed the empty cupboards and had no number to ring about them.",
    "The dentist wrote to the parents six times and to no other service in those two years.",
    "The swimming club kept a list of who collected which child, and it was never asked for.",
)


def review(folder: Path, name: str, *findings: str) -> Path:
    file = folder / f"{name}.txt"
    file.write_text(TEXT.format(name=name, findings="\n\n".join(findings)), encoding="utf-8")
    return file


def add(home: Path, *files: Path) -> None:
    with adding(home) as session:
        for file in files:
            session.keep(read_document(file))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def linked(home: Path) -> dict[str, set[str]]:
    return {point.id: set(point.also_in) for point in open_library(home) if point.also_in}


def between_own(links: dict[str, set[str]]) -> dict[str, set[str]]:
    """The links between the reviews that were added; a little more or less weight moves a shipped one in or out."""
    own = {name: {other for other in others if OURS in other} for name, others in links.items() if OURS in name}
    return {name: others for name, others in own.items() if others}


def test_only_the_points_of_a_new_review_are_compared(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(home, review(tmp_path, "A", SHARED[0], OWN[0]))
    compared: list[object] = []

    def noted(*arguments: object, of: object = None) -> object:
        compared.append(of)
        return near_points(*arguments, of=of)  # type: ignore[arg-type]

    monkeypatch.setattr(linking, "near_points", noted)
    add(home, review(tmp_path, "B", SHARED[0], OWN[1]))
    assert compared == [{"learning-from-the-review-of-child-b"}]


def test_a_library_added_to_one_by_one_is_linked_as_one_added_at_once(tmp_path: Path, home: Path) -> None:
    files = [
        review(tmp_path, "A", *SHARED[:2], OWN[0]),
        review(tmp_path, "B", *SHARED[1:], OWN[1]),
        review(tmp_path, "C", SHARED[0], SHARED[2], OWN[2]),
    ]
    for file in files:
        add(home, file)
    (tmp_path / "other").mkdir()
    add(tmp_path / "other", *files)
    one_by_one, at_once = linked(home), linked(tmp_path / "other")
    assert between_own(one_by_one) == between_own(at_once)
    assert len(between_own(at_once)) >= len(SHARED)


def test_what_is_taken_out_is_linked_to_no_longer(tmp_path: Path, home: Path) -> None:
    add(home, review(tmp_path, "A", SHARED[0], OWN[0]), review(tmp_path, "B", SHARED[0], OWN[1]))
    name = "learning-from-the-review-of-child-b"
    assert any(other.startswith(name) for others in linked(home).values() for other in others)
    remove(name, home)
    assert not any(other.startswith(name) for others in linked(home).values() for other in others)


def test_links_made_by_another_version_are_worked_out_afresh(tmp_path: Path, home: Path) -> None:
    add(home, review(tmp_path, "A", SHARED[0], OWN[0]))
    state = next((home / "library").glob(".links-*/.made-of"))
    state.write_text("[1]", encoding="utf-8")
    add(home, review(tmp_path, "B", SHARED[0], OWN[1]))
    assert any(name.startswith("learning-from-the-review-of-child-b") for name in linked(home))
