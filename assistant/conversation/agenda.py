"""Which themes a session meets, in what order, and the next question of the one it is in.

Some themes are always met. The rest are chosen for the account: by what the answers speak of, by what was noticed in
them and by the learning they found. The user may reorder or park any theme; the program only ever adds at the end.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.conversation import events as e
from assistant.conversation.prompts import STAGES, Question, Theme, ThemesStep, ThemeStage, question_id
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import AgendaItem

NOTICED = 2.0
"""Something noticed in the account calls for a theme more than a word that touches on it."""
SPOKEN_OF = 1.0
LEARNING_FOUND = 0.5


def next_of_the_themes(situation: Situation, step: ThemesStep) -> e.Event | None:
    """Put a theme on the agenda, ask the next question of the theme in hand, or None when every theme is met."""
    planned = {item.theme for item in situation.state.agenda}
    for theme in step.always:
        if theme not in planned:
            return e.Planned(at=situation.now, theme=theme, because="every session meets this theme")
    for item in situation.state.agenda:
        if item.parked or _may_wait(situation, step, item):
            continue
        if asked := _next_question(situation, item):
            return asked
    return _choose_another(situation, step)


def _may_wait(situation: Situation, step: ThemesStep, item: AgendaItem) -> bool:
    """Its share of the session is spent. A theme always met, or kept by the user, is asked about once all the same."""
    met = any(turn.asked.theme == item.theme for turn in situation.state.turns)
    if not met and (item.wanted or item.theme in step.always):
        return False
    return questions_left_for(situation, item.theme) < 1


def questions_left_for(situation: Situation, theme: str) -> float:
    """How many more questions a theme may take: the room there is, shared with the themes still to be met."""
    met = Counter(turn.asked.theme for turn in situation.state.turns)
    agenda = situation.state.agenda
    waiting = sum(not item.parked and item.theme != theme and not met[item.theme] for item in agenda)
    always = {name for step in situation.journey.steps if isinstance(step, ThemesStep) for name in step.always}
    to_be_chosen = max(0, situation.depth.more_themes - sum(item.theme not in always for item in agenda))
    share = (situation.room + met[theme]) / (waiting + to_be_chosen + 1)
    return share if math.isinf(share) else math.ceil(share) - met[theme]


def _choose_another(situation: Situation, step: ThemesStep) -> e.Event | None:
    """The theme this account calls for most, when there is time for one more."""
    chosen = [item for item in situation.state.agenda if item.theme not in step.always]
    if len(chosen) >= situation.depth.more_themes or situation.in_a_hurry:
        return None
    on_the_agenda = {item.theme for item in situation.state.agenda}
    calls = themes_called_for(situation)
    for theme, (weight, because) in sorted(calls.items(), key=lambda pair: (-pair[1][0], pair[0])):
        if theme not in on_the_agenda and weight >= SPOKEN_OF:
            return e.Planned(at=situation.now, theme=theme, because=because)
    return None


def themes_called_for(situation: Situation) -> dict[str, tuple[float, str]]:
    """How much the account calls for each theme, and the strongest reason in words."""
    weights: dict[str, float] = {}
    reasons: dict[str, tuple[float, str]] = {}

    def call(theme: str | None, weight: float, because: str) -> None:
        if theme is None or theme not in situation.knowledge.prompts.themes:
            return
        weights[theme] = weights.get(theme, 0.0) + weight
        if weight > reasons.get(theme, (0.0, ""))[0]:
            reasons[theme] = (weight, because)

    for turn in situation.state.turns:
        if turn.noticing is None or turn.answer is None:
            continue
        for place, named in enumerate(turn.noticing.themes):
            call(named, SPOKEN_OF / (place + 1), "your account speaks of it")
        for observation in turn.noticing.observations:
            closer = situation.knowledge.closer.get(observation.kind)
            words = quoted(turn.answer, observation.spans[0])
            call(closer.theme if closer else None, NOTICED, f"you wrote “{words}”")
    for theme in situation.knowledge.prompts.themes.values():
        shared = len(situation.concepts.intersection(theme.concepts))
        call(theme.id, LEARNING_FOUND * shared, "the learning beside your answers speaks of it")
    return {theme: (weight, reasons[theme][1]) for theme, weight in weights.items() if theme in reasons}


@dataclass(frozen=True)
class _Candidate:
    id: str
    stage: ThemeStage
    question: Question
    beside: tuple[e.Beside, ...] = ()


def _next_question(situation: Situation, item: AgendaItem) -> e.Asked | None:
    """Each theme goes through the stages in order, so that nobody is led from what happened straight to what to do."""
    theme = situation.knowledge.prompts.themes.get(item.theme)
    if theme is None:  # its file has been taken away since the session began
        return None
    last_one = questions_left_for(situation, theme.id) <= 1
    begun = any(turn.asked.theme == theme.id for turn in situation.state.turns)
    for stage in STAGES:
        if last_one and begun and stage == "reflection":  # the one question left goes to what it may mean
            continue
        candidates = _unasked(situation, theme, stage)
        if candidates:
            return _ask(situation, item, candidates)
        if stage == "analysis":
            for asked_by_a_review in _questions_of_reviews(situation, theme):
                return _ask(situation, item, (asked_by_a_review,))
    return None


def _unasked(situation: Situation, theme: Theme, stage: ThemeStage) -> tuple[_Candidate, ...]:
    """The questions of a stage not yet asked, or none when the stage is full."""
    wanted = situation.depth.questions_per_stage
    all_of_stage = tuple(
        _Candidate(question_id(theme.id, stage, ordinal), stage, question)
        for ordinal, question in enumerate(theme.questions.at(stage), start=1)
    )
    unasked = tuple(candidate for candidate in all_of_stage if candidate.id not in situation.turns)
    return unasked if len(all_of_stage) - len(unasked) < wanted else ()


def _questions_of_reviews(situation: Situation, theme: Theme) -> Iterator[_Candidate]:
    """The reviews' own questions, while there is room for them and their review is still in the library."""
    ids = [question_id(theme.id, "quoted", ordinal) for ordinal in range(1, len(theme.quoted) + 1)]
    if sum(name in situation.turns for name in ids) >= situation.depth.quoted_per_theme:
        return
    for name, question in zip(ids, theme.quoted, strict=True):
        review = situation.knowledge.review(question.review)
        if name in situation.turns or review is None:
            continue
        point = next((p for p in situation.knowledge.points(question.review) if question.text in p.text), None)
        if point is None:
            continue
        beside = e.Beside(
            text=question.text,
            review=review.id,
            title=review.title,
            publisher=review.publisher,
            published=review.published,
            section=point.section,
            lines=point.lines,
            point=point.id,
        )
        intent = "The review asks its readers this, in these words."
        yield _Candidate(name, "analysis", Question(text=question.text, type="open", intent=intent), (beside,))


def _ask(situation: Situation, item: AgendaItem, candidates: tuple[_Candidate, ...]) -> e.Asked:
    """The candidate that most speaks to the account; the first in the file where they are even."""
    chosen = max(candidates, key=lambda c: len(situation.concepts.intersection(c.question.concepts)))
    shared = situation.concepts.intersection(chosen.question.concepts)
    name = situation.knowledge.prompts.themes[item.theme].name
    because = f"{name}: {item.because}"
    if chosen.beside:
        because = f"{chosen.beside[0].title} asks its readers this"
    elif shared:
        names = (situation.knowledge.concepts.get(concept, concept) for concept in sorted(shared)[:2])
        because += ", and your words touch on " + " and ".join(f"“{name}”" for name in names)
    return e.Asked(
        at=situation.now,
        question=chosen.id,
        theme=item.theme,
        stage=chosen.stage,
        text=chosen.question.text,
        type=chosen.question.type,
        intent=chosen.question.intent,
        because=because,
        beside=chosen.beside,
    )
