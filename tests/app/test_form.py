"""An action and a disagreement filled in: what stands there, what is kept, and what is never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

from textual.widgets import Input, OptionList, Select

from assistant.app.screens.all_actions import ActionsScreen
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.form import FieldBox, FillingScreen
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.identifiers_asked import NamesScreen
from assistant.app.widgets.tick import Tick
from assistant.followup.actions import Action
from assistant.followup.escalations import Escalation
from tests.app.conftest import HOSTILE, agree, screen_text, settled, until


def agreed(text: str, *, n: int = 1, case: str = "[Child A]", person: str = "", by: date | None = None) -> Action:
    return Action(id=f"s/{n:02}", case=case, agreed=date(2026, 2, 20), text=text, person=person, by=by)


def disputed(words: str = "Whether the injury could be an accident", *, raised: datetime | None = None) -> Escalation:
    return Escalation(
        id="s/escalation",
        case="[Child A]",
        raised=raised or datetime(2026, 2, 25, 10, tzinfo=UTC),
        disputed=words,
        next_rung="Line managers",
        deadline=datetime(2026, 2, 26, 17, tzinfo=UTC),
    )


async def opened(pilot, *records: Action | Escalation):
    """The list of what is waiting, and the first of it opened."""
    await settled(pilot)
    app = pilot.app
    for record in records:
        app.workspace().follow_ups.keep(record)
    app.visit("actions")
    await until(pilot, lambda: " open" in screen_text(app), "the list")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, FillingScreen), "the form")
    await settled(pilot)
    return app.screen


def field(screen, name):
    return screen.query_one(f"#field-{name}", FieldBox)


def put(screen, name, words):
    box = field(screen, name).box
    if isinstance(box, Input | Select):
        box.value = words
    else:
        box.put(words)


def told(app) -> str:
    return " ".join(screen_text(app).split())


async def test_what_the_session_kept_of_a_disagreement_stands_in_its_form_and_what_is_added_is_kept(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot, disputed(HOSTILE))
        assert HOSTILE in screen_text(app)
        assert "taken further, [Child A]" in screen_text(app)
        assert field(screen, "next_rung").typed == "Line managers"
        assert field(screen, "deadline").typed == "26 February 2026"
        put(screen, "child_risk", "He goes home to the same adults")
        put(screen, "next_rung", "Service managers")
        put(screen, "deadline", "Friday")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen), "the list again")
        kept = app.workspace().follow_ups.escalation("s/escalation")
        assert (kept.disputed, kept.child_risk) == (HOSTILE, "He goes home to the same adults")
        assert kept.next_rung == "Service managers"
        assert kept.deadline == datetime(2026, 3, 6, 17, tzinfo=UTC)
        await until(pilot, lambda: "Service managers, by 6 March 2026" in told(app), "its new day in the list")
        assert "LATE" not in told(app)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "LATE, Line managers" in told(app), "the change taken back")


async def test_a_day_that_cannot_be_read_is_one_sentence_by_the_box_and_nothing_is_lost(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot, disputed())
        put(screen, "evidence", "The paediatrician's letter")
        put(screen, "deadline", "soonish")
        await pilot.press("f5")
        await settled(pilot)
        assert app.screen is screen
        assert app.focused is field(screen, "deadline").box
        app.clear_notifications()
        assert "That day cannot be read; write it as Friday, 3 June" in told(app)
        assert field(screen, "evidence").typed == "The paediatrician's letter"
        assert app.workspace().follow_ups.escalation("s/escalation") == disputed()
        put(screen, "deadline", "3 June")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen), "the list again")
        kept = app.workspace().follow_ups.escalation("s/escalation")
        assert (kept.evidence, kept.deadline) == ("The paediatrician's letter", datetime(2026, 6, 3, 17, tzinfo=UTC))


async def test_going_back_asks_first_when_something_was_typed_and_only_then(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, disputed())
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, ActionsScreen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FillingScreen), "the form")
        screen = app.screen
        await pilot.press("tab", *"health", "escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the question")
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is screen
        assert field(screen, "agencies").typed == "health"
        await pilot.press("escape")
        await agree(pilot)
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen), "the list")
        assert app.workspace().follow_ups.escalation("s/escalation").agencies == ""


async def test_what_stands_in_a_form_that_is_left_by_another_way_is_kept(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, disputed())
        put(screen, "evidence", "The letter")
        put(screen, "deadline", "soonish")
        app.go_to("library")
        await settled(pilot)
        kept = app.workspace().follow_ups.escalation("s/escalation")
        assert (kept.evidence, kept.deadline) == ("The letter", disputed().deadline)
        app.go_home()
        screen = await opened(pilot)
        put(screen, "source", "Hospital")
        await pilot.press("ctrl+q")
    assert open_app().workspace().follow_ups.escalation("s/escalation").source == "Hospital"


async def test_an_answer_and_a_tick_settle_a_disagreement_and_it_leaves_the_list(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot, disputed())
        put(screen, "response", "They will assess together.")
        tick = field(screen, "settled").box
        assert isinstance(tick, Tick)
        tick.focus()
        await pilot.press("space", "f5")
        await until(pilot, lambda: "Nothing to do at the moment" in screen_text(app), "an empty list")
        kept = app.workspace().follow_ups.escalation("s/escalation")
        assert kept.steps[0].agreed and not kept.open


async def test_an_overdue_disagreement_stands_on_the_first_screen_and_opens_from_there(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.workspace().follow_ups.keep(disputed())
        app.visit("settings")
        await pilot.press("escape")
        await until(pilot, lambda: "Overdue: [Child A]" in screen_text(app), "the overdue one")
        options = app.screen.query_one(OptionList)
        options.highlighted = options.get_option_index("fill:s/escalation")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FillingScreen), "its form")
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_the_list_has_the_overdue_first_then_what_comes_by_its_day(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        follow_ups = app.workspace().follow_ups
        follow_ups.keep(agreed("no day", n=1))
        follow_ups.keep(agreed("next week", n=2, by=date(2026, 3, 9)))
        follow_ups.keep(disputed("overdue dispute"))
        follow_ups.keep(agreed("late action", n=3, by=date(2026, 2, 27)))
        app.visit("actions")
        await until(pilot, lambda: "3 actions and 1 disagreement open, 2 late" in screen_text(app), "the list")
        lines = screen_text(app)
        wanted = ("overdue dispute", "late action", "next week", "no day")
        assert [lines.index(words) for words in wanted] == sorted(lines.index(words) for words in wanted)


async def test_enter_opens_an_action_and_another_key_says_that_it_is_done(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, agreed("Visit", by=date(2026, 3, 9)))
        await pilot.press("escape")
        await settled(pilot)
        assert app.workspace().follow_ups.action("s/01").status == "open"
        await pilot.press("space")
        await until(pilot, lambda: "Nothing to do at the moment" in screen_text(app), "an empty list")
        assert app.workspace().follow_ups.action("s/01").status == "done"
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "1 action open" in screen_text(app), "it back")


async def test_the_gentle_check_is_shown_once_and_the_action_may_be_kept_as_it_is(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot, agreed("Visit", person="Health visitor", by=date(2026, 3, 9)))
        put(screen, "text", "Monitor")
        await pilot.press("f5")
        await settled(pilot)
        assert app.screen is screen
        app.clear_notifications()
        assert "“Monitor”" in told(app)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen), "the list")
        assert app.workspace().follow_ups.action("s/01").text == "Monitor"


async def test_all_that_belongs_to_an_action_can_be_filled_in(open_app):
    app = open_app()
    said = {
        "outcome": "He sleeps in his own cot",
        "person": "Health visitor",
        "by": "Friday",
        "seen_or_heard": "The cot, seen by the health visitor",
        "review": "in two weeks",
        "contingency": "Strategy discussion",
        "status": "partly",
        "evidence": "Visit note",
        "difference": "He wakes less",
    }
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await opened(pilot, agreed("Visit the flat"))
        for name, words in said.items():
            put(screen, name, words)
        await settled(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen), "the list")
        kept = app.workspace().follow_ups.action("s/01")
        days = {"by": date(2026, 3, 6), "review": date(2026, 3, 16)}
        assert kept == agreed("Visit the flat").model_copy(update={**said, **days})


async def test_a_name_typed_into_a_form_is_asked_about_before_it_is_kept(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot, disputed())
        put(screen, "evidence", "Ring 07700 900123 about the letter")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, NamesScreen), "the question about it")
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is screen
        assert app.workspace().follow_ups.escalation("s/escalation").evidence == ""
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, NamesScreen), "the question about it")
        app.screen.query_one("#name-0", Input).value = "the ward"
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen), "the list")
        assert app.workspace().follow_ups.escalation("s/escalation").evidence == "Ring the ward about the letter"


async def test_on_forty_columns_each_box_has_its_label_in_sight_and_nothing_is_cut_off(open_app):
    app = open_app()
    async with app.run_test(size=(40, 20)) as pilot:
        screen = await opened(pilot, disputed())
        assert "Disagreement taken further" in screen_text(app)
        for each in screen.query(FieldBox):
            assert app.focused is each.box, each.field.name
            assert each.field.label.split()[0] in screen_text(app)
            await pilot.press("tab")
            await settled(pilot)
        assert all(len(line) <= 40 for line in screen_text(app).splitlines())
        assert [each for each in screen.query("#filling, FieldBox, FieldBox > *") if each.max_scroll_x > 0] == []
        assert "On both agencies' files" in told(app)
