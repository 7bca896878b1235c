from __future__ import annotations

import json

import pytest
from textual import events
from textual.widgets import Static

from assistant.app.screens.home import HomeScreen
from assistant.app.screens.names import NamesScreen
from assistant.app.screens.session import SessionScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.learning import NOTHING
from assistant.app.widgets.question import MORE, Pages
from assistant.conversation import events as e
from assistant.conversation.state import replay
from assistant.records.desk import Desk
from assistant.records.errors import StoreError
from assistant.retrieval.model import SearchResult
from tests.app.conftest import HOSTILE, answer, begin, question, said, screen_text, settled, until

SIZES = [(80, 24), (120, 40), (200, 60)]


def on_the_table(screen: SessionScreen) -> e.Asked:
    turn = screen.session.state.current
    assert turn is not None
    return turn.asked


async def test_an_answer_brings_the_learning_and_the_next_question(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await begin(pilot)
        first = screen.session.state.current
        await answer(pilot, "dad works nights so none of us have met him")
        shown = said(app, "#learning")
        assert "visits routinely made between 9am and 5pm" in shown
        assert "Child K. SVPP." in shown
        assert "line 63" in shown
        assert screen.session.state.current != first
        assert (await question(pilot)).text == ""


async def test_when_nothing_bears_on_the_words_the_panel_says_so(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await answer(pilot, "the sofa was blue")
        assert NOTHING in said(app, "#learning")


async def test_the_words_that_matched_are_marked_by_more_than_colour(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await answer(pilot, "dad works nights")
        content = app.screen.query_one("LearningCard Static", Static).content
        marked = [content.plain[span.start : span.end] for span in content.spans]
        assert marked == ["work"]
        assert all("underline" in str(span.style) for span in content.spans)


@pytest.mark.parametrize("size", SIZES)
async def test_a_whole_session_ends_in_a_summary_that_says_where_the_record_is(open_app, size):
    app = open_app()
    async with app.run_test(size=size, notifications=True) as pilot:
        await begin(pilot, case="[Child A]")
        for turn in range(100):
            if isinstance(app.screen, SummaryScreen):
                break
            await answer(pilot, f"answer {turn} {HOSTILE}")
            await until(
                pilot,
                lambda: isinstance(app.screen, SummaryScreen) or not app.screen.query_one("#answer").disabled,
                "the next question or the summary",
            )
        assert "[Child A]: the session is finished" in screen_text(app)
        assert "encrypted. F5 saves a copy" in " ".join(screen_text(app).split())
        assert f"answer 0 {HOSTILE}" in str(app.screen.query(".said")[1].render())
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_skip_back_and_why_do_what_they_say(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "first words")
        await question(pilot)
        await pilot.press("f4")
        await pilot.pause()
        assert on_the_table(screen).intent in said(app, "QuestionView")
        await pilot.press("f3")
        box = await question(pilot)
        assert box.text == "first words"
        await pilot.press("f2")
        await question(pilot)
        before = screen.session.state.current
        await pilot.press("f2")
        await question(pilot)
        assert screen.session.state.current != before


async def test_going_back_at_the_first_question_says_why_it_cannot(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)
        await pilot.press("f3")
        await settled(pilot)
        assert "This is the first question." in screen_text(app)
        assert not (await question(pilot)).disabled


async def test_an_empty_answer_gets_one_sentence_and_the_box_back(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await begin(pilot)
        before = screen.session.state
        await answer(pilot, "   \n ")
        assert "Nothing was written yet" in screen_text(app)
        assert screen.session.state == before


async def test_words_not_sent_come_back_when_their_question_does(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await answer(pilot, "first")
        (await question(pilot)).put("half a thought [/x]")
        await pilot.press("f3")
        await question(pilot)
        await pilot.press("f2")
        assert (await question(pilot)).text == "half a thought [/x]"


async def test_what_is_typed_is_kept_when_the_typing_rests(open_app, tmp_path, monkeypatch):
    monkeypatch.setattr(AnswerBox, "REST_S", 0.01)
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"so far")
        store = app.desk().store
        session = screen.session.state.started.session
        await until(pilot, lambda: "so far" in store.draft(session), "the draft on disk")


async def test_the_timer_waits_two_seconds_and_starts_afresh_at_each_key(open_app, monkeypatch):
    assert AnswerBox.REST_S == 2.0
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        box = await question(pilot)
        timer = box._resting
        assert timer is not None
        resets: list[int] = []
        monkeypatch.setattr(timer, "reset", lambda: resets.append(1))
        await pilot.press("a", "b")
        await pilot.pause()
        assert len(resets) == 2
        box.rest()
        assert not timer._active.is_set()


async def test_a_session_left_is_offered_and_goes_on_with_its_draft_and_its_learning(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot, case="[Child A]")
        await answer(pilot, "dad works nights")
        (await question(pilot)).put("unsent words")
        waiting = screen.session.state.current
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
    again = open_app()
    async with again.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Continue [Child A]" in screen_text(again)
        await pilot.press("enter")
        await settled(pilot)
        box = await question(pilot)
        assert box.text == "unsent words"
        assert again.screen.session.state.current == waiting
        assert "Child K" in screen_text(again)


async def test_finishing_asks_first_and_sends_what_was_just_written(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        (await question(pilot)).put("last words")
        await pilot.press("f9")
        await pilot.pause()
        assert "Finish this session?" in screen_text(app)
        await pilot.press("n")
        assert isinstance(app.screen, SessionScreen)
        await pilot.press("f9")
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the summary")
        assert screen.session.state.answers == ("last words",)


async def test_nothing_can_be_sent_twice_while_the_engine_is_at_work(open_app):
    asked = []

    def slow(query: str) -> SearchResult:
        asked.append(query)
        return SearchResult(query=query, nothing_bears=True, hits=())

    app = open_app(search=slow)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        (await question(pilot)).put("once")
        screen.query_one("#answer", AnswerBox).action_send()
        screen.query_one("#answer", AnswerBox).action_send()
        await settled(pilot)
        assert asked.count("once") == 1
        assert screen.session.state.answers == ("once",)


async def test_f7_selects_nothing_in_the_box_where_there_are_no_notes(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        box = await question(pilot)
        box.put("Mum said he fell.")
        await pilot.press("f7", "x")
        assert box.text == "Mum said he fell.x"
        await pilot.press("f6", "f6", "f6", "f6", "f6")
        await settled(pilot)
        assert box.text == "Mum said he fell.x"


@pytest.mark.parametrize("size", [(40, 20), *SIZES])
async def test_the_panels_key_goes_round_from_the_answer_through_every_panel_and_back(open_app, size):
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        box = await question(pilot)
        visited = []
        for _ in range(5):
            await pilot.press("f6")
            await settled(pilot)
            assert app.focused is not None
            visited.append(app.focused.id)
        assert visited == ["learning", "mirror", "agenda", "note-box", "answer"]
        await pilot.press("x")
        assert box.text == "x"


async def test_an_answer_can_be_sent_from_whichever_panel_is_being_read(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        (await question(pilot)).put("dad is away")
        await pilot.press("f6", "f6", "f5")
        await settled(pilot)
        assert screen.session.state.answers == ("dad is away",)


async def test_ctrl_a_selects_everything_written_and_undo_brings_it_back(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        box = await question(pilot)
        box.put("Mum said\nhe fell.")
        await pilot.press("ctrl+a")
        assert box.selected_text == "Mum said\nhe fell."
        await pilot.press("x", "ctrl+z")
        assert box.text == "Mum said\nhe fell."


async def test_f5_in_the_note_keeps_it_and_says_so_and_the_next_letter_takes_that_back(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await question(pilot)
        await pilot.press("f6", "f6", "f6", "f6", *"tired", "f5")
        await settled(pilot)
        assert screen.session.state.note == "tired"
        note = app.screen.query_one("#note")
        assert note.border_subtitle == "kept"
        await pilot.press("x")
        await settled(pilot)
        assert not note.border_subtitle


async def test_the_answer_box_has_the_focus_again_after_the_window_has_changed_its_size(open_app):
    app = open_app()
    async with app.run_test(size=(40, 20)) as pilot:
        await begin(pilot)
        await question(pilot)
        for size in ((120, 40), (80, 24), (40, 20)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            await pilot.press("x")
        assert app.screen.query_one("#answer").text == "xxx"


async def test_when_the_disk_refuses_the_answer_stays_in_the_box_and_the_reason_is_shown(open_app, monkeypatch):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)

        def refuse(*_: object, **__: object) -> None:
            raise StoreError("Nothing can be kept here; make the folder writable.")

        monkeypatch.setattr(app.desk().store, "append", refuse)
        await answer(pilot, "these words matter")
        assert "Nothing can be kept here" in " ".join(screen_text(app).split())
        assert (await question(pilot)).text == "these words matter"


async def test_any_other_failure_beside_the_interface_is_told_in_one_sentence_without_its_values(open_app, tmp_path):
    def broken(query: str) -> SearchResult:
        raise RuntimeError(f"confidential {query}")

    app = open_app(search=broken)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)
        await answer(pilot, "dad works nights")
        text = " ".join(screen_text(app).split())
        assert "That did not work (incident" in text
        assert "confidential" not in text
        report = next((tmp_path / "incidents").iterdir()).read_text()
        assert "RuntimeError" in report
        assert "dad" not in report


async def test_a_hundred_thousand_pasted_characters_are_sent_whole(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        box = await question(pilot)
        box.post_message(events.Paste("word " * 20_000))
        await pilot.pause()
        await pilot.press("f5")
        await settled(pilot)
        assert len(screen.session.state.answers[0]) == 99_999


async def test_pasted_control_and_direction_characters_never_reach_the_box(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        box = await question(pilot)
        box.post_message(events.Paste("a\x1b[31mb\u202ec\x07 d\r\ne"))
        await pilot.pause()
        assert box.text == "a[31mbc d\ne"


async def test_a_terminal_of_40_by_12_shows_the_question_and_takes_an_answer(open_app):
    app = open_app()
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await begin(pilot)
        text = " ".join(screen_text(app).split())
        assert on_the_table(screen).text.split(",")[0] in text
        await pilot.press(*"dad is away")
        assert "dad is away" in screen_text(app)
        await pilot.press("f5")
        await settled(pilot)
        assert screen.session.state.answers == ("dad is away",)
        await pilot.press("f6")
        await settled(pilot)
        assert "From published reviews" in screen_text(app)


async def test_ctrl_c_says_how_to_leave_and_loses_nothing(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)
        await pilot.press(*"words")
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "press Ctrl+Q" in " ".join(screen_text(app).split())
        assert (await question(pilot)).text == "words"


async def test_quitting_at_once_keeps_the_words_being_typed(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"half")
        await pilot.press("ctrl+q")
        session = screen.session.state.started.session
    kept = json.loads(Desk(tmp_path).store.draft(session))
    assert list(kept.values()) == ["half"]


async def at_the_seven_facts(pilot) -> SessionScreen:
    """A trainer's session at the first scene, which sets seven facts above its question."""
    screen = await begin(pilot, case="Tuesday group", journey="scenario")
    while not on_the_table(screen).beside:
        await question(pilot)
        await pilot.press("f2")
        await settled(pilot)
    assert len(on_the_table(screen).beside) == 7
    await question(pilot)
    return screen


def whole_on_screen(app, selector: str) -> bool:
    """Whether nothing hides any of it: the compositor shows all of its region."""
    placed = app.screen.find_widget(app.screen.query_one(selector))
    return bool(placed.region.area > 0 and placed.visible_region == placed.region)


async def test_a_scenarios_ground_rules_stand_above_its_first_question(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot, case="Tuesday group", journey="scenario")
        asked = on_the_table(screen)
        assert len(asked.said_first) > 3
        shown = said(app, "QuestionView")
        places = [shown.index(words) for words in (*asked.said_first, asked.text)]
        assert places == sorted(places)
        assert asked.said_first[0][:20] in screen_text(app)


async def test_the_notes_for_whoever_leads_come_only_on_their_key_and_go_again(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await at_the_seven_facts(pilot)
        notes = on_the_table(screen).facilitator
        assert notes not in said(app, "QuestionView")
        assert "F7 Notes" in " ".join(screen_text(app).split())
        await pilot.press("f7")
        await settled(pilot)
        assert notes in said(app, "QuestionView")
        await pilot.press("f4")
        await settled(pilot)
        assert notes not in said(app, "QuestionView")
        assert on_the_table(screen).intent in said(app, "QuestionView")
        await pilot.press("f4")
        await settled(pilot)
        assert on_the_table(screen).intent not in said(app, "QuestionView")


async def test_where_there_are_no_notes_none_are_offered(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await pilot.press("f7")
        await settled(pilot)
        assert "Notes" not in screen_text(app)
        assert "For whoever leads" not in said(app, "QuestionView")


@pytest.mark.parametrize("aside", ["", "f4", "f7"], ids=["facts", "why", "notes"])
@pytest.mark.parametrize("size", [(80, 24), (40, 24), (40, 20), (40, 12), (64, 18), (120, 40)])
async def test_seven_facts_never_take_the_place_of_the_question_or_of_the_answer_box(open_app, size, aside):
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await at_the_seven_facts(pilot)
        if aside:
            await pilot.press(aside)
        await settled(pilot)
        assert whole_on_screen(app, "#answer")
        assert whole_on_screen(app, "#question") or size[1] < 18
        await pilot.press(*"seen")
        assert "seen" in screen_text(app)


async def test_facts_longer_than_their_place_are_read_on_with_the_keys_and_the_wheel(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_seven_facts(pilot)
        pages = app.screen.query_one("#setting Pages")
        last = "suggestions or advice from agencies."
        assert last not in " ".join(screen_text(app).split())
        assert MORE in screen_text(app)
        await pilot.press("shift+tab", "end")
        await pilot.wait_for_scheduled_animations()
        assert app.focused is pages
        assert pages.scroll_y == pages.max_scroll_y > 0
        await pilot.press("home")
        await pilot.wait_for_scheduled_animations()
        await pilot._post_mouse_events([events.MouseScrollDown], pages, button=0)
        await pilot.wait_for_scheduled_animations()
        assert pages.scroll_y > 0
        await pilot.press("tab", *"typed")
        assert app.screen.query_one("#answer", AnswerBox).text == "typed"


async def test_with_nothing_to_read_on_the_keyboard_stops_nowhere_before_the_answer(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        assert MORE not in screen_text(app)
        assert not any(isinstance(stop, Pages) for stop in app.screen.focus_chain)


async def test_a_name_in_the_private_note_is_noticed_when_its_writer_goes_on_and_not_in_mid_thought(
    open_app, monkeypatch
):
    monkeypatch.setattr(AnswerBox, "REST_S", 0.01)
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        screen.query_one("#note-box").focus()
        await pilot.press(*"I like Sarah Jones")
        store, session = app.desk().store, screen.session.state.started.session
        await until(pilot, lambda: "Sarah Jones" in store.draft(session), "the note's draft")
        assert app.screen is screen
        await pilot.press("tab")
        await until(pilot, lambda: isinstance(app.screen, NamesScreen), "the names")
        assert screen.session.state.note == ""
        await pilot.press(*"the aunt", "f5")
        await until(pilot, lambda: screen.session.state.note == "I like the aunt", "the note")
        assert screen.query_one("#note-box", AnswerBox).text == "I like the aunt"


async def test_a_note_not_decided_on_is_there_again_and_is_decided_on_before_the_end(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        screen.query_one("#note-box").focus()
        await pilot.press(*"Sarah Jones", "escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("enter")
        await question(pilot)
        assert app.screen.query_one("#note-box", AnswerBox).text == "Sarah Jones"
        await pilot.press("f9", "y")
        await until(pilot, lambda: isinstance(app.screen, NamesScreen), "the names")
        await pilot.press(*"the aunt", "f5")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the summary")
        kept = replay(app.desk().store.events(screen.session.state.started.session))
        assert kept.note == "the aunt"
