"""A session as somebody types it: one conversation, a composer that is never shut, nothing lost and nothing answered
that nobody saw."""

from __future__ import annotations

import json
from threading import Event

import pytest
from textual import events
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from assistant.app.screens.home import HomeScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.learning import NOTHING
from assistant.app.widgets.people_list import PeoplePanel
from assistant.app.widgets.quoted import QuotedPanel
from assistant.app.widgets.stream import KEPT, MORE, Stream
from assistant.app.widgets.turn_view import ChangeBox, TurnView
from assistant.conversation import events as e
from assistant.conversation.state import replay
from assistant.retrieval.results import SearchResult
from assistant.store.store_errors import StoreError
from assistant.workspace.workspace import Workspace
from tests.app.conftest import (
    HOSTILE,
    LONGEST_S,
    agree,
    answer,
    begin,
    command,
    leave,
    one_page_library,
    pick,
    question,
    said,
    screen_text,
    settled,
    until,
)

BLINKS = vars(Input)["cursor_blink"]
"""As the toolkit has it; in other tests nothing blinks."""
SIZES = [(40, 20), (80, 24), (120, 40), (200, 60)]


def on_the_table(screen: SessionScreen) -> e.Asked:
    turn = screen.session.state.current
    assert turn is not None
    return turn.asked


def running(app) -> str:
    return " ".join(screen_text(app).split())


@pytest.mark.parametrize("where", ["in a session", "looking for something"])
async def test_nothing_is_painted_while_somebody_thinks(open_app, monkeypatch, where):
    monkeypatch.setattr(Input, "cursor_blink", BLINKS)
    painted = []
    box: type[Widget] = Composer if where == "in a session" else Input
    whole = box.render_line

    def paint(widget: Widget, y: int) -> Strip:
        painted.append(y)
        return whole(widget, y)

    monkeypatch.setattr(box, "render_line", paint)
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        if where == "in a session":
            await begin(pilot)
        else:
            await settled(pilot)
            app.screen.query_one("#find", Input).focus()
        await until(pilot, lambda: isinstance(app.screen.focused, box), "the box")
        await settled(pilot)
        painted.clear()
        await pilot.pause(1.2)  # long enough for a cursor to blink twice
        assert painted == []


async def test_words_stay_where_they_were_said_with_the_learning_under_them_and_the_next_question_below(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "dad works nights so none of us have met him")
        shown = said(app, "#stream")
        parts = ["dad works nights", "10:00", "visits routinely made between 9am", "Child K. SVPP.", "line 63"]
        places = [shown.index(part) for part in (*parts, on_the_table(screen).text)]
        assert places == sorted(places)
        assert (await question(pilot)).text == ""


async def test_that_nothing_is_close_is_said_once_in_the_conversation_and_stands_in_the_panel(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        for words in ("the sofa was blue", "and the walls were green"):
            await answer(pilot, words)
            assert said(app, "#stream").count(NOTHING) == 1
            assert "Nothing close to your last answer." in running(app)
        await answer(pilot, "dad works nights")
        assert "Nothing close to your last answer." not in running(app)


async def test_the_words_that_matched_are_marked_by_more_than_colour(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await answer(pilot, "dad works nights")
        content = app.screen.query_one("LearningCard Static", Static).content
        marked = [content.plain[span.start : span.end] for span in content.spans]
        assert marked == ["work"]
        assert all("underline" in str(span.style) for span in content.spans)


async def test_a_whole_session_ends_in_a_summary_that_says_where_the_record_is(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot, case="[Child A]")
        for turn in range(100):
            if isinstance(app.screen, SummaryScreen):
                break
            await answer(pilot, f"answer {turn} {HOSTILE}")
            await until(pilot, lambda: isinstance(app.screen, SummaryScreen) or app.screen.ready, "what comes next")
        assert "[Child A]: the session is finished" in screen_text(app)
        assert "encrypted. F5 saves a copy" in running(app)
        assert any(f"answer 0 {HOSTILE}" in str(said.render()) for said in app.screen.query(".said"))
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


# The composer


async def test_enter_sends_and_three_keys_begin_a_line(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        box = await question(pilot)
        heights = []
        for key in ("shift+enter", "alt+enter", "ctrl+j"):
            await pilot.press("a", key)
            await settled(pilot)
            heights.append(box.size.height)
        assert heights == [2, 3, 4]
        await pilot.press("b", "enter")
        await until(pilot, lambda: bool(screen.session.state.answers), "the answer")
        assert screen.session.state.answers == ("a\na\na\nb",)
        await settled(pilot)
        assert box.size.height == 1


async def test_the_composer_grows_to_ten_lines_and_the_question_stays_in_view(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        (await question(pilot)).put("line\n" * 30)
        await settled(pilot)
        assert screen.query_one(Composer).size.height == 10
        assert on_the_table(screen).text.split(",")[0] in running(app)


async def test_where_enter_begins_a_line_f5_and_ctrl_enter_send(open_app):
    app = open_app()
    app.settings = app.settings.changed(enter_sends=False)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"one", "enter", *"two", "f5")
        await until(pilot, lambda: screen.session.state.answers == ("one\ntwo",), "the answer")


async def test_what_is_typed_while_the_program_works_stays_and_what_is_sent_is_added_to_the_answer(open_app):
    go_on = Event()

    def slow(query: str) -> SearchResult:
        if "first" in query:
            go_on.wait(LONGEST_S)
        return one_page_library(query)

    app = open_app(search=slow)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"first words", "enter")
        await pilot.press(*"and the rest", "enter", *"not sent yet")
        assert screen.session.state.turns[0].offered is None
        go_on.set()
        await until(pilot, lambda: screen.ready and "rest" in screen.session.state.answers[0], "both")
        assert screen.session.state.answers == ("first words\nand the rest",)
        assert screen.query_one(Composer).text == "not sent yet"
        assert len(screen.session.state.turns) == 2


async def test_an_empty_answer_gets_one_sentence_where_the_eye_is_and_nothing_happens(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        before = screen.session.state
        await answer(pilot, "   \n ")
        assert "Write a few words, or /skip" in screen_text(app)
        assert screen.session.state == before


async def test_an_answer_is_changed_where_it_stands_and_read_anew(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "first words")
        await answer(pilot, "second words")
        waiting = on_the_table(screen)
        composer = await question(pilot)
        await pilot.press("up")
        await settled(pilot)
        assert being_changed(screen).text == "second words"
        await screen.action_back()
        assert being_changed(screen).text == "first words"
        await pilot.press("escape")
        await settled(pilot)
        assert not screen.query(ChangeBox)
        assert app.focused is composer
        assert "first words" in said(app, "#stream")
        await pilot.press("up")
        await settled(pilot)
        being_changed(screen).put("dad works nights")
        await pilot.press("enter")
        await until(pilot, lambda: screen.session.state.answers[1] == "dad works nights", "the change")
        await question(pilot)
        assert on_the_table(screen) == waiting
        assert app.focused is composer
        assert "visits routinely made" in said(app, "#stream")
        assert "second words" not in said(app, "#stream")
        kept = app.workspace().store.events(screen.session.state.started.session)
        assert replay(kept).answers == ("first words", "dad works nights")
        assert "second words" in [event.text for event in kept if isinstance(event, e.Answered)]


def being_changed(screen: SessionScreen) -> ChangeBox:
    return screen.query_one(ChangeBox)


async def test_any_answer_is_taken_up_with_the_mouse_and_what_is_in_the_composer_stays_there(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "first words")
        composer = await question(pilot)
        await pilot.press(*"half")
        await pilot.click(screen.query(".said").first(), offset=(4, 0))
        await until(pilot, lambda: being_changed(screen).text == "first words", "the box")
        assert composer.text == "half"
        await pilot.press(*" and more", "enter")
        await until(pilot, lambda: screen.session.state.answers == ("first words and more",), "the change")
        assert (await question(pilot)).text == "half"


async def test_a_change_half_made_is_there_again_when_the_session_is_taken_up(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await answer(pilot, "first words")
        await question(pilot)
        await pilot.press("up")
        await until(pilot, lambda: app.focused is being_changed(app.screen), "the box")
        await pilot.press(*" and")
        await pilot.press("ctrl+q")
    again = open_app()
    async with again.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await question(pilot)
        await until(pilot, lambda: being_changed(again.screen).text == "first words and", "the change")
        assert again.screen.session.state.answers == ("first words",)


async def test_the_first_answer_has_none_before_it_and_says_so(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("up")
        await settled(pilot)
        assert "You haven't answered anything yet." in screen_text(app)


async def test_commands_are_typed_after_a_stroke_and_an_unknown_one_lists_them(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        first = on_the_table(screen)
        await command(pilot, "/why")
        assert first.intent in said(app, "#stream")
        await command(pilot, "/sk")
        await question(pilot)
        assert on_the_table(screen) != first
        assert "You skipped this one." in said(app, "#stream")
        await command(pilot, "/nonsense")
        assert "You can type /skip" in running(app)
        assert "/who" in running(app)
        assert screen.query_one(Composer).text == "/nonsense"


async def test_what_can_be_done_stands_in_one_row_above_the_footer_and_is_picked_with_the_mouse(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        first = on_the_table(screen)
        await pilot.click("#ways-on Chip")
        await until(pilot, lambda: screen.ready and on_the_table(screen) != first, "the next question")
        assert app.focused is screen.query_one(Composer)


async def test_a_closed_question_takes_a_chip_or_its_number(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot, case="Our team", journey="team-review")
        while on_the_table(screen).type != "closed":
            await command(pilot, "/skip")
        await pick(pilot, ".offers", "choice:partly")
        await until(pilot, lambda: screen.ready and "partly" in screen.session.state.answers, "the answer")
        while on_the_table(screen).type != "closed":
            await command(pilot, "/skip")
        await pilot.press("4", "enter")
        await until(pilot, lambda: "not ours" in screen.session.state.answers, "the other answer")


async def test_letters_typed_anywhere_go_to_the_composer_and_pick_nothing(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "dad works nights")
        await question(pilot)
        typed = "no one yet, probably unseen"
        for number, letter in enumerate(typed):
            stops = screen.focus_chain
            screen.set_focus(stops[number % len(stops)] if letter != " " else screen.query_one(Composer))
            if screen.focused is not screen.query_one("#note-box"):
                await pilot.press(letter)
            else:
                screen.query_one(Composer).focus()
                await pilot.press(letter)
        assert screen.query_one(Composer).text == typed
        assert screen.session.state.marks == ()
        assert len(screen.session.state.answers) == 1


# Nothing is lost


async def test_a_draft_is_kept_while_somebody_types_without_a_pause(open_app, monkeypatch):
    assert AnswerBox.REST_S == 2.0
    monkeypatch.setattr(AnswerBox, "REST_S", 3600.0)
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        box = await question(pilot)
        resets: list[int] = []
        assert box._resting is not None
        monkeypatch.setattr(box._resting, "reset", lambda: resets.append(1))
        await pilot.press(*"so far")
        await pilot.pause()
        assert len(resets) == 1  # the timer runs on, however often a key is pressed
        box.rest()
        session = screen.session.state.started.session
        await until(pilot, lambda: "so far" in app.workspace().store.draft(session), "the draft on disk")


async def test_a_session_left_is_offered_and_goes_on_with_its_draft_and_its_conversation(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot, case="[Child A]")
        await answer(pilot, "dad works nights")
        (await question(pilot)).put("unsent words")
        waiting = screen.session.state.current
        await leave(pilot)
        assert isinstance(app.screen, HomeScreen)
    again = open_app()
    async with again.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Continue [Child A]" in screen_text(again)
        await pilot.press("enter")
        box = await question(pilot)
        assert box.text == "unsent words"
        assert again.screen.session.state.current == waiting
        assert "Child K" in screen_text(again)


async def test_quitting_at_once_keeps_the_words_being_typed(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"half")
        await pilot.press("ctrl+q")
        session = screen.session.state.started.session
    kept = json.loads(Workspace(tmp_path).store.draft(session))
    assert list(kept.values()) == ["half"]


async def test_escape_closes_the_nearest_thing_and_never_throws_out_of_a_session(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await question(pilot)
        await pilot.press("f6")
        await settled(pilot)
        assert screen.query_one("#side").display
        await pilot.press("escape")
        await settled(pilot)
        assert not screen.query_one("#side").display
        assert app.focused is screen.query_one(Composer)
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.query("#confirm")
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is screen


async def test_finishing_asks_first_and_sends_what_was_just_written(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "first words")
        (await question(pilot)).put("last words")
        screen.action_finish()
        await until(pilot, lambda: "Finish this session?" in screen_text(app), "the question")
        await pilot.press("escape")
        assert app.screen is screen
        screen.action_finish()
        await agree(pilot)
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the summary")
        assert screen.session.state.answers == ("first words", "last words")


async def test_when_the_disk_refuses_the_words_are_in_the_composer_again_with_what_was_typed_since(
    open_app, monkeypatch
):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)

        def refuse(*_: object, **__: object) -> None:
            raise StoreError("Nothing can be kept here; make the folder writable.")

        monkeypatch.setattr(app.workspace().store, "append", refuse)
        await answer(pilot, "these words matter")
        assert "Nothing can be kept here" in running(app)
        assert (await question(pilot)).text == "these words matter"


async def test_any_other_failure_beside_the_interface_is_told_in_one_sentence_without_its_values(open_app, tmp_path):
    def broken(query: str) -> SearchResult:
        raise RuntimeError(f"confidential {query}")

    app = open_app(search=broken)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)
        await answer(pilot, "dad works nights")
        assert "That did not work (incident" in running(app)
        assert "confidential" not in running(app)
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
        await pilot.press("enter")
        await until(pilot, lambda: bool(screen.session.state.answers), "the answer")
        assert len(screen.session.state.answers[0]) == 99_999


async def test_pasted_control_and_direction_characters_never_reach_the_box(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        box = await question(pilot)
        box.post_message(events.Paste("a\x1b[31mb\u202ec\x07 d\r\ne"))
        await pilot.pause()
        assert box.text == "a[31mbc d\ne"


async def test_ctrl_c_says_how_to_leave_and_loses_nothing(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)
        await pilot.press(*"words")
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "press Ctrl+Q" in running(app)
        assert (await question(pilot)).text == "words"


# The conversation


async def test_five_hundred_turns_keep_only_the_newest_in_the_tree_and_older_ones_come_when_read_back_to(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        state = screen.session.state
        one = state.turns[0]
        many = tuple(
            type(one)(
                one.asked.model_copy(update={"question": f"q/{number}"}),
                answer=f"answer {number}",
            )
            for number in range(500)
        )
        stream = screen.query_one(Stream)
        long = type(state)(started=state.started, turns=many, cursor=499)
        stream._drawn.clear()
        await stream.query(TurnView).remove()
        await stream.show(long)
        await settled(pilot)
        assert len(stream.query(TurnView)) == KEPT
        assert "answer 499" in screen_text(app)
        assert f"{500 - KEPT} earlier" in said(app, "#stream")
        stream.scroll_home(animate=False)
        await pilot.press("pageup")
        await settled(pilot)
        assert len(stream.query(TurnView)) == KEPT + MORE
        assert [view.place for view in stream.query(TurnView)] == list(range(500 - KEPT - MORE, 500))


@pytest.mark.parametrize("size", [*SIZES, (40, 12)])
async def test_the_question_and_the_composer_are_in_view_at_every_size_and_typing_shows(open_app, size):
    app = open_app()
    async with app.run_test(size=size) as pilot:
        screen = await begin(pilot)
        await until(pilot, lambda: on_the_table(screen).text.split(",")[0] in running(app), "the question")
        await pilot.press(*"dad is away")
        assert "dad is away" in screen_text(app)
        for other in ((120, 40), (80, 24), (40, 20)):
            await pilot.resize_terminal(*other)
            await settled(pilot)
        await pilot.press("x", "enter")
        await until(pilot, lambda: screen.session.state.answers == ("dad is awayx",), "the answer")


async def test_a_scenarios_facts_stand_above_its_question_and_notes_come_only_when_asked_for(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot, case="Tuesday group", journey="scenario")
        asked = on_the_table(screen)
        assert len(asked.said_first) > 3
        shown = said(app, "#stream")
        places = [shown.index(words) for words in (*asked.said_first, asked.text)]
        assert places == sorted(places)
        while not on_the_table(screen).beside:
            await command(pilot, "/skip")
            await question(pilot)
        notes = on_the_table(screen).facilitator
        assert notes not in said(app, "#stream")
        assert on_the_table(screen).text.split("?")[0][:40] in running(app)
        await command(pilot, "/notes")
        assert notes in said(app, "#stream")
        await command(pilot, "/notes")
        assert notes not in said(app, "#stream")


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (120, 40)])
async def test_the_panel_has_the_plan_the_people_and_the_note_and_its_key_goes_there_and_back(open_app, size):
    app = open_app()
    async with app.run_test(size=size) as pilot:
        screen = await begin(pilot)
        assert screen.query_one("#side").display is (size[0] >= 100)
        await pilot.press("f6")
        await settled(pilot)
        assert app.focused is screen.query_one("#agenda")
        assert all(word in screen_text(app) for word in ("Plan", "People"))
        await pilot.press("f6")
        await settled(pilot)
        assert app.focused is screen.query_one(Composer)


# The private note


async def test_the_note_is_kept_beside_the_record_and_says_so_until_it_is_changed(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        screen.query_one("#note-box").focus()
        await pilot.press(*"tired", "f5")
        await settled(pilot)
        assert screen.session.state.note == "tired"
        assert screen.session.state.answers == ()
        assert "Kept." in said(app, "#note")
        await pilot.press("x")
        await settled(pilot)
        assert "Kept." not in said(app, "#note")


async def test_a_name_in_the_private_note_is_asked_about_when_its_writer_goes_on_and_not_in_mid_thought(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        screen.query_one("#note-box").focus()
        await pilot.press(*"I like Sarah Jones")
        await settled(pilot)
        assert not screen.query("NamesBlock")
        await pilot.press("f6")
        await until(pilot, lambda: bool(screen.query("NamesBlock")), "the names")
        assert screen.session.state.note == ""
        screen.query_one("#name-0", Input).value = "the aunt"
        await pick(pilot, "#names-answers", "go")
        await until(pilot, lambda: screen.session.state.note == "I like the aunt", "the note")
        assert screen.query_one("#note-box", AnswerBox).text == "I like the aunt"


async def test_tab_goes_straight_to_what_waits_to_be_answered(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "Sarah Jones rang")
        await until(pilot, lambda: not screen.query("NamesBlock Chips.-deaf"), "that it listens")
        await pilot.press("tab")
        assert app.focused is screen.query_one("#name-0")
        assert "Looking at" not in said(app, "#stream")
        screen.query_one(PeoplePanel).focus()
        await pilot.press("tab")
        assert app.focused is screen.query_one("#name-0")
        await pilot.press("tab")
        assert app.focused is not screen.query_one("#name-0")


async def test_what_is_typed_over_a_question_about_leaving_is_in_the_composer(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"he sa", "escape", *"id no")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "no", "that it listens")
        await pilot.press(*"thing", "escape")
        await settled(pilot)
        assert app.screen is screen
        assert screen.query_one(Composer).text == "he said nothing"


async def test_a_stroke_lists_the_commands_and_enter_alone_does_none_of_them(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        first = on_the_table(screen)
        await pilot.press("/")
        await settled(pilot)
        assert first.text.split()[-1] in screen_text(app)  # the newest stays in view over the list
        assert "╭" not in screen_text(app)
        assert all(words in screen_text(app) for words in ("/skip", "/why", "/add-action"))
        await pilot.press("enter")
        assert on_the_table(screen) == first
        assert screen.query_one(Composer).text == "/"
        await pilot.press("escape")
        await settled(pilot)
        assert "/add-action" not in screen_text(app)
        assert "Choose with" not in screen_text(app)
        assert screen.query_one(Composer).text == ""
        await pilot.press("/", "down", "down", "down", "enter")
        await settled(pilot)
        assert first.intent in said(app, "#stream")


async def test_the_header_says_whose_session_it_is_where_we_are_and_the_time_left(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        bar = screen_text(app).splitlines()[0]
        assert "Child A · Supervision session   To begin" in bar
        assert bar.endswith("30 minutes left")
        await pilot.resize_terminal(40, 20)
        await settled(pilot)
        assert screen_text(app).splitlines()[0].split() == ["Child", "A", "○○○○", "30", "minutes", "left"]


async def test_the_panel_has_the_parts_before_and_after_the_themes_and_the_learning_so_far(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        assert "▸ To begin" in said(app, "#side")
        await answer(pilot, "dad works nights so none of us have met him")
        await question(pilot)
        assert "✓ To begin" in said(app, "#side")
        assert "· What to do · To close" in said(app, "#side")
        quoted = screen.query_one(QuotedPanel)
        assert "Serious Case Review – Child K, line 63" in str(quoted.options[0].prompt)
        quoted.focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.screen is not screen, "the review")
