from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import icalendar
import pypdfium2
import pytest
from docx.oxml.ns import qn

from assistant.conversation import events as e
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.state import State, replay
from assistant.errors import DataFileError, ReflectError
from assistant.export.export_file import export, file_name
from assistant.export.gathering import handover, private_lines
from assistant.export.handover import (
    BEST_FOR,
    FORMATS,
    KINDS,
    DocumentKind,
    Format,
    Handover,
    Wanted,
)
from assistant.export.ics_writer import calendar
from assistant.export.redacting import redacted
from assistant.export.templates import filled
from assistant.followup.actions import Action, agreed_in
from assistant.followup.escalations import raised_in
from assistant.noticing.identifiers import open_finder
from assistant.noticing.observations import Danger
from assistant.resources import PACKAGE
from assistant.retrieval.results import Hit
from assistant.store.store_errors import FileThereError, StoreError
from tests.stores import START, answered, asked, started

NOWHERE = PACKAGE / "no-such-home"
GOLDEN = Path(__file__).parent / "golden"
LADDER = "Of these steps (1 worker to worker; 2 line managers), which?"
TEARS = "I cried in the car afterwards."
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
        danger=Danger(kind="life-in-danger", level="doubtful" if doubtful else "sure", spans=((0, 3),)),
    )  # fmt: skip


def held(*, case: str = "Child A", answer: str = "Dad works nights.\nNobody has met him.") -> State:
    shown = e.Beside(
        text=HIT.text, review="child-k", title="Child K", publisher="A safeguarding board", published="2015",
        section="Invisible fathers", lines=(61, 62), point=HIT.id,
    )  # fmt: skip
    said: list[tuple[str, dict[str, object], str]] = [
        ("opening/focus", {"keeps": "focus", "text": "What do you need to think through?"}, answer),
        ("risk/stuck", {"keeps": "escalation", "theme": "risk"}, "The referral was closed without a visit"),
        ("risk/rung", {"keeps": "escalation", "theme": "risk", "text": LADDER}, "Line managers"),
        ("risk/by-when", {"keeps": "escalation", "theme": "risk", "text": "By which day?"}, "by 6 March"),
        ("visit/1", {"theme": "voice-of-the-child", "text": "What was it like?"}, f"She hid. {TEARS}"),
        ("learning/p", {"keeps": "review-status", "theme": "Invisible fathers", "beside": [shown]}, "Partly"),
        ("decision/d", {"keeps": "decision", "theme": "decision", "text": "What was decided?"}, "Visit him at work"),
        ("actions/s", {"keeps": "action", "theme": "actions"}, "Social worker: ring dad by Friday\nSchool will ask"),
        ("plan/o", {"keeps": "outcome", "text": "What will be different?"}, "She sees Dad at weekends"),
        ("plan/s", {"keeps": "seen-or-heard", "text": "What will we see?"}, "Her own account of a Sunday"),
        ("end/next", {"keeps": "next-date", "text": "When do we meet?"}, "in four weeks, with Gran's news"),
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
        wanted=Wanted(note_lines=note_lines),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_each_document_reads_as_agreed(prompts: Prompts, kind: DocumentKind):
    golden = GOLDEN / f"{kind}.md"
    text = filled(kind, handed_over(prompts), NOWHERE)
    if os.environ.get("ACCEPT_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_what_the_worker_said_of_themselves_is_in_their_own_part_and_nowhere_else(prompts: Prompts, tmp_path: Path):
    of = replace(handed_over(prompts), appendix=True)
    personal = filled("personal", of, NOWHERE)
    assert TEARS in personal and "Ask about men" in personal
    assert "She hid" not in personal and "Child A" not in personal
    for kind in KINDS:
        if kind != "personal":
            assert TEARS not in filled(kind, of, NOWHERE), kind
    assert "She hid." in filled("record", of, NOWHERE)
    kinds: tuple[DocumentKind, ...] = ("record", "personal")
    for kind in kinds:
        export(of, kind, "json", tmp_path / f"{kind}.json", home=NOWHERE, made=START)
    assert TEARS not in (tmp_path / "record.json").read_text() and TEARS in (tmp_path / "personal.json").read_text()


def test_a_question_that_gave_the_worker_s_own_words_back_does_not_carry_them_into_the_case(prompts: Prompts):
    probe = "You wrote “I cried in the car”. What did she do next?"
    events: list[e.Event] = [started(), asked("visit/1"), answered(f"She hid. {TEARS}", "visit/1")]
    events += [asked("probe/child-words", text=probe), answered("She asked for her nan.", "probe/child-words")]
    text = filled("record", handover(replay(events), prompts), NOWHERE)
    assert "What did she do next?" in text and "cried" not in text
    frightened: list[e.Event] = [asked("visit/2"), answered("I think she's frightened of him.", "visit/2")]
    assert "frightened of him" in filled("record", handover(replay([*events, *frightened]), prompts), NOWHERE)


@pytest.mark.parametrize("gives_back", ["“{}” What's underneath that?", "Say more about “{}”."])
def test_a_question_about_a_feeling_stands_with_the_feeling_and_not_in_the_case(prompts: Prompts, gives_back: str):
    events: list[e.Event] = [started(), asked("visit/1"), answered(f"She hid. {TEARS}", "visit/1")]
    question = "thread/feeling/1"
    events += [asked(question, text=gives_back.format(TEARS.rstrip("."))), answered("I like her mum.", question)]
    of = handover(replay(events), prompts)
    assert "cried" not in filled("record", of, NOWHERE) and "I like her mum" not in filled("record", of, NOWHERE)
    assert "I like her mum" in filled("personal", of, NOWHERE)


def test_the_two_parts_are_two_files(prompts: Prompts, tmp_path: Path):
    kinds: tuple[DocumentKind, ...] = ("record", "personal")
    for kind in kinds:
        export(handed_over(prompts), kind, "md", tmp_path, home=NOWHERE, made=START)
    assert {path.name for path in tmp_path.iterdir()} == {
        "Child A 2026-03-02.md",
        "Supervision, personal part 2026-03-02.md",
    }


def test_the_transcript_and_what_was_not_marked_are_there_only_when_chosen(prompts: Prompts):
    answer = "Dad works nights. " * 30 + "\nThe last thing said."
    of = handed_over(prompts, answer=answer)
    assert "Appendix" not in filled("record", of, NOWHERE)
    assert "The last thing said." in filled("record", replace(of, appendix=True), NOWHERE).partition("# Appendix")[2]


def test_nothing_for_people_to_read_has_ids_commands_or_anything_agreed_that_was_not(prompts: Prompts):
    for kind in KINDS:
        text = filled(kind, handed_over(prompts), NOWHERE)
        for never in ("s1", "reflect ", "--", "greed as", "to be agreed", "overdue"):
            assert never not in text.replace("|---", ""), (kind, never)


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
    answer = f"She sent {unheard}, 🚑🚑 and 👨\u200d👩\u200d👧, naïve.\n\nالأب يعمل ليلا"
    of = replace(handed_over(prompts, case="👶 A", answer=answer), appendix=True)
    export(of, "record", "pdf", path, home=NOWHERE, made=START)
    text = "".join(text_of(path).split())  # where a line ends depends on the fonts of this machine
    assert unheard in text or "[egyptianhieroglyphd052]" in text
    assert "🚑🚑" in text or "[ambulance][ambulance]and[man][woman][girl],naïve" in text


def test_a_pdf_that_cannot_be_made_is_one_sentence(prompts: Prompts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "broken.typ"
    broken.write_text("#no-such-thing", encoding="utf-8")
    monkeypatch.setattr("assistant.export.pdf_writer._PAGE", broken)
    with pytest.raises(ReflectError, match="nothing is lost, and --format docx"):
        export(handed_over(prompts), "record", "pdf", tmp_path / "x.pdf", home=NOWHERE, made=START)
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_says_that_it_contains_information_about_a_child_as_plain_text_too(
    prompts: Prompts, kind: DocumentKind
):
    says = "not part of a child's record" if kind == "personal" else "This document contains information about a child"
    assert says in filled(kind, handed_over(prompts), NOWHERE)


def test_what_goes_to_the_regulator_names_the_case_nowhere(prompts: Prompts, tmp_path: Path):
    forms: tuple[Format, ...] = ("html", "md")
    for form in forms:
        path = tmp_path / f"x.{form}"
        export(handed_over(prompts), "cpd", form, path, home=NOWHERE, made=START)
        assert "Child A" not in path.read_text(encoding="utf-8")


def test_a_day_that_cannot_be_read_stands_as_it_was_said(prompts: Prompts):
    state = held()
    action = agreed_in(state)[0].model_copy(update={"by": None, "by_said": "before half term"})
    assert "| before half term |" in filled("record", handover(state, prompts, actions=[action]), NOWHERE)


def test_a_redacted_copy_has_the_same_stand_in_everywhere_and_lists_it_and_leaves_reviews_alone(prompts: Prompts):
    said = (
        "Kayleigh Smith rang on 07700 900456. Kayleigh lives with Darren; he goes to Oakfield Primary. DARREN shouts."
    )
    whole = replace(handed_over(prompts, answer=said), appendix=True)
    finder = open_finder(NOWHERE)
    of, left_out = redacted(whole, finder, {"Darren": "the uncle", "Child A": "Child A"})
    for kind in KINDS:
        text = filled(kind, of, NOWHERE)
        for name in ("Kayleigh", "Smith", "Darren", "DARREN", "07700", "Oakfield"):
            assert name not in text, (kind, name)
    text = filled("record", of, NOWHERE)
    person = left_out["Kayleigh Smith"]
    assert left_out["Kayleigh"] == person == "[person 1]" and left_out["Darren"] == "the uncle"
    assert "the uncle shouts" in text and "Child A" in text
    assert of.learning == whole.learning


def test_a_docx_has_real_headings_lists_and_quotations(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.docx"
    export(handed_over(prompts), "record", "docx", path, home=NOWHERE, made=START)
    document = docx.Document(str(path))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet", "Quote", "Normal"} <= styles
    (table,) = document.tables
    assert table.rows[1].cells[1].text.endswith("“rang at 10”")  # what was done about danger stands first
    assert [cell.text for cell in table.rows[2].cells][1:4] == [
        "Social worker: ring dad by Friday",
        "Social worker",
        "6 March 2026",
    ]
    assert len(list(table.rows[0]._tr.iter(qn("w:tblHeader")))) == 1
    assert document.core_properties.language == "en-GB"
    assert {mark.get(qn("w:val")) for mark in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert document.core_properties.title == "Supervision session: Child A"
    assert document.sections[0].header.paragraphs[0].text == "Contains information about a child"


def test_without_its_package_a_pdf_is_one_sentence_and_word_draws_the_family_in_words(
    prompts: Prompts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(ReflectError, match="typst"):
        export(handed_over(prompts), "record", "pdf", tmp_path / "x.pdf", home=NOWHERE, made=START)
    export(handed_over(prompts), "genogram", "docx", tmp_path / "x.docx", home=NOWHERE, made=START)
    assert "Children: nobody noted" in text_of(tmp_path / "x.docx")


def test_a_page_can_load_nothing(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.html"
    answer = "<script>alert(1)</script> <img src=x onerror=y> javascript:alert(1)"
    export(handed_over(prompts, answer=answer), "record", "html", path, home=NOWHERE, made=START)
    page = path.read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    for tag in ("<script", "<img", "<link", "href=", "src="):
        assert tag not in page.replace("&lt;script", "").replace("&lt;img src=x", "")


def test_an_action_by_the_last_day_there_is_is_that_day_in_a_calendar():
    action = Action(id="s1/1", case="Child A", agreed=date(2026, 3, 2), text="ring dad", by=date.max)
    (entry,) = icalendar.Calendar.from_ical(calendar([action], START)).walk("VEVENT")
    assert entry.decoded("dtstart") == date.max


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
    assert file_name(of, "record", "md") == name
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
    for kind, sentence in (("plan", "No action"), ("escalation", "No disagreement")):
        with pytest.raises(ReflectError, match=sentence):
            filled(kind, bare, NOWHERE)  # type: ignore[arg-type]  # two of the kinds


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_ten_thousand_lines_go_into_one_file(prompts: Prompts, form: Format, tmp_path: Path):
    answer = "\n".join(f"Line {number} of a long account" for number in range(10_000))
    path = tmp_path / f"x.{form}"
    of = replace(handed_over(prompts, answer=answer), appendix=True)
    export(of, "record", form, path, home=NOWHERE, made=START)
    assert "Line 9999 of a long account" in text_of(path)


def test_the_same_session_makes_the_same_file(prompts: Prompts, tmp_path: Path):
    for form in ("pdf", "html", "md", "json"):
        one, other = (tmp_path / f"{name}.{form}" for name in ("a", "b"))
        for path in (one, other):
            export(handed_over(prompts), "record", form, path, home=NOWHERE, made=START)
        assert one.read_bytes() == other.read_bytes(), form


def test_a_docx_opens_as_the_zip_it_is(prompts: Prompts, tmp_path: Path):
    path = tmp_path / "x.docx"
    export(handed_over(prompts, answer="bell \x07 end"), "record", "docx", path, home=NOWHERE, made=START)
    assert zipfile.ZipFile(io.BytesIO(path.read_bytes())).testzip() is None


def test_the_record_says_who_said_what_also_where_it_is_shortened(prompts):
    words = "He was at home. " * 30 + "\nWhy did nobody ask him?"
    told = answered("x").model_copy(update={"text": words, "voices": ("practitioner", "supervisor")})
    record = filled("record", handover(replay([started(), asked(), told]), prompts), NOWHERE)
    assert "Supervisor: Why did nobody ask him?" in record
    assert "Practitioner: He was at home." in record


def test_a_folder_that_is_missing_never_becomes_a_file(prompts, tmp_path):
    with pytest.raises(StoreError, match="There's no folder"):
        export(handover(held(), prompts), "record", "md", tmp_path / "copies", home=NOWHERE, made=START)
    assert not (tmp_path / "copies").exists()
