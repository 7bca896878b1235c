from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.prompts import Ladder, Prompts, load_prompts
from assistant.conversation.state import State, replay
from assistant.errors import ReflectError
from assistant.followup import actions as a
from assistant.followup import escalations as esc
from assistant.followup.over_time import counted, moved, points_reviewed, status_said
from assistant.language.dates import parse_date
from assistant.noticing.observations import Manner, Noticing
from assistant.noticing.plan_words import read_plan_words
from assistant.noticing.reading import Reading, Step
from assistant.resources import PACKAGE
from assistant.retrieval.results import SearchResult
from assistant.workspace.workspace import Workspace
from tests.stores import CHEAP, START, Ticking, answered, asked, started

MONDAY = date(2026, 3, 2)
NOWHERE = PACKAGE / "no-such-home"


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return load_prompts(NOWHERE)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    clock = Ticking()
    numbers = iter(range(1, 100))
    quiet = lambda words: SearchResult(query=words, nothing_bears=True, hits=())  # noqa: E731
    return Workspace(tmp_path, search=quiet, clock=clock, new_id=lambda: f"s{next(numbers)}", iterations=CHEAP)


def session(*answers: tuple[str, str, str], first: e.Started | None = None) -> State:
    """A session in which each (question, keeps, answer) was asked and answered."""
    events: list[e.Event] = [first or started()]
    for question, keeps, words in answers:
        events += [asked(question, keeps=keeps), answered(words, question)]
    return replay(events)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by 12 March", date(2026, 3, 12)),
        ("by the 12th of March 2027", date(2027, 3, 12)),
        ("March 12", date(2026, 3, 12)),
        ("12/3/26", date(2026, 3, 12)),
        ("12.03", date(2026, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
        ("by Friday", date(2026, 3, 6)),
        ("by Monday", date(2026, 3, 9)),
        ("next Friday", date(2026, 3, 13)),
        ("next Monday", date(2026, 3, 9)),
        ("tomorrow", date(2026, 3, 3)),
        ("in two weeks", date(2026, 3, 16)),
        ("within 3 days", date(2026, 3, 5)),
        ("by the end of the month", date(2026, 3, 31)),
        ("by the end of the week", date(2026, 3, 6)),
        ("next week", date(2026, 3, 13)),
        ("on 3 January", date(2026, 1, 3)),
        ("on 3 August of last year, 31 February", date(2026, 8, 3)),
        ("31/02/2026", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(words: str, day: date | None):
    assert parse_date(words, MONDAY) == day


def test_each_line_of_a_plan_becomes_an_action_with_who_and_when():
    said = (
        "- The health visitor will weigh the baby by 12 March\n\n2. School: ring mum by Friday\nsomebody should check"
    )
    first, second, third = a.agreed_in(session(("actions/steps", "action", said)))
    assert (first.person, first.by) == ("The health visitor", date(2026, 3, 12))
    assert (second.person, second.by) == ("School", date(2026, 3, 6))
    assert (third.person, third.by, third.text) == ("", None, "somebody should check")


def test_each_step_has_its_own_person_and_day_as_the_answer_was_read():
    words = "I'll ring school on Friday and the HV will weigh her before half term. Someone to see Dad by 20 February"
    cut = words.index(" and the HV")
    read = Reading(
        steps=(
            Step(text=words[:cut], span=(0, cut), who="I", by=date(2026, 3, 6), by_words="Friday"),
            Step(text="the HV will weigh her before half term", span=(cut + 5, 70), who="the HV"),
            Step(text="Someone to see Dad by 20 February", span=(72, len(words)), by=date(2026, 2, 20)),
        )
    )
    noticed = e.Noticed(at=START, question="actions/steps", noticing=Noticing(), reading=read)
    events: list[e.Event] = [
        started(),
        asked("actions/steps", keeps="action"),
        answered(words, "actions/steps"),
        noticed,
    ]
    ring, weigh, see = a.agreed_in(replay(events))
    assert (ring.person, ring.by, ring.by_said) == ("the worker", date(2026, 3, 6), "")
    assert (weigh.person, weigh.by, weigh.by_said) == ("the HV", None, "before half term")
    assert (see.person, see.by) == ("", None), "no day that is past at birth"


def test_whoever_does_it_is_named_in_full():
    step = Step(text="the named doctor will ask for a scan", span=(0, 36), who="doctor")
    events: list[e.Event] = [started(), asked("x/1", keeps="action"), answered(step.text, "x/1")]
    noticed = e.Noticed(at=START, question="x/1", noticing=Noticing(), reading=Reading(steps=(step,)))
    assert [action.person for action in a.agreed_in(replay([*events, noticed]))] == ["the named doctor"]


def test_two_things_for_two_days_are_two_steps_of_one_person():
    words = "I'll see her alone on Wednesday and ring her dad by Friday"
    read = Reading(steps=(Step(text=words, span=(0, len(words)), who="I", by=date(2026, 3, 6)),))
    noticed = e.Noticed(at=START, question="actions/steps", noticing=Noticing(), reading=read)
    events: list[e.Event] = [
        started(),
        asked("actions/steps", keeps="action"),
        answered(words, "actions/steps"),
        noticed,
    ]
    see, ring = a.agreed_in(replay(events))
    assert (see.text, see.by) == ("see her alone on Wednesday", date(2026, 3, 4))
    assert (ring.text, ring.by, ring.person) == ("ring her dad by Friday", date(2026, 3, 6), "the worker")


def test_a_name_and_a_day_given_when_they_were_missing_are_the_action_s():
    def noticed(question: str, step: Step) -> e.Noticed:
        return e.Noticed(at=START, question=question, noticing=Noticing(), reading=Reading(steps=(step,)))

    events: list[e.Event] = [
        started(),
        asked("actions/steps", keeps="action"),
        answered("Ring Dad", "actions/steps"),
        noticed("actions/steps", Step(text="Ring Dad", span=(0, 8))),
        asked("actions/gaps", keeps="step-gap", said_first=("“Ring Dad” has nobody's name on it.",)),
        answered("School nurse, Friday", "actions/gaps"),
        noticed(
            "actions/gaps",
            Step(text="School nurse, Friday", span=(0, 20), who="School nurse", by=date(2026, 3, 6)),
        ),
    ]
    (ring,) = a.agreed_in(replay(events))
    assert (ring.text, ring.person, ring.by) == ("Ring Dad", "School nurse", date(2026, 3, 6))


@pytest.mark.parametrize("words", ["not sure yet", "none", "dunno", "n/a."])
def test_an_answer_that_names_no_step_makes_no_action(words: str):
    assert a.agreed_in(session(("actions/steps", "action", words))) == []


def test_what_the_child_will_notice_and_the_fallback_fill_the_plan_even_when_said_after_it_was_save_record(
    workspace: Workspace,
):
    steps = ("actions/steps", "action", "School nurse will ring Mum by Friday")
    later = (
        ("actions/child-notices", "outcome", "Breakfast before school."),
        ("actions/if-not", "contingency", "The team manager rings instead."),
    )
    workspace.follow_ups.take_from(session(steps))
    (before,) = workspace.follow_ups.actions()
    assert (before.outcome, before.contingency) == ("", "")
    workspace.follow_ups.take_from(session(steps, *later))
    (after,) = workspace.follow_ups.actions()
    assert (after.outcome, after.contingency) == ("Breakfast before school.", "The team manager rings instead.")


def test_the_gentle_check_names_what_is_missing_or_vague():
    words = read_plan_words(NOWHERE)
    action = a.Action(id="1", case="Child A", agreed=MONDAY, text="Ongoing monitoring as appropriate")
    found = a.concerns(action, words, MONDAY)
    assert [concern.words for concern in found if concern.field == "text"] == [
        "monitoring",
        "Ongoing",
        "as appropriate",
    ]
    assert {concern.field for concern in found} == {"text", "person", "by", "seen_or_heard", "outcome", "contingency"}


def test_a_full_action_is_left_in_peace():
    action = a.Action(
        id="1",
        case="Child A",
        agreed=MONDAY,
        text="Weigh the baby at home",
        person="health visitor",
        by=date(2026, 3, 12),
        outcome="The baby gains weight",
        seen_or_heard="Weight on the centile chart",
        contingency="Same-day talk with the paediatrician",
    )
    words = read_plan_words(NOWHERE)
    assert a.concerns(action, words, MONDAY) == []
    (late,) = a.concerns(action, words, date(2026, 3, 13))
    assert late.ask.startswith("12 March 2026 has passed")
    done_not_changed = action.model_copy(update={"outcome": "Attend a parenting course"})
    assert [concern.words for concern in a.concerns(done_not_changed, words, MONDAY)] == ["attend"]


def test_a_plan_that_one_person_carries_alone_is_asked_about():
    plan = [a.Action(id=str(n), case="A", agreed=MONDAY, text="x", person="Social worker") for n in range(3)]
    assert a.plan_concerns(plan)[0].words == "Social worker"
    assert a.plan_concerns(plan[:2]) == []
    assert a.plan_concerns([*plan, plan[0].model_copy(update={"person": "school"})]) == []


def test_the_next_session_on_the_case_starts_with_what_is_open(workspace: Workspace):
    first = workspace.begin("supervision", case="Child A", minutes=15)
    first.go_on()
    while first.state.finished is None:
        question = first.state.current
        assert question is not None
        keeps = question.asked.keeps
        first.answer(
            "Health visitor: weigh the baby by Friday\nSchool will ring" if keeps == "action" else "nothing yet"
        )
    workspace.save_record(first)
    workspace.save_record(first)
    assert [action.person for action in workspace.follow_ups.actions()] == ["Health visitor", "School"]
    assert workspace.begin("supervision", case="Child B", minutes=15).state.started.carried == ()

    second = workspace.begin("supervision", case="Child A", minutes=60)
    assert [action.text for action in second.state.started.carried] == [
        "Health visitor: weigh the baby by Friday",
        "School will ring",
    ]
    second.go_on()
    said = {
        "last-time/1/done": "Done on Thursday",
        "last-time/1/difference": "She is gaining weight",
        "last-time/2/done": "Not yet, it was half term",
    }
    while said and second.state.current is not None:
        second.answer(said.pop(second.state.current.asked.question, "nothing yet"))
    workspace.save_record(second)
    weighed, rang = workspace.follow_ups.actions(case="Child A")
    assert (weighed.status, weighed.evidence, weighed.difference) == (
        "done",
        "Done on Thursday",
        "She is gaining weight",
    )
    assert (rang.status, rang.evidence) == ("open", "Not yet, it was half term")
    third = workspace.begin("supervision", case="Child A", minutes=15)
    assert [action.text for action in third.state.started.carried] == ["School will ring"]


def test_what_was_completed_by_hand_stays_when_a_session_is_put_away_again(workspace: Workspace):
    held = workspace.begin("self-review", case="Child A", minutes=25)
    held.go_on()
    while (turn := held.state.current) and turn.asked.keeps != "action":
        held.answer("words")
    held.answer("School: ring mum")
    workspace.save_record(held)
    (action,) = workspace.follow_ups.actions()
    workspace.follow_ups.save_action(action.model_copy(update={"by": date(2026, 3, 9), "outcome": "He is in class"}))
    workspace.save_record(held)
    (kept,) = workspace.follow_ups.actions()
    assert kept.by == date(2026, 3, 9) and kept.outcome == "He is in class"


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (datetime(2026, 3, 2, 10, tzinfo=UTC), 4, datetime(2026, 3, 2, 14, tzinfo=UTC)),
        (datetime(2026, 3, 2, 16, tzinfo=UTC), 8, datetime(2026, 3, 3, 16, tzinfo=UTC)),
        (datetime(2026, 3, 6, 16, tzinfo=UTC), 2, datetime(2026, 3, 9, 10, tzinfo=UTC)),
        (datetime(2026, 3, 7, 12, tzinfo=UTC), 8, datetime(2026, 3, 9, 17, tzinfo=UTC)),
        (datetime(2026, 3, 2, 20, tzinfo=UTC), 1, datetime(2026, 3, 3, 10, tzinfo=UTC)),
    ],
)
def test_working_hours_run_on_weekdays_from_nine_to_five(start: datetime, hours: float, end: datetime):
    assert esc.after_working_hours(start, hours) == end


def test_working_hours_end_with_the_last_day_there_is():
    assert esc.after_working_hours(datetime(9999, 12, 31, 16, tzinfo=UTC), 40).date() == date.max


@pytest.fixture(scope="module")
def ladder(prompts: Prompts) -> Ladder:
    return prompts.ladder


def test_a_disagreement_that_was_stated_is_taken_further_with_step_and_day(ladder: Ladder):
    raised = esc.raised_in(which(ladder, "Line managers, today"), ladder)
    assert raised is not None
    assert raised.disputed == "My line manager and theirs do not agree by Friday or ever"
    assert esc.next_rung(raised, ladder).name == "Line managers"
    assert raised.deadline == datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert esc.raised_in(session(("closing/x", "take-away", "y")), ladder) is None


def which(ladder: Ladder, answer: str) -> State:
    """A session that was asked for the step with the ladder before its eyes."""
    events: list[e.Event] = [started()]
    for question, text, words in (
        ("risk/stuck", "What is stuck?", "My line manager and theirs do not agree by Friday or ever"),
        ("risk/rung", f"Of these steps ({ladder.in_words()}), which?", answer),
        ("risk/by-when", "By which day?", "2 March"),
    ):
        events += [asked(question, text=text, keeps="escalation"), answered(words, question)]
    return replay(events)


@pytest.mark.parametrize(
    ("answer", "rung"),
    [
        ("2", 2),
        ("2.", 2),
        ("Step 3", 3),
        ("the second", 2),
        ("number two I think", 2),
        ("2 line managers", 2),
        ("service manager, by tomorrow", 3),
        ("safeguarding partnership", 5),
        ("Housing still will not act; 4", 4),
        ("9", None),
        ("not sure", None),
        ("12 days is too long", None),
        ("two weeks is too long for him", None),
    ],
)
def test_a_rung_is_known_by_its_number_its_place_or_its_name(ladder: Ladder, answer: str, rung: int | None):
    raised = esc.raised_in(which(ladder, answer), ladder)
    assert raised is not None
    assert raised.next_rung == (ladder.rungs[rung - 1].name if rung else "")
    assert raised.disputed == "My line manager and theirs do not agree by Friday or ever"


@pytest.mark.parametrize(
    ("told", "disputed"),
    [
        (
            "She was quiet. I rang duty and they said it didn't meet threshold. I don't agree with that.",
            "I rang duty and they said it didn't meet threshold. I don't agree with that.",
        ),
        ("I don't agree with Mum about bedtimes.", ""),
        ("I rang the social worker, she thinks early help is enough, and she knows best.", ""),
    ],
)
def test_a_disagreement_that_is_stated_counts_wherever_it_was_said(ladder: Ladder, told: str, disputed: str):
    raised = esc.raised_in(replay([started(), asked("visit/1"), answered(told, "visit/1")]), ladder)
    assert (raised.disputed if raised else "") == disputed


def test_a_step_and_a_day_without_anything_in_dispute_start_no_disagreement(ladder: Ladder):
    text = f"Of these steps ({ladder.in_words()}), which?"
    events: list[e.Event] = [started(), asked("risk/rung", text=text, keeps="escalation"), answered("2", "risk/rung")]
    events += [asked("risk/by-when", keeps="escalation"), answered("by Friday", "risk/by-when")]
    assert esc.raised_in(replay(events), ladder) is None


@pytest.mark.parametrize(
    ("words", "differs"),
    [
        ("They say each one is below threshold, we say that four together and a child who's gone mute is not.", True),
        ("The referral was closed without a visit", True),
        ("Housing won't move them and I think they must", True),
        ("School want him back on Monday and the hospital says he isn't ready.", True),
        ("My manager thinks it's a CIN case. I don't.", True),
        ("The health visitor hasn't come back to me about the weight.", True),
        ("We disagree with the nursery about what she meant", True),
        ("Nothing", False),
        ("no", False),
        ("Not really", False),
        ("There isn't a dispute, we just don't know enough.", False),
        ("We all agree, it's just slow.", False),
        ("Mum won't let us upstairs", False),
        ("Dad refuses to engage with anybody", False),
        ("I don't know the uncle's name", False),
        ("It's me, I keep putting it off.", False),
        ("The boys won't talk to me", False),
    ],
)
def test_only_another_professional_s_view_makes_a_disagreement(ladder: Ladder, words: str, differs: bool):
    raised = esc.raised_in(session(("risk/stuck", "escalation", words)), ladder)
    assert (raised is not None) == differs


@pytest.mark.parametrize(
    ("answer", "rung", "who"),
    [
        ("2, my head", 2, "my head"),
        ("There's no worker to be worker to. So 2, my head, and if she won't then the MASH manager.", 2, "my head"),
        ("the named doctor", 3, "the named doctor"),
        ("I'd go to her manager", 2, "her manager"),
        ("Straight to the head of service", 3, "the head of service"),
        ("the designated nurse I think", 4, "the designated nurse"),
        ("3", 3, ""),
    ],
)
def test_a_step_is_known_by_who_stands_on_it(ladder: Ladder, answer: str, rung: int, who: str):
    raised = esc.raised_in(which(ladder, answer), ladder)
    assert raised is not None
    assert (raised.next_rung, raised.who) == (ladder.rungs[rung - 1].name, who)


def test_the_day_comes_from_the_answer_to_by_when_and_is_never_past_at_birth(ladder: Ladder):
    def deadline(words: str) -> datetime | None:
        events: list[e.Event] = [started()]
        for question, text, said in (
            ("risk/stuck", "What is stuck?", "Social care closed it on Tuesday"),
            ("risk/by-when", "By which day will you go further?", words),
        ):
            events += [asked(question, text=text, keeps="escalation"), answered(said, question)]
        raised = esc.raised_in(replay(events), ladder)
        assert raised is not None
        return raised.deadline

    assert deadline("Friday") == datetime(2026, 3, 6, 17, tzinfo=UTC)
    assert deadline("It was 23 February") is None
    assert deadline("when I get to it") is None


def test_a_disagreement_can_begin_outside_a_session(workspace: Workspace):
    begun = workspace.start_disagreement(" Child  B ", "Housing says the flat is fit; we say it is not")
    assert workspace.follow_ups.escalations(case="Child B") == [begun]
    assert begun.session is None and begun.open
    with pytest.raises(ReflectError, match="what is disputed"):
        workspace.start_disagreement("Child B", "  ")


def test_an_escalation_climbs_a_rung_at_a_time_by_the_local_clock_and_immediate_risk_goes_to_the_top(ladder: Ladder):
    raised = esc.Escalation(id="1", case="Child A", raised=START, disputed="no visit")
    assert esc.next_rung(raised, ladder) == ladder.rungs[0]
    tried = raised.model_copy(update={"steps": (esc.Step(rung=ladder.rungs[0].name, at=START),)})
    assert esc.next_rung(tried, ladder) == ladder.rungs[1]
    assert esc.due(tried, ladder) == esc.after_working_hours(START, ladder.rungs[0].working_hours)
    assert not esc.overdue(tried, ladder, START + timedelta(hours=1))
    assert esc.overdue(tried, ladder, START + timedelta(days=4))
    agreed = tried.model_copy(update={"steps": (tried.steps[0].model_copy(update={"agreed": True}),)})
    assert not esc.overdue(agreed, ladder, START + timedelta(days=4))
    danger = tried.model_copy(update={"immediate": True})
    assert esc.next_rung(danger, ladder) == ladder.rungs[-1]
    assert esc.overdue(danger, ladder, START + timedelta(minutes=1))


def test_what_is_overdue_is_listed_longest_waiting_first(workspace: Workspace):
    late = a.Action(id="1", case="Child A", agreed=MONDAY, text="weigh", by=date(2026, 2, 20))
    workspace.follow_ups.save_action(late)
    workspace.follow_ups.save_action(late.model_copy(update={"id": "2", "by": date(2026, 4, 1)}))
    workspace.follow_ups.save_action(late.model_copy(update={"id": "3", "status": "done"}))
    raised = esc.Escalation(id="4", case="Child B", raised=START - timedelta(days=20), disputed="no visit")
    workspace.follow_ups.save_escalation(raised)
    assert [(due.what, due.case) for due in workspace.follow_ups.due()] == [
        ("escalation", "Child B"),
        ("action", "Child A"),
    ]


def review(name: str, *statuses: str) -> State:
    events: list[e.Event] = [started(name, journey="team-review")]
    for number, status in enumerate(statuses):
        shown = {"text": "x", "review": "r", "title": "R", "publisher": "P", "published": None, "section": "S"}
        beside = [{**shown, "lines": (1, 1), "point": f"r/s/{number}"}]
        for keeps, words in (("review-status", status), ("review-plan", "a checklist")):
            question = f"learning/r/s/{number}/{keeps}"
            events += [asked(question, keeps=keeps, beside=beside), answered(words, question)]
    return replay(events)


def test_a_team_sees_what_moved_since_last_time():
    spring, autumn = review("one", "Not yet", "partly", "In place"), review("two", "Partly, we think", "partly", "yes")
    assert [point.status for point in points_reviewed(spring)] == ["not yet", "partly", "in place"]
    assert [(one.point.point, one.before, one.point.status) for one in moved(spring, autumn)] == [
        ("r/s/0", "not yet", "partly")
    ]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("In place and evidenced", "in place"),
        ("Partly", "partly"),
        ("Not yet.", "not yet"),
        ("not in place", "not yet"),
        ("Not ours", "not ours"),
        ("Hmm", "unclear"),
        ("no", "not yet"),
    ],
)
def test_a_status_is_one_of_the_four_answers_or_unclear(said: str, status: str):
    assert status_said(said) == status


def test_a_session_about_a_bruise_counts_as_one_whichever_theme_asked(prompts: Prompts):
    def noticed(*themes: str, manner: Manner | None = None) -> e.Noticed:
        return e.Noticed(at=START, question="x/1", noticing=Noticing(themes=themes, manner=manner))

    talked: list[e.Event] = [started(), asked("x/1", theme="voice-of-the-child"), answered("a mark by her eye", "x/1")]
    talked += [noticed("bruising-in-babies", "placements")]
    talked += [asked("x/2", theme="escalation"), answered("no", "x/2"), noticed(manner="empty")]
    assert counted([replay(talked)], [], prompts).themes_met == (("bruising-in-babies", 1), ("voice-of-the-child", 1))
    again = [
        *talked,
        asked("x/3", theme="voice-of-the-child"),
        answered("in foster care", "x/3"),
        noticed("x", "placements"),
    ]
    assert ("placements", 1) in counted([replay(again)], [], prompts).themes_met


def test_themes_met_and_never_met_and_what_actions_came_to_are_counted(prompts: Prompts):
    met = replay([started(), asked("x/1", theme="fathers-and-men"), answered("he works nights", "x/1")])
    passed_over = replay([started("s2"), asked("x/1", theme="escalation"), e.Skipped(at=START, question="x/1")])
    action = a.Action(id="1", case="A", agreed=MONDAY, text="x", status="done", difference="she sleeps")
    counts = counted(
        [met, passed_over], [action, action.model_copy(update={"status": "open", "difference": ""})], prompts
    )
    assert counts.themes_met == (("fathers-and-men", 1),)
    assert "escalation" in counts.themes_never_met and "fathers-and-men" not in counts.themes_never_met
    assert (counts.sessions, counts.actions, counts.actions_done, counts.with_a_difference) == (2, 2, 1, 1)
