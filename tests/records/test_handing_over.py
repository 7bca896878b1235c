from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import docx
import icalendar
import pypdfium2
import pytest
from docx.oxml.ns import qn

from assistant.conversation import events as e
from assistant.conversation.observed import Danger
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.state import State, replay
from assistant.errors import DataFileError, ReflectError
from assistant.records.actions import Action, agreed_in
from assistant.records.documents import filled
from assistant.records.errors import FileThereError, StoreError
from assistant.records.escalations import raised_in
from assistant.records.exporting import export, file_name
from assistant.records.handover import (
    BEST_FOR,
    FORMATS,
    KINDS,
    DocumentKind,
    Format,
    Handover,
    handover,
    private_lines,
)
from assistant.resources import PACKAGE
from assistant.retrieval.model import Hit
from tests.records.conftest import START, answered, asked, started

NOWHERE = PACKAGE / "no-such-home"
GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "[Child A] # x <b>bold</b> {{ r.case }} {% x %} \u05d0\u05d1\u05d2 😀 \\ &amp;"
HIT = Hit(
    id="child-k/invisible-fathers/2",
    text="Practitioners did **not** always speak to the [fathers](http://x) who were working nights.",
    review="child-k",
    title="Child K",
    publisher="A safeguarding board",
    published="2015",
    section="Invisible fathers",
    audience="everyone",
    kind="finding",
    lines=(61, 62),
    score=7.31,
)
SOURCE = "Child K, A safeguarding board, 2015; “Invisible fathers”, lines 61 to 62"


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return load_prompts(NOWHERE)


def card_shown(question: str = "opening/1", *, doubtful: bool = False) -> e.CardShown:
    title = "A life may be in danger."
    return e.CardShown(
        at=START, question=question, title=title, words="he is not breathing", text=f"{title}\nRing 999.",
        danger=Danger(kind="life-in-danger", confirm=doubtful, spans=((0, 3),)),
    )  # fmt: skip


def held(*, case: str = "Child A", answer: str = "Dad works nights.\nNobody has met him.") -> State:
    shown = e.Beside(
        text=HIT.text, review="child-k", title="Child K", publisher="A safeguarding board", published="2015",
        section="Invisible fathers", lines=(61, 62), point=HIT.id,
    )  # fmt: skip
    said: list[tuple[str, dict[str, object], str]] = [
        ("opening/focus", {"keeps": "focus", "text": "What do you need to think through?"}, answer),
        ("risk/stuck", {"keeps": "escalation", "theme": "risk"}, "The referral was closed without a visit"),
        ("risk/rung", {"keeps": "escalation", "theme": "risk"}, "Line managers"),
        ("risk/by-when", {"keeps": "escalation", "theme": "risk"}, "by 6 March"),
        ("learning/p", {"keeps": "review-status", "theme": "Invisible fathers", "beside": [shown]}, "Partly"),
        ("decision/d", {"keeps": "decision", "theme": "decision", "text": "What was decided?"}, "Visit him at work"),
        ("actions/s", {"keeps": "action", "theme": "actions"}, "Social worker: ring dad by Friday\nSchool will ask"),
        ("to/bring", {"keeps": "to-supervision", "text": "What will you take?"}, "Why I avoid him"),
        ("closing/t", {"keeps": "take-away", "theme": "closing", "text": "What will you take away?"}, "Ask about men"),
    ]
    events: list[e.Event] = [started(case=case)]
    for question, more, words in said:
        events += [asked(question, **more), answered(words, question)]
        if question == "opening/focus":
            events.append(e.Offered(at=START, question=question, hits=(HIT,), because="your words"))
            events.append(card_shown(question))
            events.append(e.CardAnswered(at=START, danger="life-in-danger", answer="done", words="rang at 10"))
    events.append(e.Marked(at=START, hit=HIT.id, mark="useful"))
    events.append(e.NoteWritten(at=START, text="I felt sick\n\nI was frightened of him"))
    return replay([*events, e.Finished(at=START, by="user")])


def handed_over(prompts: Prompts, *, note_lines: tuple[int, ...] = (), **held_with: str) -> Handover:
    state = held(**held_with)
    return handover(
        state,
        prompts,
        actions=agreed_in(state),
        escalation=raised_in(state, prompts.ladder),
        note_lines=note_lines,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_each_document_reads_as_agreed(prompts: Prompts, kind: DocumentKind):
    golden = GOLDEN / f"{kind}.md"
    text = filled(kind, handed_over(prompts), NOWHERE)
    if os.environ.get("ACCEPT_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_each_journey_has_a_document(prompts: Prompts):
    assert set(BEST_FOR) == set(prompts.journeys)


@pytest.mark.parametrize("kind", KINDS)
def test_the_private_note_crosses_in_no_document_unless_its_line_was_chosen(prompts: Prompts, kind: DocumentKind):
    assert "frightened" not in filled(kind, handed_over(prompts), NOWHERE)
    assert private_lines(held()) == ("I felt sick", "I was frightened of him")
    chosen = filled("record", handed_over(prompts, note_lines=(2,)), NOWHERE)
    assert "frightened" in chosen and "sick" not in chosen


@pytest.mark.parametrize("form", FORMATS)
def test_the_private_note_crosses_in_no_format(prompts: Prompts, form: Format, tmp_path: Path):
    path = tmp_path / f"x.{form}"
    export(handed_over(prompts), "record", form, path, home=NOWHERE, made=START)
    assert "frightened" not in text_of(path)


@pytest.mark.parametrize("kind", ["record", "to-supervision", "debrief", "cpd"])
def test_quoted_learning_carries_its_source(prompts: Prompts, kind: DocumentKind):
    assert SOURCE in filled(kind, handed_over(prompts), NOWHERE)


def text_of(path: Path) -> str:
    """What somebody reads who opens the file."""
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        try:
            return "\n".join(str(page.get_textpage().get_text_bounded()) for page in document)
        finally:
            document.close()
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["docx", "html", "md", "json"])
def test_people_s_words_are_words_in_every_format(prompts: Prompts, form: Format, tmp_path: Path):
    path = tmp_path / f"x.{form}"
    export(handed_over(prompts, case="Child [A]", answer=HOSTILE), "record", form, path, home=NOWHERE, made=START)
    text = text_of(path)
    if form == "docx":
        assert HOSTILE in text
    elif form == "html":
        assert "&lt;b&gt;bold&lt;/b&gt;" in text and "[Child A] # x" in text and "&amp;amp;" in text
    elif form == "json":
        assert json.loads(text)["parts"][0]["said"][0]["answer"] == HOSTILE
    else:
        assert r"\[Child A\] # x \<b>bold\</b> {{ r.case }} {% x %}" in text


def test_a_pdf_is_tagged_for_screen_readers_and_holds_the_words(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.pdf"
    export(handed_over(prompts, answer=HOSTILE), "record", "pdf", path, home=NOWHERE, made=START)
    content = path.read_bytes()
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid"):
        assert mark in content, mark
    text = text_of(path)
    assert "[Child A] # x <b>bold</b> {{ r.case }} {% x %}" in text
    assert "Contains information about a child" in text


def test_a_character_that_no_font_here_can_show_is_put_in_words_in_a_pdf(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.pdf"
    unheard = "\U000130b8"  # a hieroglyph
    answer = f"She sent 🚑🚑 and 👨\u200d👩\u200d👧, naïve, {unheard}. الأب يعمل ليلا"
    export(handed_over(prompts, case="👶 A", answer=answer), "record", "pdf", path, home=NOWHERE, made=START)
    text = " ".join(text_of(path).split())
    assert unheard in text or "[egyptian hieroglyph d052]" in text
    assert "🚑🚑" in text or "[ambulance][ambulance] and [man][woman][girl], naïve" in text


def test_a_pdf_that_cannot_be_made_is_one_sentence(prompts: Prompts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "broken.typ"
    broken.write_text("#no-such-thing", encoding="utf-8")
    monkeypatch.setattr("assistant.records.as_pdf._PAGE", broken)
    with pytest.raises(ReflectError, match="nothing is lost, and --format docx"):
        export(handed_over(prompts), "record", "pdf", tmp_path / "x.pdf", home=NOWHERE, made=START)
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_says_that_it_contains_information_about_a_child_as_plain_text_too(
    prompts: Prompts, kind: DocumentKind
):
    assert "This document contains information about a child" in filled(kind, handed_over(prompts), NOWHERE)


def test_what_goes_to_the_regulator_names_the_case_nowhere(prompts: Prompts, tmp_path: Path):
    forms: tuple[Format, ...] = ("html", "md")
    for form in forms:
        path = tmp_path / f"x.{form}"
        export(handed_over(prompts), "cpd", form, path, home=NOWHERE, made=START)
        assert "Child A" not in path.read_text(encoding="utf-8")


def test_a_day_is_not_said_twice(prompts: Prompts):
    state = held()
    action = agreed_in(state)[0].model_copy(update={"text": "School rings by 6 March"})
    assert "rings by 6 March\n" in filled("record", handover(state, prompts, actions=[action]), NOWHERE)
    action = action.model_copy(update={"text": "School rings by 16 March"})
    assert "16 March (by 6 March 2026)" in filled("record", handover(state, prompts, actions=[action]), NOWHERE)


def test_reviews_set_beside_an_answer_are_parted_from_each_other(prompts: Prompts):
    events: list[e.Event] = [started(), asked(), answered("Dad works nights")]
    other = HIT.model_copy(update={"id": "child-k/x/9", "text": "Another point.", "lines": (9, 9)})
    offered = e.Offered(at=START, question="opening/1", hits=(HIT, other), because="your words")
    text = filled("record", handover(replay([*events, offered]), prompts), NOWHERE)
    assert "lines 61 to 62; Child K" in text and "line 9.\n" in text


def test_a_docx_has_real_headings_lists_and_quotations(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.docx"
    export(handed_over(prompts), "record", "docx", path, home=NOWHERE, made=START)
    document = docx.Document(str(path))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet", "Quote", "Normal"} <= styles
    assert document.core_properties.language == "en-GB"
    assert {mark.get(qn("w:val")) for mark in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert document.core_properties.title == "Supervision session: Child A"
    assert document.sections[0].header.paragraphs[0].text == "Contains information about a child"


def test_a_page_can_load_nothing(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.html"
    answer = "<script>alert(1)</script> <img src=x onerror=y> javascript:alert(1)"
    export(handed_over(prompts, answer=answer), "record", "html", path, home=NOWHERE, made=START)
    page = path.read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    for tag in ("<script", "<img", "<link", "href=", "src="):
        assert tag not in page.replace("&lt;script", "").replace("&lt;img src=x", "")


def test_actions_become_whole_days_in_a_calendar(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.ics"
    export(handed_over(prompts), "plan", "ics", path, home=NOWHERE, made=START)
    (entry,) = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert entry.decoded("dtstart") == date(2026, 3, 6)
    assert str(entry["summary"]) == "Child A: Social worker: ring dad by Friday"
    assert str(entry["class"]) == "PRIVATE"


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("Child A", "Child A 2026-03-02.md"),
        ("../../etc/passwd", "etc-passwd 2026-03-02.md"),
        ("A/B\\C: <x>?", "A-B-C- -x 2026-03-02.md"),
        ("CON", "case CON 2026-03-02.md"),
        ("...", "case 2026-03-02.md"),
        ("\u202egnp.exe", "gnp.exe 2026-03-02.md"),
        ("\u05d9\u05dc\u05d3 😀", "\u05d9\u05dc\u05d3 😀 2026-03-02.md"),
        ("x" * 300, "x" * 60 + " 2026-03-02.md"),
        ("👶" * 300, "👶" * 45 + " 2026-03-02.md"),
    ],
)
def test_a_file_is_named_after_the_made_up_case_and_the_day(prompts: Prompts, case: str, name: str, tmp_path: Path):
    of = handed_over(prompts, case=case)
    assert file_name(of, "md") == name
    export(of, "record", "md", tmp_path, home=NOWHERE, made=START)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_is_its_owner_s_alone_and_the_sentence_says_where_it_is(prompts: Prompts, tmp_path: Path):
    said = export(handed_over(prompts), "record", "md", tmp_path, home=NOWHERE, made=START)
    (path,) = tmp_path.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert str(path) in said and "contains information about a child" in said


def test_a_file_that_is_there_is_not_replaced_unless_somebody_says_so(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.md"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(FileThereError):
        export(handed_over(prompts), "record", "md", path, home=NOWHERE, made=START)
    assert path.read_text(encoding="utf-8") == "precious"
    export(handed_over(prompts), "record", "md", path, home=NOWHERE, made=START, overwrite=True)
    assert path.read_text(encoding="utf-8").startswith("# Supervision")


def test_a_name_that_the_disk_does_not_take_is_one_sentence(prompts: Prompts, tmp_path: Path):
    with pytest.raises(StoreError, match="File name too long"):
        export(handed_over(prompts), "record", "md", tmp_path / ("x" * 300), home=NOWHERE, made=START)


def test_a_place_that_is_gone_is_one_sentence(prompts: Prompts, tmp_path: Path):
    with pytest.raises(StoreError, match="choose another place, the record is safe"):
        export(handed_over(prompts), "record", "md", tmp_path / "drive" / "x.md", home=NOWHERE, made=START)


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        ("# {{ r.case }}\n\n{% for part in r.parts %}\n", 3, "endfor"),
        ("# ok\n{{ r.cse }}\n", 2, "no attribute 'cse'"),
        ("# ok\n\n\n{{ r.case | upperr }}\n", 4, "upperr"),
        ("{{ ().__class__.__bases__ }}", 1, "unsafe"),
        ("a\n{% include 'nothing' %}", 1, "nothing"),
        ("a\n\n{{ 1 / 0 }}", 3, "division"),
    ],
)
def test_a_broken_template_is_reported_at_its_line_and_writes_nothing(
    prompts: Prompts, tmp_path: Path, template: str, line: int, says: str
):
    path = tmp_path / "prompts" / "documents" / "record.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text(template, encoding="utf-8")
    target = tmp_path / "out.docx"
    with pytest.raises(DataFileError) as broken:
        export(handed_over(prompts), "record", "docx", target, home=tmp_path, made=START)
    (problem,) = broken.value.problems
    assert (problem.path, problem.line) == (path, line)
    assert says in problem.message
    assert not target.exists()


def test_a_council_s_own_template_is_used(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "prompts" / "documents" / "record.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text(
        "# Our form: {{ r.case }}\n{% for d in r.kept('decision') %}\n{{ d.answer | said }}\n{% endfor %}",
        encoding="utf-8",
    )
    assert filled("record", handed_over(prompts), tmp_path) == "# Our form: Child A\n> Visit him at work\n"


def test_a_document_for_which_there_is_nothing_is_one_sentence(prompts: Prompts):
    bare = handover(replay([started()]), prompts)
    for kind, sentence in (("plan", "No action"), ("escalation", "No escalation")):
        with pytest.raises(ReflectError, match=sentence):
            filled(kind, bare, NOWHERE)  # type: ignore[arg-type]  # two of the kinds


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_ten_thousand_lines_go_into_one_file(prompts: Prompts, form: Format, tmp_path: Path):
    answer = "\n".join(f"Line {number} of a long account" for number in range(10_000))
    path = tmp_path / f"x.{form}"
    export(handed_over(prompts, answer=answer), "record", form, path, home=NOWHERE, made=START)
    assert "Line 9999 of a long account" in text_of(path)


def test_the_same_session_makes_the_same_file(prompts: Prompts, tmp_path: Path):
    for form in ("pdf", "html", "md", "json"):
        for name in ("a", "b"):
            export(handed_over(prompts), "record", form, tmp_path / name, home=NOWHERE, made=START, overwrite=True)
        assert tmp_path.joinpath("a").read_bytes() == tmp_path.joinpath("b").read_bytes(), form


def test_a_docx_opens_as_the_zip_it_is(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.docx"
    export(handed_over(prompts, answer="bell \x07 end"), "record", "docx", path, home=NOWHERE, made=START)
    assert zipfile.ZipFile(io.BytesIO(path.read_bytes())).testzip() is None


@pytest.mark.parametrize("kind", ["record", "to-supervision"])
def test_what_was_raised_about_danger_stands_before_everything_else(prompts: Prompts, kind: DocumentKind):
    text = filled(kind, handed_over(prompts), NOWHERE)
    first, _, rest = text.partition("## Immediate danger\n")
    assert "##" not in first.removeprefix("# ")
    for said in ("A life may be in danger.", "he is not breathing", "2 March 2026, 10:00", "Done: rang at 10"):
        assert said in rest.partition("\n## ")[0]


def test_a_card_that_nobody_answered_is_in_the_record_and_says_so(prompts: Prompts):
    left = handover(replay([started(), asked(), answered("he is not breathing"), card_shown()]), prompts)
    text = filled("record", left, NOWHERE)
    assert (
        text.index("## Immediate danger") < text.index("**Answered:** No answer was given") < text.index("## Opening")
    )


def test_a_sign_that_was_asked_about_and_is_not_so_is_kept_but_not_put_first(prompts: Prompts):
    denied = e.CardConfirmed(at=START, danger="life-in-danger", happening=False)
    events: list[e.Event] = [started(), asked(), answered("he is not breathing"), card_shown(doubtful=True), denied]
    text = filled("record", handover(replay(events), prompts), NOWHERE)
    assert "## Immediate danger" not in text
    assert "Ring 999.\n\n2 March 2026, 10:00. Asked whether this is so; the answer was no." in text


def test_an_entry_of_learning_leads_the_writer_where_the_session_said_nothing(prompts: Prompts):
    bare = filled("cpd", handover(replay([started()]), prompts), NOWHERE)
    assert "To be written" not in bare
    assert bare.count("*Write here: ") == 4
    assert "know or see differently" not in filled("cpd", handed_over(prompts), NOWHERE)


def test_a_plan_shows_what_is_still_to_be_agreed(prompts: Prompts):
    action = Action(id="s1/1", case="Child A", session="s1", agreed=date(2026, 3, 2), text="Weigh the baby")
    text = filled("plan", handover(held(), prompts, actions=[action]), NOWHERE)
    assert text.count("to be agreed") == 6
