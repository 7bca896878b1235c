from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.prompts import Ladder, load_prompts
from assistant.followup.actions import STATUSES, Action
from assistant.followup.escalations import WANTED, Escalation, end_of, next_rung
from assistant.followup.forms import STATUS_NAMES, YES, ActionForm, EscalationForm
from assistant.language.dates import format_date, parse_date
from assistant.noticing.plan_words import read_plan_words
from assistant.resources import PACKAGE

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ACTION = Action(id="s/01", case="Child A", agreed=date(2026, 3, 2), text="Visit on Friday", by=date(2026, 3, 6))
DISPUTE = Escalation(
    id="s/escalation",
    case="Child A",
    raised=NOW,
    disputed="Whether the injury could be an accident",
    deadline=datetime(2026, 3, 4, 12, 30, tzinfo=UTC),
)


@pytest.fixture(scope="module")
def ladder() -> Ladder:
    return load_prompts(PACKAGE / "no-such-home").ladder


@pytest.fixture
def action_form() -> ActionForm:
    return ActionForm(ACTION, read_plan_words(PACKAGE / "no-such-home"))


@pytest.fixture
def form(ladder: Ladder) -> EscalationForm:
    return EscalationForm(DISPUTE, ladder)


def test_what_is_not_changed_stays_to_the_minute(form: EscalationForm, action_form: ActionForm):
    assert form.filled(form.typed, NOW).record == DISPUTE
    assert action_form.filled(action_form.typed, NOW).record == ACTION


def test_every_field_of_the_record_that_is_said_in_words_is_on_its_form(form: EscalationForm, action_form: ActionForm):
    kept_otherwise = {"id", "case", "session", "raised", "agreed", "by_said", "steps", "closed"}
    assert {field.name for field in form.fields} - {"response", "settled"} == set(
        Escalation.model_fields
    ) - kept_otherwise
    assert {field.name for field in action_form.fields} == set(Action.model_fields) - kept_otherwise
    assert set(WANTED) <= {field.name for field in form.fields}
    assert tuple(STATUS_NAMES) == STATUSES


def test_a_day_is_read_as_everywhere_else_and_one_that_cannot_be_read_leaves_what_was_there(form: EscalationForm):
    on_friday = form.filled({**form.typed, "deadline": "by Friday"}, NOW)
    assert isinstance(on_friday.record, Escalation)
    assert on_friday.record.deadline == end_of(date(2026, 3, 6), NOW)
    unread = form.filled({**form.typed, "deadline": "soonish", "who": "Named nurse"}, NOW)
    assert list(unread.unread) == ["deadline"]
    assert unread.record == DISPUTE.model_copy(update={"who": "Named nurse"})
    emptied = form.filled({**form.typed, "deadline": " "}, NOW).record
    assert isinstance(emptied, Escalation)
    assert emptied.deadline is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_as_it_is_shown_is_read_back_as_the_same(day: date):
    assert parse_date(format_date(day), NOW.date()) == day


def test_an_answer_ends_the_step_in_hand_and_the_next_begins_with_a_clock_of_its_own(
    form: EscalationForm, ladder: Ladder
):
    typed = {**form.typed, "next_rung": "Line managers", "who": "Team manager", "response": "They keep to it."}
    one = form.filled(typed, NOW).record
    assert isinstance(one, Escalation)
    (step,) = one.steps
    assert (step.rung, step.who, step.response, step.answered) == (
        "Line managers",
        "Team manager",
        "They keep to it.",
        NOW,
    )
    assert next_rung(one, ladder).name == "Service managers"
    assert (one.who, one.deadline, one.next_rung, one.open) == ("", None, "", True)
    again = EscalationForm(one, ladder)
    assert again.typed["response"] == ""
    hints = "\n".join(field.hint for field in again.fields)
    assert "Line managers, 2 March 2026, Team manager: “They keep to it.”" in hints


def test_what_is_settled_is_not_open_and_asks_for_nothing_more(form: EscalationForm):
    for response in ("", "They will assess."):
        filled = form.filled({**form.typed, "settled": YES, "response": response}, NOW)
        assert isinstance(filled.record, Escalation)
        assert not filled.record.open and filled.record.closed == NOW
        assert filled.still == ""


def test_what_is_missing_before_it_can_be_sent_is_one_sentence(form: EscalationForm):
    still = form.filled(form.typed, NOW).still
    assert still.startswith("Still to add before it can be sent: the child's risk")
    assert "what is disputed" not in still
    full = {name: "said" for name in WANTED if name not in {"next_rung", "deadline"}}
    assert form.filled({**form.typed, **full, "next_rung": "Senior leads"}, NOW).still == ""


def test_the_rungs_are_offered_by_their_names_in_the_local_file(form: EscalationForm, ladder: Ladder):
    (rungs,) = (field.choices for field in form.fields if field.name == "next_rung")
    assert [key for key, _ in rungs] == ["", *(rung.name for rung in ladder.rungs)]
    assert rungs[0][1] == f"The next in order: {ladder.rungs[0].name}"


def test_the_gentle_check_stands_by_the_field_it_is_about_while_the_action_is_open(action_form: ActionForm):
    asks = action_form.filled({**action_form.typed, "text": "Monitor, ongoing"}, NOW).asks
    assert "“Monitor”" in asks["text"] and "“ongoing”" in asks["text"]
    assert "Who will do it?" in asks["person"]
    assert action_form.filled({**action_form.typed, "status": "done"}, NOW).asks == {}
    late = action_form.filled(action_form.typed, NOW + timedelta(days=9)).asks
    assert "has passed" in late["by"]


def test_an_action_cannot_lose_its_words(action_form: ActionForm):
    emptied = action_form.filled({**action_form.typed, "text": "  "}, NOW)
    assert list(emptied.unread) == ["text"]
    assert emptied.record == ACTION


def test_what_nobody_types_is_not_kept(action_form: ActionForm):
    record = action_form.filled({**action_form.typed, "evidence": " seen\x07 \u202eit "}, NOW).record
    assert isinstance(record, Action)
    assert record.evidence == "seen it"
