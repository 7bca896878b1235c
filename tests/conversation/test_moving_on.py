from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.holding_against import MET_BEFORE
from assistant.conversation.journeys import PointsStep, StepQuestion
from assistant.conversation.moves import Learning, moves
from assistant.conversation.reranker import Fit
from assistant.conversation.team_points import points_for_a_team
from assistant.library.library import open_library
from assistant.noticing.noticer import open_noticer
from assistant.noticing.observations import Danger, Noticing, Observation
from assistant.noticing.probes import Probe, ProbeSet
from assistant.noticing.reading import Reading
from assistant.retrieval.results import Hit, SearchResult
from tests.conversation.conftest import Ticking

LIBRARY = open_library(Path("no-such-home"))
STATUS = StepQuestion(key="status", text="Where are we with this?", type="closed", intent="To see.")


def asked(sitting) -> list[e.Asked]:
    return [event for event in sitting.kept if isinstance(event, e.Asked)]


def says_so(words: str, background: frozenset[str]) -> Noticing:
    """Notices every `by her account` as self-reported and every `probably` as an assumption, and counts mothers."""
    found = []
    for kind, sign in (("self-reported", "by her account"), ("assumption", "probably")):
        at = words.find(sign)
        if at >= 0:
            found.append(Observation(kind=kind, spans=((at, len(words)),)))
    return Noticing(observations=tuple(found), people={"mother": words.count("mum"), "child": words.count("child")})


CLOSER = {
    "self-reported": ProbeSet(
        (Probe(text="You wrote “{words}”. Who has seen that?", type="open", intent="To check."),),
        theme="self-reported-information",
    ),
    "assumption": ProbeSet((Probe(text="“{words}”: what shows it?", type="open", intent="To check."),)),
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


def test_the_same_kind_of_thing_is_probed_once_in_a_session(sit):
    sitting = sit(notice=says_so, closer=CLOSER, minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer("by her account so")
    assert [event.question for event in asked(sitting) if event.question.startswith("probe/")] == [
        "probe/self-reported"
    ]


def on_themes(search):
    """A search that finds what it finds only once a theme is begun: `said` gives answers that tell when."""
    return lambda query: search(query) if query == "words" else SearchResult(query=query, nothing_bears=True, hits=())


def said(sitting, prompts):
    asked_now = sitting.session.state.current.asked
    met = sum(turn.asked.theme == asked_now.theme for turn in sitting.session.state.turns)
    begun = asked_now.theme in prompts.themes and met >= MET_BEFORE and not asked_now.probes
    return "words" if begun and asked_now.stage in {"experience", "reflection"} else "other words"


def test_the_case_is_held_against_a_review_only_after_its_learning_was_shown(sit, prompts):
    sitting = sit(search=on_themes(strong), minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer(said(sitting, prompts))
    events = sitting.kept
    held = [event for event in asked(sitting) if event.question.startswith("beside/")]
    assert [event.question for event in held] == ["beside/child-k/invisible-fathers/1"]
    shown = next(place for place, event in enumerate(events) if isinstance(event, e.Offered))
    assert shown < events.index(held[0])
    assert held[0].stage == "analysis"
    assert held[0].beside[0].text in LIBRARY.reviews["child-k"].text


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
    assert asked(sitting)[-1].theme == "domestic-abuse"


def test_when_time_is_short_no_further_theme_is_begun(sit):
    sitting = sit(notice=says_so, closer=CLOSER, minutes=30, clock=Ticking(step=timedelta(minutes=2)))
    while sitting.session.state.finished is None:
        sitting.session.answer("by her account he is fine")
    assert len({event.theme for event in asked(sitting)} - {"opening", "actions", "decision", "ending", "closing"}) <= 2


def test_questions_that_reviews_ask_are_asked_in_their_own_words(sit):
    sitting = sit(
        minutes=60,
        search=strong,
        review=LIBRARY.reviews.get,
        points=lambda review: tuple(point for point in LIBRARY if point.review == review),
    )
    sitting.session.answer("words")
    sitting.session.set_agenda(["fathers-and-men"])
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    quoted = [event for event in asked(sitting) if "/quoted/" in event.question]
    assert quoted
    for event in quoted:
        assert event.text in LIBRARY.reviews[event.beside[0].review].text


ALWAYS = {"voice-of-the-child", "fathers-and-men", "escalation"}
ENDS_WITH = {"decision", "action", "outcome", "child-told", "next-date"}


@pytest.mark.parametrize("seconds", [2, 10, 60, 300])
@pytest.mark.parametrize(("minutes", "most"), [(15, 10), (30, 22), (60, 34)])
def test_a_session_asks_a_question_in_less_than_two_minutes_and_always_reaches_its_end(
    sit, prompts, minutes, most, seconds
):
    clock = Ticking(step=timedelta(seconds=seconds))
    sitting = sit(minutes=minutes, search=strong, notice=says_so, closer=CLOSER, clock=clock)
    while sitting.session.state.finished is None:
        sitting.session.answer("mum by her account he is probably well")
    questions = asked(sitting)
    assert len(questions) <= most
    short = minutes < 30 or seconds >= 60  # five minutes an answer: what will be different has to wait
    assert {event.keeps for event in questions} >= ENDS_WITH - ({"outcome"} if short else set())
    of_themes = [event for event in questions if event.theme in prompts.themes]
    assert len(of_themes) >= 2
    assert "reflection" in {event.stage for event in of_themes}
    if minutes >= 30 and seconds <= 10:
        assert {event.theme for event in questions} >= ALWAYS


def test_slow_answers_leave_out_what_can_wait(sit):
    def questions(seconds):
        clock = Ticking(step=timedelta(seconds=seconds))
        sitting = sit(minutes=60, notice=says_so, closer=CLOSER, clock=clock)
        while sitting.session.state.finished is None:
            sitting.session.answer("mum by her account he is probably well")
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
    assert any(event.hits for event in offered[told:])


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


def test_an_answer_gets_one_point_at_the_most_none_twice_and_none_where_little_bears(sit):
    def many(query):
        hit = strong(query).hits[0]
        hits = tuple(hit.model_copy(update={"id": f"p{n}", "weak": "little" in query}) for n in range(3))
        return SearchResult(query=query, nothing_bears=False, hits=hits)

    sitting = sit(search=many)
    for words in ("much bears on this", "little bears on this", "much bears on this too"):
        sitting.session.answer(words)
    offered = [[hit.id for hit in event.hits] for event in sitting.kept if isinstance(event, e.Offered)]
    assert offered == [["p0"], [], ["p1"]]


def test_nothing_is_looked_for_by_a_plan_a_feeling_or_a_closing_word(sit):
    sitting = sit(search=strong, minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    looked = {event.question: event.looked for event in sitting.kept if isinstance(event, e.Offered)}
    by_stage = {event.question: event.stage for event in asked(sitting)}
    assert {looked[name] for name, stage in by_stage.items() if stage in {"action", "closing"}} == {False}
    assert any(looked[name] for name, stage in by_stage.items() if stage == "experience")


def test_what_the_library_holds_nothing_on_is_named(sit):
    def absent(query):
        return SearchResult(query=query, nothing_bears=True, hits=(), absent=("Criminal exploitation",))

    sitting = sit(search=absent)
    (offered,) = [event for event in sitting.session.answer("he is selling for them") if isinstance(event, e.Offered)]
    assert offered.because == "your library holds nothing on “Criminal exploitation”"


def test_a_baby_named_in_one_answer_and_a_bruise_in_a_later_one_are_put_together(sit, tmp_path):
    noticer = open_noticer(tmp_path)
    sitting = sit(notice=noticer.notice)
    sitting.session.answer("A baby of ten weeks, mum and her partner.")
    sitting.session.answer("He had a small bruise on his cheek, mum said his brother threw a toy at him.")
    card = sitting.session.state.card
    assert card.shown.danger.kind == "injury-non-mobile-baby"
    while sitting.session.state.card:
        sitting.session.say_to_card("No, not what I meant.")
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
    assert "stop here" in offer
    assert "keep" in offer
    assert questions[3].because == "3 answers in a row said that you would rather not"
    assert {"decision", "wellbeing"} <= {event.keeps for event in questions}


@pytest.mark.parametrize("words", ["I'd rather not know. That's the feeling.", "I don't want to be that school."])
def test_whoever_owns_to_something_refuses_nothing(sit, words):
    sitting = sit(notice=lambda *_: Noticing(manner="refusal"))
    sitting.session.answer(words)
    assert asked(sitting)[-1].source != "refused"


def test_whoever_takes_the_way_out_they_were_offered_is_brought_to_the_end(sit):
    sitting = sit(notice=in_the_manner)
    sitting.session.answer("leave me")
    sitting.session.answer("Stop here. Done.")
    assert asked(sitting)[-1].question == "closing-early/decision"


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
    sitting = sit(notice=in_the_manner, minutes=60)
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

    sitting = sit(search=on_themes(found), minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer(said(sitting, prompts))
    (held,) = [event for event in asked(sitting) if event.question.startswith("beside/")]
    assert held.text in {probe.text for probe in getattr(prompts.probes, form)}


def test_a_probe_gives_the_users_own_words_back(sit):
    def noticed(words, _):
        at = words.find("by her")
        return Noticing(observations=(Observation(kind="child-words", spans=((at, len(words)),)),) if at >= 0 else ())

    sitting = sit(notice=noticed, closer={"child-words": CLOSER["self-reported"]})
    sitting.session.answer("mum, a child")
    sitting.session.answer("and by her account he is {well}")
    probe = asked(sitting)[-1]
    assert probe.text == "You wrote “by her account he is {well}”. Who has seen that?"
    assert probe.because == "you wrote “by her account he is {well}”"
    assert probe.probes == asked(sitting)[-2].question


def test_after_three_questions_on_one_answer_the_session_moves_on(sit):
    def noticed(words, _):
        kinds = ("child-words", "challenge-avoided", "self-reported")
        return Noticing(observations=tuple(Observation(kind=kind, spans=((0, len(words)),)) for kind in kinds))

    closer = {
        kind: ProbeSet((Probe(text=f"“{{words}}”: {asked}", type="open", intent=asked),))
        for kind, asked in (("child-words", "when?"), ("challenge-avoided", "why?"), ("self-reported", "who says?"))
    }
    sitting = sit(notice=noticed, closer=closer)
    for words in (
        "by her account he is well",
        "by her account he sleeps",
        "by her account he eats",
        "by her account it is",
    ):
        sitting.session.answer(words)
    assert [bool(event.probes) for event in asked(sitting)] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("said", "told", "climbs"),
    [
        ("It is going down, since May", "words", None),
        ("hard to tell", "words", None),
        ("about the same", "words", "risk/stuck"),
        ("hard to say, but it isn't going down", "words", "risk/stuck"),
        ("about the same", "we disagree", "risk/by-when"),
    ],
)
def test_the_ladder_is_met_only_where_people_disagree_and_risk_is_not_going_down(sit, said, told, climbs):
    def disagreeing(words, _):
        return Reading(concepts=("escalation",) if "disagree" in words else ())

    sitting = sit(minutes=60, read=disagreeing)
    while sitting.session.state.finished is None:
        turn = sitting.session.state.current
        sitting.session.answer(said if turn.asked.question == "risk/risk-direction" else told)
    met = [event.question for event in asked(sitting) if event.keeps == "escalation"]
    assert (met[-1] if met else None) == climbs
    assert any("1 worker to worker" in event.text for event in asked(sitting)) is (climbs == "risk/by-when")


def test_two_questions_are_about_explanations_and_neither_tests_a_child_who_told(sit):
    def telling(words, _):
        danger = Danger(kind="sexual-abuse-disclosure", level="doubtful", spans=((0, 4),))
        return Noticing(act_now=(danger,) if "told" in words else ())

    def explanations(words):
        sitting = sit(minutes=60, notice=telling)
        while sitting.session.state.finished is None:
            card = sitting.session.state.card
            if card and card.doubtful:
                sitting.session.confirm(happening=True)
            elif card:
                sitting.session.answer_card("done")
            else:
                sitting.session.answer(words)
        return [event.question for event in asked(sitting) if event.keeps == "explanation"]

    assert explanations("words") == ["explanations/second", "explanations/rule-out"]
    assert explanations("she told her teacher") == ["explanations/what-it-took"]


def test_a_choice_in_ones_own_words_is_read_by_its_first_ones(sit):
    points = tuple(point for point in LIBRARY if point.review == "child-n")
    sitting = sit(
        journey="team-review", subject="child-n", minutes=60, review=LIBRARY.reviews.get, points=lambda _: points
    )
    while sitting.session.state.current.asked.keeps != "review-status":
        sitting.session.answer("words")
    assert sitting.session.state.current.asked.choices[0] == "in place and evidenced"
    assert sitting.session.state.current.asked.because.startswith("1 of 9:")
    sitting.session.answer("Not really. Supervision is mostly numbers.")
    assert sitting.session.state.current.asked.keeps == "review-plan"


def test_a_team_sees_every_gap_it_named_before_it_chooses_three(sit):
    points = tuple(point for point in LIBRARY if point.review == "child-n")
    sitting = sit(
        journey="team-review", subject="child-n", minutes=60, review=LIBRARY.reviews.get, points=lambda _: points
    )
    while sitting.session.state.current.asked.question != "plan/first-three":
        turn = sitting.session.state.current
        met = sum(event.keeps == "review-status" for event in asked(sitting))
        status = ("partly", "not ours", "in place and evidenced")[met % 3]
        sitting.session.answer(status if turn.asked.keeps == "review-status" else "words")
    partly = [turn for turn in sitting.session.state.turns if turn.answer == "partly"]
    gaps = sitting.session.state.current.asked.said_first
    assert len(gaps) == len(partly) > 0
    assert all(gap.endswith("(partly)") for gap in gaps)


def test_numbers_about_the_country_and_one_familys_story_are_not_asked_of_a_team():
    step = PointsStep(step="points", part="findings", kinds=("finding",), questions=(STATUS,))
    kept = [point.text for point in points_for_a_team(LIBRARY.points_of("child-k"), step)]
    assert kept
    assert not any("England and Wales" in text or "Child K" in text for text in kept)


@pytest.mark.parametrize(("odds", "offered"), [(2.0, ["child-k/invisible-fathers/1"]), (-5.0, [])])
def test_learning_that_the_search_finds_must_bear_when_it_is_read_upon_the_answer(sit, odds, offered):
    sitting = sit(search=strong, judges=lambda _, texts: tuple(odds for _ in texts) or None)
    happened = sitting.session.answer("the nursery rang again and nobody has met dad yet")
    assert [hit.id for event in happened if isinstance(event, e.Offered) for hit in event.hits] == offered


def test_no_question_is_asked_again_in_the_same_words_a_turn_later(sit):
    def noticed(words, _):
        kinds = ("child-words", "challenge-avoided")
        return Noticing(observations=tuple(Observation(kind=kind, spans=((0, len(words)),)) for kind in kinds))

    sitting = sit(notice=noticed, closer=dict.fromkeys(("child-words", "challenge-avoided"), CLOSER["assumption"]))
    for words in ("by her account he is well", "by her account he sleeps", "by her account he eats"):
        sitting.session.answer(words)
    closer = [event.text for event in asked(sitting) if event.probes]
    assert closer == ["“by her account he is well”: what shows it?"]


@pytest.mark.parametrize(
    ("look", "course", "looks"), [(1.9, 9.0, [False, True, False]), (4.0, 10.0, [False, True, True, True])]
)
def test_closer_looks_tire_unless_they_are_strong_so_that_a_question_of_the_themes_comes_between(
    sit, look, course, looks
):
    kinds = ("child-words", "challenge-avoided", "self-reported", "assumption")
    closer = {
        kind: ProbeSet((Probe(text=f"“{{words}}”: {asked}", type="open", intent=asked),))
        for kind, asked in zip(kinds, ("when?", "why?", "who says?", "what shows it?"), strict=True)
    }

    def noticed(words, _):
        return Noticing(observations=tuple(Observation(kind=kind, spans=((0, len(words)),)) for kind in kinds))

    def fits(_, candidates):
        return tuple(Fit(0.0, look if one.span else course) for one in candidates)

    sitting = sit(notice=noticed, closer=closer, fits=fits)
    for words in ("by her account he is well", "by her account he sleeps", "by her account he eats"):
        sitting.session.answer(words)
    assert [bool(event.probes) for event in asked(sitting)][: len(looks)] == looks


@pytest.mark.parametrize(
    "words",
    [
        "It doesn't leave me wondering anything, she's retired.",
        "She's retired, that's just me moaning.",
        "You're just reading my own words back at me.",
        "Is that a bad thing, that I like her so much?",
    ],
)
def test_what_is_said_of_our_talk_or_asked_of_us_is_not_given_back(sit, words):
    def noticed(said, _):
        seen = (Observation(kind="assumption", spans=((0, len(said)),)),)
        return Noticing(observations=seen if said == words else ())

    sitting = sit(notice=noticed, closer={"assumption": CLOSER["assumption"]})
    sitting.session.answer("mum, a child and a cat")
    sitting.session.answer(words)
    assert not any(words.rstrip(".") in event.text for event in asked(sitting))
