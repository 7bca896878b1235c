from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.library.points import LearningPoint
from assistant.retrieval.filter_choices import Filters
from assistant.retrieval.protocols import Meant, Mention, Professional, Subject, Vectors
from assistant.retrieval.ranking import open_retriever
from tests.retrieval.made_up import FindsNothing, Library, point, retriever_of

POINTS = [
    point("child-a/1", "Fathers were not spoken to and nobody knew where they lived", section="Invisible fathers"),
    point("child-a/2", "Challenge a decision that leaves a child unsafe, and escalate it", audience="practitioner"),
    point("child-a/3", "Make sure that staff can escalate and that managers hear them", audience="manager"),
    point("child-a/4", "The father moved to another town and drank heavily", kind="case-fact"),
    point("child-b/1", "Bruises on non-mobile babies must always be reported", kind="learning-point"),
    point("child-b/2", "The baby was found with bruises after a weekend away", kind="case-fact"),
    point("child-b/3", "Where to read more on bruises", kind="resource"),
    point("child-b/4", "Plans were vague and drifted without dates", kind="learning-point"),
    point("child-c/1", "Neglect was seen one incident after another and never as a whole"),
    point("child-c/2", "The school kept good records and shared them in time", kind="strength"),
]
SHELF = Library(POINTS, published={"child-a": "2016-09-06", "child-b": "2021"})
RETRIEVER = retriever_of(SHELF)


def ids(query: str, filters: Filters | None = None, limit: int = 5) -> list[str]:
    return [hit.id for hit in RETRIEVER.search(query, limit=limit, filters=filters or Filters()).hits]


def test_a_hit_says_which_of_the_users_own_words_brought_it_and_a_negation_is_none_of_them() -> None:
    hit = RETRIEVER.search("His Dad never speaks of fathers who DRINK").hits[0]
    assert hit.matched == ("speaks", "fathers")
    assert hit.why is not None
    assert [share.name for share in hit.why.shares if share.by == "not"] == ["never"]


def test_the_shares_of_a_hit_make_up_its_score() -> None:
    for hit in RETRIEVER.search("bruises on a ten week old baby, and the father drank").hits:
        assert hit.why is not None
        assert sum(share.score for share in hit.why.shares) * hit.why.factor == pytest.approx(hit.score, abs=1e-3)


def test_each_share_points_at_its_words_in_the_query() -> None:
    query = "bruise here, bruises there"
    (share,) = RETRIEVER.search(query).hits[0].why.shares  # type: ignore[union-attr]  # a search always says why
    assert [query[start:end] for start, end in share.spans] == ["bruise", "bruises"]


def test_learning_stands_above_case_facts_and_where_to_read_more() -> None:
    assert ids("bruises") == ["child-b/1", "child-b/3", "child-b/2"]


def test_words_of_a_telling_heading_find_the_points_under_it() -> None:
    assert ids("invisible") == ["child-a/1"]


def test_nothing_bears_when_no_word_is_shared() -> None:
    result = RETRIEVER.search("car park permits")
    assert result.nothing_bears
    assert result.hits == ()


def test_one_common_word_in_a_sentence_about_something_else_does_not_bear() -> None:
    assert ids("where can I leave the good printer paper that came over from accounts last Tuesday") == []


@pytest.mark.parametrize("query", ["", "   ", "?!", "the of and", "\x00\x1b[31m", "\u202e"])
def test_words_that_say_nothing_find_nothing(query: str) -> None:
    assert RETRIEVER.search(query).nothing_bears


def test_silence_is_not_near_anything_in_meaning() -> None:
    retriever = retriever_of(Library([*POINTS, point("child-d/1", "")]), encoder=Letters())
    assert retriever.search("").nothing_bears
    assert retriever.similar_cases("...") == ()


def test_a_negation_alone_finds_nothing() -> None:
    assert RETRIEVER.search("never, not, nobody").nothing_bears


def test_an_empty_library_finds_nothing() -> None:
    assert retriever_of(Library([])).search("bruises").nothing_bears
    assert retriever_of(Library([])).similar_cases("bruises") == ()


def test_the_only_point_of_a_library_is_found() -> None:
    hits = retriever_of(Library(POINTS[:1])).search("fathers").hits
    assert [hit.id for hit in hits] == ["child-a/1"]
    assert hits[0].score > 0


@pytest.mark.parametrize(("limit", "shown"), [(-1, 1), (0, 1), (1, 1), (2, 2), (1000, 3)])
def test_any_limit_is_taken_as_near_as_can_be(limit: int, shown: int) -> None:
    assert len(ids("bruises", limit=limit)) == shown


@settings(deadline=None)
@given(st.text())
def test_any_words_are_answered_in_order_and_the_same_each_time(words: str) -> None:
    query = f"{words} father bruises {words} plans"
    result = RETRIEVER.search(query)
    assert result == RETRIEVER.search(query)
    assert result.nothing_bears == (not result.hits)
    assert all(hit.score > 0 for hit in result.hits)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(reviews=frozenset({"child-b"})), {"child-b"}),
        (Filters(publishers=frozenset({"Board of child-a"})), {"child-a"}),
        (Filters(years=(2020, 2022)), {"child-b"}),
        (Filters(years=(2016, 2016)), {"child-a"}),
        (Filters(years=(1990, 2000)), set()),
    ],
)
def test_filters_leave_only_the_reviews_asked_for(filters: Filters, expected: set[str]) -> None:
    found = ids("father bruises neglect plans escalate school", filters, limit=20)
    assert {name.split("/")[0] for name in found} == expected


def test_filters_of_audience_and_kind_hold_together() -> None:
    query = "escalate, father, bruises"
    assert ids(query, Filters(audiences=frozenset({"manager"}))) == ["child-a/3"]
    assert set(ids(query, Filters(kinds=frozenset({"case-fact"})))) == {"child-a/4", "child-b/2"}
    assert ids(query, Filters(audiences=frozenset({"manager"}), kinds=frozenset({"case-fact"}))) == []


def test_points_for_the_one_who_asks_come_higher_and_none_is_hidden() -> None:
    for_practitioner = RETRIEVER.search("escalate", audience_first="practitioner").hits
    for_manager = RETRIEVER.search("escalate", audience_first="manager").hits
    assert [hit.id for hit in for_practitioner] == ["child-a/2", "child-a/3"]
    assert [hit.id for hit in for_manager] == ["child-a/3", "child-a/2"]


def test_the_same_words_in_several_reviews_are_one_hit_that_names_the_others() -> None:
    text = (
        "Do not take a parent's own account as fact: check it with the social worker, the school or the health visitor"
    )
    library = Library([
        *POINTS,
        point("child-d/1", text, also_in=("child-f/1",)),
        point("child-e/1", text.replace("Do not", "Never")),
    ])  # fmt: skip
    hits = retriever_of(library).search("check the account of the parent with school").hits
    assert [(hit.id, hit.also_in) for hit in hits if hit.review in {"child-d", "child-e"}] == [
        ("child-d/1", ("child-e/1", "child-f/1"))
    ]


def test_a_part_of_a_point_already_shown_is_not_shown_again() -> None:
    library = Library([
        *POINTS,
        point("child-d/1", "Consultants were not told. Were consultants rung?"),
        point("child-d/2", "Were consultants rung?", kind="question"),
    ])  # fmt: skip
    hits = retriever_of(library).search("consultants told or rung").hits
    assert [(hit.id, hit.also_in) for hit in hits] == [("child-d/1", ())]


def test_points_that_teach_alike_in_other_words_are_each_shown() -> None:
    library = Library([
        *POINTS,
        point("child-d/1", "Check a parent's account with others", also_in=("child-e/1",)),
        point("child-e/1", "What a parent says is checked against records", also_in=("child-d/1",)),
    ])  # fmt: skip
    found = [hit.id for hit in retriever_of(library).search("check what the parent says").hits]
    assert {"child-d/1", "child-e/1"} <= set(found)


def test_a_long_answer_is_answered_across_what_it_says() -> None:
    fathers = [point(f"child-f/{n}", f"Fathers and where they lived, note {n}", section="Men") for n in range(8)]
    retriever = retriever_of(Library([*POINTS, *fathers]))
    answer = (
        "We have talked about the father a great deal this month and where he lived, and the father says the fathers"
        " of his friends lived close by as well. "
        "There were bruises on the baby and nobody reported them. "
        "The plans were vague and had no dates. "
        "School told us they kept records and shared them in good time. "
    )
    found = [hit.id for hit in retriever.search(answer).hits]
    assert {"child-b/1", "child-b/4", "child-c/2"} <= set(found)
    assert any("father" in point_.text.lower() for point_ in retriever_points(found, [*POINTS, *fathers]))


def retriever_points(found: Sequence[str], points: Sequence[LearningPoint]) -> list[LearningPoint]:
    return [point_ for point_ in points if point_.id in found]


def test_spans_in_a_long_answer_are_those_of_the_whole_answer() -> None:
    answer = "It was a long week. " * 10 + "There were bruises on the baby. " + "And so it went on. " * 10
    for hit in RETRIEVER.search(answer).hits:
        for share in hit.why.shares if hit.why else ():
            assert {answer[start:end].lower() for start, end in share.spans} <= {"bruises", "baby"}


def test_reviews_are_ranked_by_how_alike_their_cases_are() -> None:
    cases = RETRIEVER.similar_cases("a baby with bruises found at the weekend, father drank")
    assert [case.review for case in cases] == ["child-b", "child-a"]
    assert [fact.id for fact in cases[0].facts] == ["child-b/2"]


def test_no_case_is_alike_when_only_learning_shares_the_words() -> None:
    assert RETRIEVER.similar_cases("vague plans that drifted") == ()


class Reader:
    """Knows one concept, by one everyday word that no point has."""

    checksum = "reader"
    finder = FindsNothing()

    def of_points(
        self,
        texts: Sequence[str],
        headings: Sequence[str],
        vectors: Vectors | None,
    ) -> list[dict[str, float]]:
        return [{"fathers": 1.0} if "father" in text.lower() else {} for text in texts]

    def professional(self, mentions: Sequence[Mention]) -> Professional:
        return Professional({"town": 1.0}, None)

    def subjects(self, texts: Sequence[str], vectors: Vectors | None) -> list[tuple[Subject, ...]]:
        return [() for _ in texts]

    def of_query(
        self, text: str, vectors: Vectors | None, held: Collection[str], *, parts: Sequence[str] = ()
    ) -> Meant:
        at = text.find("dad")
        mentions = (Mention("fathers", 1.0, ((at, at + 3),)),) if at >= 0 else ()
        return Meant(mentions, (Subject("fathers", 0.9),), words=len(text.split()))


def test_a_shared_concept_brings_a_point_and_is_named() -> None:
    retriever = retriever_of(SHELF, concepts=Reader())
    hits = retriever.search("who is dad").hits
    assert [hit.id for hit in hits] == ["child-a/1", "child-a/4"]
    assert hits[0].concepts == ("fathers",)
    assert hits[0].weak is False


def test_how_reviews_put_it_orders_what_carries_a_concept_and_brings_nothing_else() -> None:
    moved = point("child-a/5", "Fathers who moved to another town were not spoken to")
    seen = point("child-a/6", "Fathers who were seen now and then were not spoken to")
    elsewhere = point("child-a/7", "The town has a library")
    retriever = retriever_of(Library([*POINTS, elsewhere, seen, moved]), concepts=Reader())
    hits = retriever.search("who is dad").hits
    assert hits[0].id == "child-a/5"
    assert "child-a/7" not in {hit.id for hit in hits}
    assert hits[0].why is not None
    assert [share.by for share in hits[0].why.shares if share.score > 0] == ["concept", "put"]
    assert sum(share.score for share in hits[0].why.shares) * hits[0].why.factor == pytest.approx(
        hits[0].score, abs=1e-3
    )


def test_a_search_offers_what_the_words_may_be_about_and_the_library_holds() -> None:
    (offered,) = retriever_of(SHELF, concepts=Reader()).search("who is dad").subjects
    assert (offered.id, offered.points) == ("fathers", 2)


def test_a_subject_that_is_chosen_stands_for_all_that_the_words_may_mean() -> None:
    retriever = retriever_of(SHELF, concepts=Reader())
    assert "child-a/1" not in {hit.id for hit in retriever.search("vague plans").hits}
    assert "child-a/1" in {hit.id for hit in retriever.search("vague plans", about="fathers").hits}


def test_furniture_stands_below_learning_and_a_gap_a_little_above_praise() -> None:
    furniture = point("child-d/1", "Inspectors met leaders to hear how often homes are visited")
    praise = point("child-d/2", "Good visits to homes are timely and effective for children")
    gap = point("child-d/3", "Late visits to homes are missed and delayed for children")
    retriever = retriever_of(Library([*POINTS, furniture, praise, gap]), concepts=Reader())
    hits = retriever.search("visits to homes").hits
    assert [hit.id for hit in hits] == ["child-d/3", "child-d/2", "child-d/1"]
    assert [hit.polarity for hit in hits[:2]] == ["gap", "strength"]


def test_a_filter_by_concepts_leaves_points_that_carry_one() -> None:
    retriever = retriever_of(SHELF, concepts=Reader())
    hits = retriever.search("drank, bruises", filters=Filters(concepts=frozenset({"fathers", "unheard-of"}))).hits
    assert [hit.id for hit in hits] == ["child-a/4"]


class Letters:
    """An encoder for which texts are alike when they begin with the same letter."""

    checksum = "letters"

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        rows = np.zeros((len(texts), 30), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row, ord(text[0].lower()) % 30 if text else 0] = 1
        return rows

    def encode_both(self, texts: Sequence[str], also: Sequence[str] = ()) -> tuple[Vectors, Vectors]:
        vectors = self.encode([*texts, *also])
        return vectors, vectors[: len(texts)]

    def is_outside(self, vector: Vectors, adapted: Vectors) -> bool:
        return False


def test_meaning_alone_can_bring_a_point() -> None:
    hits = retriever_of(SHELF, encoder=Letters()).search("xylophone").hits
    assert hits == ()
    (hit, *_) = retriever_of(SHELF, encoder=Letters()).search("nxt").hits
    assert hit.id == "child-c/1"
    assert hit.meaning == pytest.approx(1)
    assert hit.matched == ()


def test_the_more_a_library_holds_the_more_meaning_counts_up_to_twice() -> None:
    def counted(size: int) -> float:
        others = [point(f"child-z/{number}", f"Zebra crossing number {number}") for number in range(size)]
        (hit, *_) = retriever_of(Library([*POINTS, *others]), encoder=Letters()).search("nxt").hits
        assert hit.why is not None and hit.meaning
        (share,) = (share for share in hit.why.shares if share.by == "meaning")
        assert share.score * hit.why.factor == pytest.approx(hit.score, abs=1e-3)
        return share.score / hit.meaning

    few, some, many = counted(4), counted(1200), counted(9000)
    assert few == counted(300) < some < many == pytest.approx(2 * few)


def test_an_index_is_kept_and_opened_again(tmp_path: Path) -> None:
    encoder = Letters()
    seen: list[tuple[str, int, int]] = []

    def report(what: str, done: int, total: int) -> None:
        seen.append((what, done, total))

    first = open_retriever(SHELF, tmp_path, encoder=encoder, progress=report)
    assert first.notice is None
    assert seen[-1][1:] == (len(POINTS), len(POINTS))
    seen.clear()
    again = open_retriever(SHELF, tmp_path, encoder=encoder, progress=report)
    assert again.notice is None
    assert seen == []
    assert encoder.encoded == len(POINTS)
    assert again.search("bruises on babies") == first.search("bruises on babies")


def test_a_review_added_encodes_only_its_own_points(tmp_path: Path) -> None:
    encoder = Letters()
    open_retriever(SHELF, tmp_path, encoder=encoder)
    encoder.encoded = 0
    grown = open_retriever(
        Library([*POINTS, point("child-d/1", "Handovers lost what was known")]), tmp_path, encoder=encoder
    )
    assert encoder.encoded == 1
    assert grown.notice == "The search index was built again, because the library changed."
    assert [hit.id for hit in grown.search("handovers").hits][:1] == ["child-d/1"]


def test_a_damaged_index_is_built_again_and_says_so(tmp_path: Path) -> None:
    open_retriever(SHELF, tmp_path)
    (file,) = (tmp_path / "index").iterdir()
    content = bytearray(file.read_bytes())
    content[-3] ^= 1
    file.write_bytes(content)
    mended = open_retriever(SHELF, tmp_path)
    assert mended.notice == "The search index was built again, because it is damaged."
    assert mended.search("bruises") == RETRIEVER.search("bruises")
    assert open_retriever(SHELF, tmp_path).notice is None


def test_a_folder_that_cannot_be_written_still_searches(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where a folder should be", encoding="utf-8")
    retriever = open_retriever(SHELF, tmp_path)
    assert retriever.notice is not None
    assert "could not be saved" in retriever.notice
    assert not retriever.search("bruises").nothing_bears
