from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.closer import mirror
from assistant.conversation.knowledge import CloserLook
from assistant.conversation.moves import Learning, moves
from assistant.conversation.noticing import open_noticer
from assistant.conversation.observed import Noticing, Observation
from assistant.conversation.prompts import Probe
from assistant.library.shelf import open_library
from assistant.retrieval.model import Hit, SearchResult
from tests.conversation.conftest import Ticking

LIBRARY = open_library(Path("no-such-home"))


def asked(sitting) -> list[e.Asked]:
    return [event for event in sitting.kept if isinstance(event, e.Asked)]


def says_so(words: str, background: frozenset[str]) -> Noticing:
    """Notices every `she says` as self-reported and every `probably` as an assumption, and counts mothers."""
    found = []
    for kind, sign in (("self-reported", "she says"), ("assumption", "probably")):
        at = words.find(sign)
        if at >= 0:
            found.append(Observation(kind=kind, spans=((at, len(words)),)))
    return Noticing(observations=tuple(found), people={"mother": words.count("mum"), "child": words.count("child")})


CLOSER = {
    "self-reported": CloserLook(
        (Probe(text="You wrote “{words}”. Who has seen that?", type="open", intent="To check."),),
        theme="self-reported-information",
    ),
    "assumption": CloserLook((Probe(text="“{words}”: what shows it?", type="open", intent="To check."),)),
}


def names(*people: str, themes: tuple[str, ...] = (), kinds: tuple[str, ...] = ()):
    noticing = Noticing(
        people=dict.fromkeys(people, 1),
        themes=themes,
        observations=tuple(Observation(kind=kind, spans=((0, 1),)) for kind in kinds),
    )
    return lambda *_: noticing


EVERYBODY = ("child", "mother", "father", "wider-family", "professional")


def strong(query: str) -> SearchResult:
    point = LIBRARY.by_id("child-k/invisible-fathers/1")
    hit = Hit(
        id=point.id,
        text=point.text,
        review=point.review,
        title="Child K",
        publisher="SVPP",
        published=None,
        section=point.section,
        audience=point.audience,
        kind=point.kind,
        lines=point.lines,
        score=3.0,
        concepts=("fathers",),
    )
    return SearchResult(query=query, nothing_bears=False, hits=(hit,))


def test_a_probe_gives_the_users_own_words_back(sit):
    sitting = sit(notice=says_so, closer=CLOSER)
    while sitting.session.state.current.asked.theme != "voice-of-the-child":
        sitting.session.answer("mum, a child")
    sitting.session.answer("and she says he sleeps {well}")
    probe = asked(sitting)[-1]
    assert probe.text == "You wrote “she says he sleeps {well}”. Who has seen that?"
    assert probe.because == "you wrote “she says he sleeps {well}”"
    assert probe.probes == asked(sitting)[-2].question


def test_after_two_probes_on_one_answer_the_session_moves_on(sit):
    sitting = sit(notice=says_so, closer=CLOSER | {"drift": CLOSER["assumption"]}, minutes=60)
    while sitting.session.state.current.asked.theme != "voice-of-the-child":
        sitting.session.answer("a child")
    for _ in range(3):
        sitting.session.answer("she says he is probably well")
    probes = [event.question for event in asked(sitting) if event.probes]
    assert probes == ["probe/self-reported", "probe/assumption"]
    assert asked(sitting)[-1].probes is None


def test_the_same_kind_of_thing_is_probed_once_in_a_session(sit):
    sitting = sit(notice=says_so, closer=CLOSER, minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer("she says so")
    assert [event.question for event in asked(sitting) if event.question.startswith("probe/")] == [
        "probe/self-reported"
    ]


def test_an_account_without_a_father_meets_the_mirror_once(sit):
    sitting = sit(notice=says_so, minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer("mum and the child, mum said")
    mirrors = [event for event in asked(sitting) if event.question.startswith("mirror/")]
    assert [event.question for event in mirrors] == ["mirror/father"]
    assert "mother 8, child 4" in mirrors[0].text
    assert "father or other men 0" in mirrors[0].text


def test_the_mirror_leaves_nobody_out():
    assert mirror({"mother": 2}) == [
        ("mother", 2),
        ("child", 0),
        ("father", 0),
        ("wider-family", 0),
        ("professional", 0),
    ]


def test_the_case_is_held_against_a_review_only_after_its_learning_was_shown(sit):
    sitting = sit(search=strong, minutes=30)
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    events = sitting.kept
    held = [event for event in asked(sitting) if event.question.startswith("beside/")]
    assert [event.question for event in held] == ["beside/child-k/invisible-fathers/1"]
    shown = next(place for place, event in enumerate(events) if isinstance(event, e.Offered))
    assert shown < events.index(held[0])
    assert held[0].stage == "analysis"
    assert held[0].beside[0].text in LIBRARY.reviews["child-k"].text


def test_what_was_noticed_puts_its_theme_on_the_agenda_and_says_why(sit):
    sitting = sit(notice=says_so, closer=CLOSER, minutes=30)
    while sitting.session.state.finished is None:
        sitting.session.answer("she says he is fine")
    planned = {event.theme: event.because for event in sitting.kept if isinstance(event, e.Planned)}
    assert list(planned)[:3] == ["voice-of-the-child", "fathers-and-men", "escalation"]
    assert planned["self-reported-information"] == "you wrote “she says he is fine”"


def test_a_parked_theme_is_not_asked_about_until_it_is_taken_back(sit):
    sitting = sit()
    sitting.session.answer("the family")
    sitting.session.set_agenda(["escalation"])
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    themes = [event.theme for event in asked(sitting)]
    assert "fathers-and-men" not in themes
    assert "escalation" in themes
    assert [item.theme for item in sitting.session.state.agenda if item.parked] == [
        "voice-of-the-child",
        "fathers-and-men",
    ]


def test_a_theme_the_user_adds_is_met(sit):
    sitting = sit()
    sitting.session.answer("the family")
    sitting.session.set_agenda(["domestic-abuse", "voice-of-the-child", "fathers-and-men", "escalation"])
    sitting.session.answer("words")
    sitting.session.answer("words")
    assert asked(sitting)[-1].theme == "domestic-abuse"


def test_when_time_is_short_no_further_theme_is_begun(sit):
    sitting = sit(notice=says_so, closer=CLOSER, minutes=30, clock=Ticking(step=timedelta(minutes=2)))
    while sitting.session.state.finished is None:
        sitting.session.answer("she says he is fine")
    themes = {event.theme for event in asked(sitting)}
    assert {"voice-of-the-child", "fathers-and-men", "escalation"} <= themes
    assert "self-reported-information" not in themes


def test_questions_that_reviews_ask_are_asked_in_their_own_words(sit):
    sitting = sit(
        minutes=60,
        notice=names(*EVERYBODY, themes=("each-child-in-the-family",), kinds=("child-words",)),
        review=LIBRARY.reviews.get,
        points=lambda review: tuple(point for point in LIBRARY if point.review == review),
    )
    sitting.session.answer("words")
    sitting.session.set_agenda(["voice-of-the-child"])  # the time of the others is left to it
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    quoted = [event for event in asked(sitting) if "/quoted/" in event.question]
    assert quoted
    for event in quoted:
        assert event.text in LIBRARY.reviews[event.beside[0].review].text


@pytest.mark.parametrize("seconds", [5, 60, 150, 300])
@pytest.mark.parametrize(("minutes", "most"), [(15, 16), (30, 22), (60, 27)])
def test_a_session_asks_no_more_than_its_minutes_bear_and_squeezes_nothing_that_must_be_asked(
    sit, minutes, most, seconds
):
    clock = Ticking(step=timedelta(seconds=seconds))
    sitting = sit(minutes=minutes, search=strong, notice=says_so, closer=CLOSER, clock=clock)
    while sitting.session.state.finished is None:
        sitting.session.answer("mum she says he is probably well")
    questions = asked(sitting)
    assert len(questions) <= most
    assert {"voice-of-the-child", "fathers-and-men", "escalation"} <= {event.theme for event in questions}
    assert {"decision", "action", "wellbeing", "take-away"} <= {event.keeps for event in questions}


def test_slow_answers_leave_out_what_can_wait(sit):
    def questions(seconds):
        clock = Ticking(step=timedelta(seconds=seconds))
        sitting = sit(minutes=60, notice=says_so, closer=CLOSER, clock=clock)
        while sitting.session.state.finished is None:
            sitting.session.answer("mum she says he is probably well")
        return len(asked(sitting))

    assert questions(120) < questions(5)


def test_a_scenario_reads_out_its_rules_reveals_facts_in_order_and_keeps_its_end_back(sit):
    sitting = sit(
        search=strong,
        journey="scenario",
        subject="bruise-after-foster-care",
        minutes=60,
        review=LIBRARY.reviews.get,
        points=lambda review: tuple(point for point in LIBRARY if point.review == review),
    )
    while sitting.session.state.finished is None:
        sitting.session.answer("Table 1: we would ask")
    questions = asked(sitting)
    assert any("step out" in words for words in questions[0].said_first)
    facts = [beside for event in questions for beside in event.beside]
    lines = [fact.lines[0] for fact in facts]
    assert facts
    assert lines == sorted(lines) or len(set(lines)) > 5
    assert all(event.facilitator for event in questions if event.beside)
    offered = [event for event in sitting.kept if isinstance(event, e.Offered)]
    told = next(number for number, event in enumerate(questions) if "/found-after/" in event.question)
    assert all(event.hits == () for event in offered[:told])
    assert offered[-1].hits != ()


def test_a_team_review_asks_what_shows_it_and_what_is_next_only_where_it_fits(sit):
    sitting = sit(
        journey="team-review",
        subject="child-n",
        minutes=60,
        review=LIBRARY.reviews.get,
        points=lambda review: tuple(point for point in LIBRARY if point.review == review),
    )
    while sitting.session.state.finished is None:
        turn = sitting.session.state.current
        sitting.session.answer("not ours" if turn.asked.keeps == "review-status" else "words")
    keeps = [event.keeps for event in asked(sitting)]
    assert keeps.count("review-status") == 9
    assert "review-plan" not in [k for k, event in zip(keeps, asked(sitting), strict=True) if event.beside]


def test_last_times_actions_come_first_and_are_named(sit):
    action = e.CarriedAction(id="1", text="See the bedrooms {ladder}")
    sitting = sit(carried=(action,), minutes=30)
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    about = [event for event in asked(sitting) if event.keeps == "last-action"]
    assert about
    assert any("See the bedrooms {ladder}" in event.text for event in about)
    themes = [event.theme for event in asked(sitting)]
    assert themes.index(about[0].theme) < themes.index("voice-of-the-child")


@pytest.mark.parametrize(("said", "climbs"), [("It is going down, since May", False), ("about the same", True)])
def test_the_ladder_is_met_only_when_risk_is_not_going_down(sit, said, climbs):
    sitting = sit(minutes=30)
    while sitting.session.state.finished is None:
        turn = sitting.session.state.current
        sitting.session.answer(said if "risk" in turn.asked.question else "words")
    assert any(event.keeps == "escalation" for event in asked(sitting)) is climbs
    if climbs:
        assert any("1 worker to worker" in event.text for event in asked(sitting))


@pytest.mark.parametrize(
    ("said", "climbs"),
    [
        ("not sure", False),
        ("hard to tell", False),
        ("I don’t know, dunno really", False),
        ("not sure, going up I think", True),
        ("hard to say, but it isn't going down", True),
        ("more or less the same", True),
    ],
)
def test_whoever_cannot_tell_which_way_risk_goes_is_asked_one_thing_and_not_for_a_step(sit, said, climbs):
    sitting = sit(minutes=30)
    while sitting.session.state.finished is None:
        turn = sitting.session.state.current
        sitting.session.answer(said if turn.asked.question == "risk/risk-direction" else "words")
    risk = [event.question for event in asked(sitting) if event.question.startswith("risk/")]
    assert any(event.keeps == "escalation" for event in asked(sitting)) is climbs
    if not climbs:
        assert risk == ["risk/risk-direction", "risk/find-out"]


def test_an_answer_gets_three_points_at_the_most_and_one_when_little_bears_on_it(sit):
    def many(query):
        hit = strong(query).hits[0]
        weak = "little" in query
        hits = tuple(hit.model_copy(update={"id": f"p{n}", "weak": weak or n > 4}) for n in range(6))
        return SearchResult(query=query, nothing_bears=False, hits=hits)

    sitting = sit(search=many)
    sitting.session.answer("much bears on this")
    sitting.session.answer("little bears on this")
    offered = [[hit.id for hit in event.hits] for event in sitting.kept if isinstance(event, e.Offered)]
    assert offered == [["p0", "p1", "p2"], ["p0"]]


def test_a_baby_named_in_one_answer_and_a_bruise_in_a_later_one_are_put_together(sit, tmp_path):
    noticer = open_noticer(tmp_path)
    sitting = sit(notice=noticer.notice)
    sitting.session.answer("A baby of ten weeks, mum and her partner.")
    sitting.session.answer("He had a small bruise on his cheek, mum said his brother threw a toy at him.")
    card = sitting.session.state.card
    assert card.shown.danger.kind == "injury-non-mobile-baby"
    assert card.doubtful
    while sitting.session.state.card:
        sitting.session.confirm(happening=False)
    sitting.session.answer("He had a small bruise on his cheek.")
    assert sitting.session.state.card is None


def test_a_bruise_without_a_baby_in_the_account_is_not_put_together_with_anything(sit, tmp_path):
    noticer = open_noticer(tmp_path)
    sitting = sit(notice=noticer.notice)
    sitting.session.answer("Two boys of nine and eleven.")
    sitting.session.answer("He had a bruise on his shin from football.")
    assert sitting.session.state.card is None


def in_the_manner(words: str, _: frozenset[str]) -> Noticing:
    """Takes "no" for nothing, "leave me" for a refusal, "tired" for a feeling."""
    manners = {"no": "empty", "leave me": "refusal", "tired": "feelings"}
    return Noticing(manner=manners.get(words), people={"child": 1, "father": 1, "wider-family": 1})


def test_nothing_is_looked_for_by_an_answer_that_says_nothing_and_nobody_is_told_that_nothing_bears(sit):
    looked = []

    def search(query):
        looked.append(query)
        return strong(query)

    sitting = sit(notice=in_the_manner, search=search)
    happened = sitting.session.answer("no")
    assert not looked
    assert not [move for move in moves(happened, sitting.session.state) if isinstance(move, Learning)]


@pytest.mark.parametrize(("answer", "looked_for"), [("partly", False), ("partly, but only the two of us use it", True)])
def test_nothing_is_looked_for_by_a_mere_choice_but_by_what_is_said_of_it(sit, answer, looked_for):
    points = tuple(point for point in LIBRARY if point.review == "child-n")
    review = {"subject": "child-n", "review": LIBRARY.reviews.get, "points": lambda _: points}
    sitting = sit(journey="team-review", minutes=60, search=strong, **review)
    while sitting.session.state.current.asked.type != "closed":
        sitting.session.answer("words")
    (offered,) = [event for event in sitting.session.answer(answer) if isinstance(event, e.Offered)]
    assert offered.looked is looked_for


def test_after_an_answer_that_says_nothing_a_smaller_question_is_asked_once_in_a_theme(sit):
    sitting = sit(notice=in_the_manner, minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer("no")
    smaller = [event for event in asked(sitting) if event.question.startswith("smaller/")]
    assert smaller
    assert len({event.theme for event in smaller}) == len(smaller)
    assert len({event.text for event in smaller}) == len(smaller)


def test_a_refusal_is_met_with_the_ways_out_and_an_easier_question_at_once(sit):
    sitting = sit(notice=in_the_manner)
    sitting.session.answer("leave me")
    question = asked(sitting)[-1]
    assert question.question == "refused/1"
    assert question.because == "you wrote “leave me”"
    assert any("skip" in words and "stop" in words for words in question.said_first)


def test_whoever_goes_on_refusing_is_told_the_ways_out_each_time_and_reaches_the_end(sit):
    sitting = sit(notice=in_the_manner)
    while sitting.session.state.finished is None:
        sitting.session.answer("leave me")
    questions = asked(sitting)
    assert all(event.said_first for event in questions[1:])
    assert len({event.text for event in questions}) == len(questions)


def test_after_three_refusals_in_a_row_the_program_offers_to_close_and_three_more_reach_the_end(sit):
    sitting = sit(notice=in_the_manner)
    while sitting.session.state.finished is None:
        sitting.session.answer("leave me")
    questions = asked(sitting)
    assert [event.question for event in questions[3:]] == [
        "closing-early/decision",
        "closing-early/who-to-tell",
        "closing-early/wellbeing",
    ]
    (offer,) = questions[3].said_first
    assert "close" in offer
    assert "keep" in offer
    assert questions[3].because == "3 answers in a row said that you would rather not"
    assert {"decision", "wellbeing"} <= {event.keeps for event in questions}


def test_a_mere_no_between_refusals_does_not_break_their_row(sit):
    sitting = sit(notice=in_the_manner)
    for said in ("leave me", "no", "leave me", "no", "leave me"):
        sitting.session.answer(said)
    assert asked(sitting)[-1].question == "closing-early/decision"


def test_an_answer_between_refusals_keeps_the_session_going(sit):
    sitting = sit(notice=in_the_manner)
    for said in ("leave me", "leave me", "the nursery rang", "leave me", "leave me"):
        sitting.session.answer(said)
    assert not any(event.question.startswith("closing-early/") for event in asked(sitting))


def test_closing_early_asks_nothing_a_second_time(sit):
    sitting = sit(notice=in_the_manner)
    while not any(event.keeps == "decision" for event in asked(sitting)):
        sitting.session.answer("words")
    sitting.session.answer("we stay with the plan")
    while sitting.session.state.finished is None:
        sitting.session.answer("leave me")
    keeps = [event.keeps for event in asked(sitting)]
    assert keeps.count("decision") == 1
    assert keeps.count("wellbeing") == 1


def test_a_group_is_not_sent_home_by_one_who_refuses(sit):
    sitting = sit(notice=in_the_manner, journey="scenario", subject="bruise-after-foster-care", minutes=60)
    for _ in range(5):
        sitting.session.answer("leave me")
    assert not any(event.question.startswith("closing-early/") for event in asked(sitting))


def test_nothing_is_built_on_an_answer_that_was_refused(sit):
    sitting = sit(notice=in_the_manner)
    while sitting.session.state.current.asked.question != "risk/risk-direction":
        sitting.session.answer("words")
    sitting.session.answer("leave me")
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    assert not [event for event in asked(sitting)[1:] if event.question.startswith("risk/") and event.keeps]


def test_a_team_that_goes_on_refusing_is_offered_the_end_in_words_of_its_review(sit):
    review, points = LIBRARY.reviews["child-k"], tuple(LIBRARY.points_of("child-k"))
    sitting = sit(
        notice=in_the_manner,
        journey="team-review",
        subject="child-k",
        minutes=60,
        review=lambda _: review,
        points=lambda _: points,
    )
    sitting.session.answer("the nurses of a school")
    while sitting.session.state.finished is None:
        sitting.session.answer("leave me")
    questions = asked(sitting)
    assert [event.question for event in questions[-2:]] == ["closing-early/one-thing", "closing-early/in-the-way"]
    assert len(questions) < 8
    assert not any("case" in event.text or "theme" in " ".join(event.said_first) for event in questions)


@pytest.mark.parametrize(("said", "offered"), [("tired", []), ("the nursery rang", ["case"])])
def test_facts_of_another_family_are_not_set_beside_a_feeling(sit, said, offered):
    def facts(query):
        hit = strong(query).hits[0].model_copy(update={"id": "case", "kind": "case-fact"})
        return SearchResult(query=query, nothing_bears=False, hits=(hit,))

    sitting = sit(notice=in_the_manner, search=facts)
    happened = sitting.session.answer(said)
    assert [hit.id for event in happened if isinstance(event, e.Offered) for hit in event.hits] == offered


@pytest.mark.parametrize(
    ("changed", "form"),
    [
        ({"kind": "strength"}, "beside_a_strength"),
        ({"text": "There is evidence of change since then."}, "beside_a_strength"),
        ({"kind": "question"}, "beside_a_question"),
        ({"kind": "resource"}, "beside_a_resource"),
        ({}, "beside_a_review"),
    ],
)
def test_a_case_is_held_against_praise_a_question_or_a_tool_in_words_that_fit(sit, prompts, changed, form):
    def found(query):
        return SearchResult(query=query, nothing_bears=False, hits=(strong(query).hits[0].model_copy(update=changed),))

    sitting = sit(search=found)
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    (held,) = [event for event in asked(sitting) if event.question.startswith("beside/")]
    assert held.text in {probe.text for probe in getattr(prompts.probes, form)}


@pytest.mark.parametrize(
    ("notice", "missed"),
    [
        (names(*EVERYBODY, themes=("each-child-in-the-family",), kinds=("child-words",)), set()),
        (names(*EVERYBODY, kinds=("child-words",)), {"missing/brothers-and-sisters"}),
        (
            names("child", "mother", "father", themes=("each-child-in-the-family",), kinds=("child-words",)),
            {"missing/wider-family"},
        ),
        (names(*EVERYBODY, themes=("each-child-in-the-family",)), {"missing/child-words"}),
    ],
)
def test_whoever_the_account_leaves_out_is_asked_after_by_name_and_nobody_else(sit, notice, missed):
    sitting = sit(notice=notice, minutes=60)
    sitting.session.answer("words")
    sitting.session.set_agenda(["voice-of-the-child", "fathers-and-men", "escalation"])
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    after = [event for event in asked(sitting) if event.question.startswith("missing/")]
    assert {event.question for event in after} == missed
    assert all(event.because.startswith("your answers so far") for event in after)


def test_nobody_is_asked_after_while_their_theme_is_still_to_come(sit):
    sitting = sit(notice=names("child", "mother"), minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    questions = [event.question for event in asked(sitting)]
    assert "missing/father" not in questions[: questions.index(next(q for q in questions if "fathers-and-men" in q))]
    assert sum(question.startswith("missing/") for question in questions) <= 2


def test_no_more_than_two_questions_in_a_row_are_about_explanations(sit):
    sitting = sit(minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    keeps = "".join("e" if event.keeps == "explanation" else "." for event in asked(sitting))
    assert keeps.count("e") == 4
    assert "eee" not in keeps
