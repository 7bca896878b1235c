from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DataFileError
from assistant.library.library import Library, open_library
from assistant.library.points import LearningPoint


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("home"))


def point_with(library: Library, review: str, words: str) -> LearningPoint:
    return next(point for point in library if point.review == review and words in point.text)


@pytest.mark.parametrize(
    ("review", "words", "term", "explained"),
    [
        (
            "baby-e",
            "The use of Common Assessment Framework (CAF)¹",
            "CAF",
            "is a national standard for assessing needs",
        ),
        ("child-k", "In this case no CAF was initiated", "CAF", "provides a framework for sharing information"),
        ("child-h", "Good multi-agency practice guidance", "OSCB", "Oxfordshire Safeguarding Children Board"),
        ("child-r", "your LCSS link worker", "LCSS", "Locality and Community Support Service"),
    ],
)
def test_a_short_form_is_explained_in_the_documents_own_words(
    library: Library, review: str, words: str, term: str, explained: str
) -> None:
    found = {explanation.term: explanation.words for explanation in library.explain(point_with(library, review, words))}
    assert explained in found[term]
    assert found[term] in library.reviews[review].text


def test_what_a_document_does_not_explain_stays_unexplained(library: Library) -> None:
    smart = point_with(library, "child-h", "plan actions in a SMART way")
    assert "SMART" not in {explanation.term for explanation in library.explain(smart)}
    mash = point_with(library, "child-k", "reported to MASH")
    assert library.explain(mash) == ()


def test_a_contradiction_is_noted_and_not_corrected(library: Library) -> None:
    point = point_with(library, "child-k", "In December 2017, when Child K was 6 months old")
    assert [note.about for note in library.notes(point)] == ["In December 2017, when Child K was 6 months old"]
    assert "14 months" in library.notes(point)[0].note
    other = point_with(library, "child-k", "No agency completed a genogram")
    assert library.notes(other) == ()


def test_a_note_about_words_that_are_not_there_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "corpus" / "reviews" / "child-n.notes.yaml"
    path.parent.mkdir(parents=True)
    path.write_text('- about: "Child N"\n  note: "fine"\n- about: "words of another review"\n  note: "lost"\n')
    library = open_library(tmp_path)
    with pytest.raises(DataFileError) as caught:
        library.notes(point_with(library, "child-n", "Be curious"))
    assert [problem.line for problem in caught.value.problems] == [3]
