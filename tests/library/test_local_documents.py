from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assistant.library.glossary import explanations, glossary
from assistant.library.metadata import describe
from assistant.library.parsing import Parsed, parse
from assistant.library.read_file import read_file
from tests.library.documents import FINDINGS, W

EMAIL = """From: Safeguarding Business Unit
To: All team managers
Sent: 14 May 2022 09:12
Subject: FW: Learning about children not seen

Dear colleagues,

Thank you to everyone who came to the event. I promised the main points while we
wait for the report, which will be published in the autumn.

WHAT WE ARE ASKING OF YOU

* Use "was not brought" in every record from today.

Managers - please look at every child on your list who has not been seen.

A QUESTION TO TALK ABOUT IN YOUR TEAM MEETING

Who on your caseload is invisible to everyone but you?

If you want to talk any of this through please call me on 01632 960 222.

With best wishes,

Business Manager
Elmshire Safeguarding Children Partnership

This email and any attachments are confidential.
"""


def read(text: str, title: str = "Review") -> Parsed:
    return parse(text, review="r", title=title)


def kinds(parsed: Parsed) -> list[tuple[str, str]]:
    return [(point.kind, " ".join(point.text.split())) for point in parsed.points]


def test_a_note_sent_by_email_is_read_without_its_head_its_manners_and_its_end() -> None:
    parsed = read(EMAIL.replace("* ", "- "))
    assert kinds(parsed) == [
        ("learning-point", 'Use "was not brought" in every record from today.'),
        ("learning-point", "Managers - please look at every child on your list who has not been seen."),
        ("question", "Who on your caseload is invisible to everyone but you?"),
    ]
    assert [point.audience for point in parsed.points] == ["everyone", "manager", "everyone"]
    described = describe(EMAIL, named=None, file_stem="x")
    assert (described.title, described.published) == ("Learning about children not seen", "2022-05-14")
    assert described.publisher == "Elmshire Safeguarding Children Partnership"


def test_the_lines_of_a_cover_are_no_learning_and_no_headings() -> None:
    parsed = read(
        "# Learning Summary – Child T\n\nWestmarch Safeguarding Children Partnership | Issue 14 | Spring 2023\n\n"
        "Author: Partnership Business Unit\n\nIndependent Lead Reviewers: A and B\n\nVersion 2.1\n\n"
        f"{FINDINGS[0]}\n\nWestmarch Safeguarding Children Partnership heard from families",
        "Learning Summary – Child T",
    )
    assert [words for _, words in kinds(parsed)] == [
        FINDINGS[0],
        "Westmarch Safeguarding Children Partnership heard from families",
    ]
    assert {left.reason for left in parsed.left_out} == {"who made the document, and when"}


def test_a_document_that_ends_with_whose_it_is_says_its_publisher_and_nothing_more() -> None:
    text = (
        "# 7 Minute Briefing: Child M\n\n## 1. What is a 7 minute briefing?\n\nA way of learning from practice.\n\n"
        f"## 2. What we found\n\n{FINDINGS[0]}\n\nNorthvale Safeguarding Partnership, March 2024\n"
    )
    assert kinds(read(text, "7 Minute Briefing: Child M")) == [("finding", FINDINGS[0])]
    assert describe(text, named=None, file_stem="x").publisher == "Northvale Safeguarding Partnership"


def test_a_theme_in_a_tables_first_column_is_the_section_of_its_row() -> None:
    parsed = read(
        "## Analysis\n\n| Theme | What went well | What could be better |\n| -- | -- | -- |\n"
        "| Voice of the child | The paramedic spoke to her alone. | Her views were not sought. |\n"
        "| Transitions | None identified | School did not know. |\n\nThe panel heard from the family twice.\n"
    )
    assert [(point.path, point.kind) for point in parsed.points] == [
        (("Analysis", "Voice of the child"), "strength"),
        (("Analysis", "Voice of the child"), "finding"),
        (("Analysis", "Transitions"), "finding"),
        (("Analysis",), "finding"),
    ]


def test_the_evidence_of_a_plan_is_left_out_and_that_of_a_finding_is_not() -> None:
    plan = (
        "| Recommendation | Lead agency | By when | Evidence |\n| -- | -- | -- | -- |\n"
        "| Record the names of all children | Trust | May 2024 | Audit of thirty records each year |\n"
    )
    assert kinds(read(plan)) == [("learning-point", "Record the names of all children")]
    finding = (
        "| Finding | Evidence | Learning |\n| -- | -- | -- |\n"
        "| Nobody asked the father | He was named in no record | Write down who is there |\n"
    )
    assert [words for _, words in kinds(read(finding))] == [
        "Nobody asked the father",
        "He was named in no record",
        "Write down who is there",
    ]


def test_a_finding_said_in_a_long_bold_heading_is_a_point_with_its_parts_and_questions_under_it() -> None:
    long = (
        "Finding 1. Is there a pattern of professionals adapting to what parents find hard by lowering what they"
        " expect for the children?"
    )
    parsed = read(
        f"**4. The findings**\n\n**{long}**\n\n**How did the issue manifest in this case?**\n\n{FINDINGS[0]}\n\n"
        f"**Why does it matter?**\n\n{FINDINGS[1]}\n\n**Questions for the Board**\n\n- Was the Board aware of this?\n\n"
        f"**Finding 2. Plans have no point at which anybody would notice that they drift**\n\n{FINDINGS[2]}\n"
    )
    first, _, _, question, second, _ = parsed.points
    assert (first.kind, first.text) == ("finding", f"**{long}**")
    assert (question.under, question.audience) == (first.id, "system")
    assert first.questions == ("Was the Board aware of this?",)
    assert (second.kind, second.path[0]) == ("finding", "4. The findings")
    assert {point.path for point in parsed.points[:4]} == {("4. The findings", long)}


def test_the_number_of_a_finding_ends_no_sentence() -> None:
    text = f"Finding 3. {FINDINGS[1]} Nobody knew."
    assert [words for _, words in kinds(read(text))] == [f"Finding 3. {FINDINGS[1]}", "Nobody knew."]


@pytest.mark.parametrize(
    ("heading", "kind", "audience"),
    [
        ("What you can do", "learning-point", "everyone"),
        ("What to do", "learning-point", "everyone"),
        ("What does good look like?", "learning-point", "everyone"),
        ("For managers", "learning-point", "manager"),
        ("The children’s story", "case-fact", "everyone"),
        ("2. Succinct summary of the case", "case-fact", "everyone"),
        ("Brief summary of the incident", "case-fact", "everyone"),
        ("Context", "case-fact", "everyone"),
        ("2. The case", "case-fact", "everyone"),
        ("6. Tools", "resource", "everyone"),
        ("Find out more", "resource", "everyone"),
        ("Appendix 2: Recommendations", "learning-point", "everyone"),
        ("What good practice did we find?", "strength", "everyone"),
        ("Summary of what was good", "strength", "everyone"),
        ("What good practice looks like", "learning-point", "everyone"),
        ("What else did we find?", "finding", "everyone"),
        ("Analysis and learning", "finding", "everyone"),
        ("Practice and organisational learning", "learning-point", "everyone"),
        ("Managers can help by", "learning-point", "manager"),
        ("How to be curious", "learning-point", "everyone"),
        ("Improving systems and practice", "learning-point", "everyone"),
        ("Brief outline of circumstances resulting in the review", "case-fact", "everyone"),
        ("Who was Margaret?", "case-fact", "everyone"),
        ("2022 – Northmoor – Baby Q", "case-fact", "everyone"),
        ("Professional curiosity: questions to ask", "finding", "everyone"),
        ("Places and spaces: highly effective practice", "strength", "everyone"),
        ("3 Areas of strength", "strength", "everyone"),
        ("2.1 Theme one: transitions", "finding", "everyone"),
        ("The young people’s experience", "case-fact", "everyone"),
        ("Joan’s story", "case-fact", "everyone"),
        ("Want to know more?", "resource", "everyone"),
    ],
)
def test_a_heading_says_what_stands_under_it(heading: str, kind: str, audience: str) -> None:
    (point,) = read(f"## {heading}\n\nThe nursery wrote the words of the child down.\n").points
    assert (point.kind, point.audience) == (kind, audience)


@pytest.mark.parametrize(
    "text",
    [
        "Seven minute briefings are based on a technique of the FBI. They take seven minutes to read.",
        "A Rapid Review was held in February 2024. This summary is for all practitioners.",
        "The following recommendations were accepted on 20 July. Each is intended to be SMART.",
        "The review used the Learning Together model (SCIE).",
        "1.1 Why this case was chosen to be reviewed: the Chair decided that the criteria were met.",
        "Was this page helpful? Yes No",
        "Progress will be monitored quarterly.",
        "This inspection focused on the response to unborn children.",
        "We anticipate that these JTAIs will identify learning for all agencies.",
        "The inspectors were Ann Example and Bo Example, two of Her Majesty’s inspectors.",
        "Inspectors met with care leavers, personal advisers, managers and leaders.",
        "The purpose of a Rapid Review is to find what can be learned at once.",
        "I make the following statement that I have not been concerned with the family.",
        "Welcome to the spring issue of our newsletter.",
        "This thematic review looks at the lives of five young people.",
        "Further copies of this brief can be had from the office.",
        "The Northmoor Safeguarding Board has accepted the findings of the review.",
        "Our briefing series has been produced to share what reviews have found.",
        "What was learned was alike in both and will be addressed together within this briefing.",
        "Version: 1 Published: November 2025 Review due: November 2028",
        "- Review of Clare (2023)\n- Thematic Safeguarding Adults Review (2021)",
    ],
)
def test_what_a_document_says_of_itself_and_its_making_is_no_learning(text: str) -> None:
    assert kinds(read(f"## Domestic abuse\n\n{text}\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The child in need review was held without the father.",
        "The plan for the child will be monitored by nobody unless it names somebody.",
        "The review was held in his absence.",
        "Inspectors met with five young people, all of whom spoke well of their worker.",
        "Inspectors were made aware of a bid for more nurses.",
        "This guide was known to nobody on the ward.",
    ],
)
def test_what_only_sounds_like_a_document_on_itself_is_kept(text: str) -> None:
    assert [words for _, words in kinds(read(f"## Drift\n\n{text}\n"))] == [text]


def test_what_a_sentence_tells_its_reader_to_do_is_a_learning_point_and_a_quoted_question_is_none() -> None:
    text = (
        '## Professional curiosity\n\nAsk open questions. "Who helps you?" tells you more than "Are you managing?"\n\n'
        "Don’t accept the first explanation. Check it with someone else.\n"
    )
    assert kinds(read(text)) == [
        ("learning-point", "Ask open questions."),
        ("finding", '"Who helps you?" tells you more than "Are you managing?"'),
        ("learning-point", "Don’t accept the first explanation. Check it with someone else."),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "audience"),
    [
        ("When a family moves in, managers should ask for the records.", "learning-point", "manager"),
        ("Leaders of the partnership need to agree one form.", "learning-point", "manager"),
        ("The Board to ask each agency how it finds old records.", "learning-point", "system"),
        ("If you are a supervisor, ask who sleeps in the home.", "learning-point", "manager"),
        ("Recommendation 2: All agencies should remind their staff.", "learning-point", "inter-agency"),
        ("Midwives are to be told what was learned.", "learning-point", "everyone"),
        ("Plans need to say who does what.", "learning-point", "everyone"),
        ("Any bruise on a baby must be referred at once.", "learning-point", "everyone"),
        ("More work is required to hear from fathers.", "learning-point", "everyone"),
        ("Book an interpreter for the whole assessment.", "learning-point", "everyone"),
        ("Look beyond the first explanation and say so.", "learning-point", "everyone"),
        ("Much more work is needed to hear from fathers.", "learning-point", "everyone"),
        ("Support for children has not been there in the evenings.", "finding", "everyone"),
        ("Contact with the father was rare and was not recorded.", "finding", "everyone"),
        ("The baby should have been seen on the same day.", "finding", "everyone"),
        ("Children need to tell their stories again and again.", "finding", "everyone"),
        ("Leaders across the county have seen the need to agree one form.", "finding", "everyone"),
        ("Failure of agencies to share what they knew left him alone.", "finding", "everyone"),
    ],
)
def test_what_should_be_done_is_known_by_its_sentence_and_by_whom(text: str, kind: str, audience: str) -> None:
    (point,) = read(f"## Fathers\n\n{text}\n").points
    assert (point.kind, point.audience) == (kind, audience)


def test_a_list_opened_by_one_word_is_kept() -> None:
    text = "## Fathers\n\nEspecially:\n\n- ask each father what he needs and who helps him\n"
    assert [words for _, words in kinds(read(text))] == ["ask each father what he needs and who helps him"]


def test_under_a_heading_that_says_finding_only_what_somebody_must_do_is_none() -> None:
    text = "## Key findings\n\n- Every plan should name the father.\n- Staff should ask for his name.\n"
    assert [kind for kind, _ in kinds(read(text))] == ["finding", "learning-point"]


def test_under_a_theme_among_learning_themes_stands_what_was_found() -> None:
    text = (
        f"## Key learning themes\n\n### Theme 1. Cold homes\n\n{FINDINGS[0]}\n\nCold must be acted on the same day.\n"
    )
    assert [kind for kind, _ in kinds(read(text))] == ["finding", "learning-point"]


def test_the_parts_of_a_heading_that_only_tells_the_kind_are_all_of_it() -> None:
    text = f"**Learning identified**\n\n**Exclusion**\n\n{FINDINGS[0]}\n\n**Missing from home**\n\n{FINDINGS[1]}\n"
    assert [kind for kind, _ in kinds(read(text))] == ["learning-point", "learning-point"]


def test_the_title_is_not_merely_the_kind_of_document() -> None:
    text = "# Practice Learning Brief\n\n## Local Child Safeguarding Practice Review: Jamie\n\n## Findings\n\nWords."
    assert describe(text, named=None, file_stem="x").title == "Local Child Safeguarding Practice Review: Jamie"
    assert describe("# Practice Learning Brief\n\n## Fathers\n\nWords.", named=None, file_stem="x").title == (
        "Practice Learning Brief"
    )
    assert (
        describe("# Top tips: curiosity\n\n## Tips\n\nWords.", named=None, file_stem="x").title == "Top tips: curiosity"
    )
    bare = "Northmoor Safeguarding Children Partnership\n\nChild W, a briefing\n\nWords that follow it here."
    assert describe(bare, named=None, file_stem="x").title == "Child W, a briefing"


def test_a_short_form_is_explained_wherever_the_document_spells_it_out() -> None:
    text = (
        "A child in need (CIN) plan was made. Visits were recorded as “DNA” (did not attend). MARAC and (ABC) met.\n\n"
        "- MARAC – Multi-Agency Risk Assessment Conference\n\n| SCIE | Social Care Institute for Excellence |\n"
    )
    words = {each.term: each.words for each in explanations("CIN, DNA, MARAC, SCIE, ABC", glossary(text))}
    assert words == {
        "CIN": "child in need",
        "DNA": "did not attend",
        "MARAC": "Multi-Agency Risk Assessment Conference",
        "SCIE": "Social Care Institute for Excellence",
    }
    assert all(each in text for each in words.values())


def test_a_telephone_number_in_brackets_is_named_without_them() -> None:
    (point,) = read("The duty team answers (out of hours 01632 960 999) at any time.\n").points
    assert point.resources == ("01632 960 999",)


def test_a_hidden_row_of_a_word_table_is_left_aside_and_said_to_be(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    for row, words in zip(table.rows, ("Recommendation", "Shown to all", "Struck out"), strict=True):
        for cell in row.cells:
            cell.text = words
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f'<w:hidden xmlns:w="{W}"/>'))
    document.save(str(tmp_path / "rows.docx"))
    found = read_file(tmp_path / "rows.docx")
    assert "Shown to all" in found.text
    assert "Struck out" not in found.text
    assert [(aside.text, aside.reason) for aside in found.asides] == [
        ("Struck out Struck out Struck out", "hidden in the Word file")
    ]


def test_a_sentence_that_breaks_off_before_a_name_at_a_columns_foot_goes_on_in_the_next(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "columns.pdf"), pagesize=A4)
    columns = {
        60: [
            "Six visits were made in the first two",
            "months and each was recorded as one",
            "of home conditions and of little else.",
            "The nursery wrote down the words of",
            "the boy and told nobody. The nursery’s",
            "manager and its Designated",
        ],
        320: [
            "Safeguarding Lead were on leave.",
            "Nobody had been named to stand in",
            "and so his words went no further than",
            "the page they had been written on.",
            "His key worker was asked about them",
            "for the first time by the reviewer.",
        ],
    }
    for left, lines in columns.items():
        for number, line in enumerate(lines):
            canvas.drawString(left, 700 - 15 * number, line)
    canvas.showPage()
    canvas.save()
    assert "its Designated Safeguarding Lead were on leave." in read_file(tmp_path / "columns.pdf").text
