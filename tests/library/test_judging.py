"""What a piece of a document is where no heading says it in known words, and what stands around the learning."""

from __future__ import annotations

import pytest

from assistant.library.heading_words import names_the_subject, promised
from assistant.library.parsing import Parsed, parse
from assistant.library.sections import section_of
from assistant.library.sentence_cues import introduces_the_case, praises


def read(text: str, title: str = "Learning from Child Wren") -> Parsed:
    return parse(f"# {title}\n\n{text}", review="r", title=title)


def kinds(text: str) -> dict[str, str]:
    return {point.text: point.kind for point in read(text).points}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What has happened?", "case-fact"),
        ("Summary of events", "case-fact"),
        ("Who are Family P?", "case-fact"),
        ("What was missed", "finding"),
        ("What the review taught us", "finding"),
        ("What should I look out for?", "finding"),
        ("What is working", "strength"),
        ("What is not working", "finding"),
        ("What good supervision looks like", "learning-point"),
        ("What should I do?", "learning-point"),
        ("Practice pointers", "learning-point"),
        ("Over to you", "question"),
        ("Housekeeping", "standing"),
        ("Attendance is a safeguarding matter", None),
        ("Balancing choice and safety", None),
        ("Who asked?", None),
    ],
)
def test_the_shape_of_a_heading_promises_what_stands_under_it(heading: str, kind: str | None) -> None:
    assert promised(heading) == kind


def test_a_heading_that_is_the_childs_name_heads_the_case() -> None:
    assert names_the_subject("Saffron and her family", "Learning Briefing: Child Saffron")
    assert not names_the_subject("Saffron and housing", "Learning Briefing: Child Saffron")
    assert not names_the_subject("The family", "Learning Briefing: Child Saffron")


def test_a_section_opens_with_who_the_child_is_and_goes_on_until_others_work_is_told() -> None:
    found = kinds(
        "## Moving house\n\nWren was seven and lived with her grandmother. The mother had gone to prison in May. "
        "No agency recorded where the child slept."
    )
    assert list(found.values()) == ["case-fact", "case-fact", "finding"]


def test_counts_of_days_and_of_counties_introduce_nobody() -> None:
    assert not introduces_the_case("Interviews were carried out by a stranger and on average nine days later.")
    assert not introduces_the_case("Surrey is one of the largest counties in the country.")


def test_praise_is_a_strength_only_where_nothing_is_held_against_it() -> None:
    assert praises("Child protection conferences are well chaired.")
    assert not praises("Conferences are well chaired but plans are vague.")
    assert not praises("Plans are not effective.")


def test_the_learning_of_a_plan_is_what_was_found_and_its_actions_are_what_to_do() -> None:
    found = kinds(
        "| Learning | Action required | Responsible |\n|---|---|---|\n"
        "| Worries of relatives were logged as family disputes. | Treat them as a referral of its own. | MASH |"
    )
    assert list(found.values()) == ["finding", "learning-point"]


def test_a_list_whose_items_begin_with_what_to_do_tells_its_reader() -> None:
    found = kinds(
        "## After a worry\n\n- Check with the person he is said to be with\n- Bring the chronology\n- Write it up"
    )
    assert set(found.values()) == {"learning-point"}


@pytest.mark.parametrize(
    "line",
    [
        "Members present: Designated Nurse, Head of Safeguarding, Principal Social Worker",
        "Notes of the meeting of 16 January 2024",
        "Practitioner forum",
    ],
)
def test_what_fills_in_the_head_of_a_document_is_no_learning(line: str) -> None:
    found = read(f"{line}\n\n## What we found\n\nNobody asked the child where she slept.")
    assert [point.text for point in found.points] == ["Nobody asked the child where she slept."]


@pytest.mark.parametrize(
    "line",
    [
        "Safer recruitment – 22 November, 9.30am, Shire Hall",
        "I am delighted that over two hundred of you joined us.",
        "If anyone would like to talk about this, my door is always open.",
        "Westmoor Safeguarding Partnership | Learning from Child Wren",
        "Westmoor Learning Briefing – Page 1",
    ],
)
def test_what_is_said_in_passing_or_stands_at_an_edge_is_no_learning(line: str) -> None:
    found = read(f"## What we found\n\nNobody asked the child where she slept.\n\n{line}")
    assert [point.text for point in found.points] == ["Nobody asked the child where she slept."]


def test_a_part_of_a_newsletter_that_is_about_nothing_of_the_work_is_left_out() -> None:
    found = read(
        "## What we found\n\nNobody asked the child where she slept.\n\n"
        "## This month\n\nLou has two dogs and likes to swim."
    )
    assert [point.text for point in found.points] == ["Nobody asked the child where she slept."]


@pytest.mark.parametrize(
    "heading",
    [
        "How we worked",
        "Courses and events",
        "Getting in touch",
        "By the end of the session you will",
        "What was audited",
    ],
)
def test_what_heads_how_it_was_made_or_whats_on_heads_no_learning(heading: str) -> None:
    assert section_of(heading).standing


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("From the audit team", None),
        ("The seven children", "case-fact"),
        ("Three questions for each team", "question"),
        ("Key events", "case-fact"),
        ("Minute 3: Our case", "case-fact"),
        ("Three: what helped", "strength"),
        ("Two: what went on", "case-fact"),
    ],
)
def test_a_number_or_a_team_in_a_heading_leaves_what_it_heads(heading: str, kind: str | None) -> None:
    section = section_of(heading)
    assert (section.kind, section.standing) == (kind, False)


def test_a_row_that_numbers_on_heads_what_stands_under_it_in_a_table_of_boxes() -> None:
    boxes = (
        "| 1. What happened | 2. Why it matters |\n| -- | -- |\n"
        "| The family moved away in May, and the twins were seen by nobody. | Babies who move are missed by all. |\n"
        "| 3. What we learnt | 4. What staff must do |\n"
        "| The policy was on a page which no one in the service could find. | Refer each bruise on the same day. |\n"
    )
    found = kinds(boxes)
    assert found["Refer each bruise on the same day."] == "learning-point"
    assert found["The policy was on a page which no one in the service could find."] == "finding"
    assert found["The family moved away in May, and the twins were seen by nobody."] == "case-fact"
    assert not any(text.startswith("4.") for text in found)


def test_a_child_of_so_many_years_introduces_the_case() -> None:
    assert introduces_the_case("A boy of fourteen had been stabbed and would not speak.")
    assert not introduces_the_case("A family of four agencies was asked to the meeting.")


def test_what_heads_a_column_holds_whatever_heads_its_table() -> None:
    found = kinds(
        "## Scope\n\nSix babies were looked at.\n\n| Agency | Strengths | Areas for development |\n| -- | -- | -- |\n"
        "| Maternity | Midwives came to each of the meetings. | Fathers were blank in five of the records. |\n"
        "| Police | Checks were quick and were shared at once. | Officers were not told of the plan for birth. |\n"
    )
    assert "Six babies were looked at." not in found
    assert found["Midwives came to each of the meetings."] == "strength"
    assert "Fathers were blank in five of the records." in found


def test_under_a_numbered_learning_point_what_tells_what_was_is_a_finding() -> None:
    found = kinds(
        "## Learning point 1: Medicines at home\n\nThe box was asked about at the first visit and never again.\n\n"
        "Ask to see where medicine is kept at each visit.\n"
    )
    assert list(found.values()) == ["finding", "learning-point"]
