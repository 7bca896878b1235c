"""Looking closer: the questions that hang on what was just said, rather than on the course of the session.

Four rules. A probe takes up something noticed in the last answer and gives the user's own words back. Holding against
the review takes up learning just shown. The mirror takes up who is missing from the whole account, and asking after
the missing does so for one person, or one thing of the child's, by name. Each is rationed by
the time there is, so that the session stays the user's and not the program's.
"""

from __future__ import annotations

from assistant.conversation import events as e
from assistant.conversation.agenda import questions_left_for
from assistant.conversation.observed import Person
from assistant.conversation.prompts import Probe, Probes
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import Turn
from assistant.retrieval.model import Hit

MOST_PROBES_ON_ONE_ANSWER = 2
"""After two closer looks the session moves on, whatever was said."""
ANSWERS_BEFORE_THE_MIRROR = 4
ANSWERS_BEFORE_ONE_IS_MISSED = 5
NAMES: dict[Person, str] = {
    "child": "child",
    "mother": "mother",
    "father": "father or other men",
    "wider-family": "wider family",
    "professional": "professionals",
}
MATTER_MOST: tuple[Person, ...] = ("child", "father")


def look_closer(situation: Situation) -> e.Event | None:
    """Take up something noticed in the last answer; each kind of thing once in a session."""
    turn = _theme_just_answered(situation)
    if turn is None or turn.answer is None or turn.noticing is None or _share_is_spent(situation, turn):
        return None
    probed = [other.asked for other in situation.state.turns if other.asked.probes]
    first = turn.asked.probes or turn.asked.question
    here = sum(asked.probes == first for asked in probed)
    if here >= MOST_PROBES_ON_ONE_ANSWER or len(probed) >= situation.depth.probes:
        return None
    taken_up = {asked.question.split("/")[1] for asked in probed}
    seen = {observation.kind: observation for observation in turn.noticing.observations}
    for kind, closer in situation.knowledge.closer.items():
        if kind not in seen or kind in taken_up or not closer.probes:
            continue
        words = quoted(turn.answer, seen[kind].spans[0])
        probe = closer.probes[len(probed) % len(closer.probes)].filled({"{words}": words})
        return e.Asked(
            at=situation.now,
            question=f"probe/{kind}",
            theme=turn.asked.theme,
            stage=turn.asked.stage,
            text=probe.text,
            type=probe.type,
            intent=probe.intent,
            because=f"you wrote “{words}”",
            probes=first,
        )
    return None


def hold_against_the_review(situation: Situation) -> e.Event | None:
    """After learning was shown, once in a theme: what is like it in this case, and what is not."""
    turn = _theme_just_answered(situation)
    if turn is None or turn.offered is None or turn.asked.stage not in {"experience", "reflection"}:
        return None
    if _share_is_spent(situation, turn):
        return None
    held = [other.asked for other in situation.state.turns if other.asked.question.startswith("beside/")]
    if len(held) >= situation.depth.beside_reviews or any(asked.theme == turn.asked.theme for asked in held):
        return None
    probes = situation.knowledge.prompts.probes
    held_against = ((hit, _forms(probes, hit)) for hit in turn.offered.hits if not hit.weak)
    telling, choices = next(((hit, forms) for hit, forms in held_against if forms), (None, ()))
    if telling is None or f"beside/{telling.id}" in situation.turns or not _last_before_analysis(situation, turn):
        return None
    probe = choices[len(held) % len(choices)]
    beside = e.Beside(
        text=telling.text,
        review=telling.review,
        title=telling.title,
        publisher=telling.publisher,
        published=telling.published,
        section=telling.section,
        lines=telling.lines,
        point=telling.id,
    )
    return e.Asked(
        at=situation.now,
        question=f"beside/{telling.id}",
        theme=turn.asked.theme,
        stage="analysis",
        text=probe.text,
        type=probe.type,
        intent=probe.intent,
        because="a published review speaks of what you wrote",
        beside=(beside,),
    )


def show_the_mirror(situation: Situation) -> e.Event | None:
    """Once in a session, when the child or the father is hardly in the account: who is, and who is missing?"""
    turn = _theme_just_answered(situation)
    answered = sum(other.noticing is not None for other in situation.state.turns)
    if turn is None or answered < ANSWERS_BEFORE_THE_MIRROR or situation.depth.probes == 0:
        return None
    if any(other.asked.question.startswith("mirror/") for other in situation.state.turns):
        return None
    people = situation.people
    missing = next((person for person in MATTER_MOST if people[person] == 0), None)
    if missing is None or sum(people.values()) < ANSWERS_BEFORE_THE_MIRROR:
        return None
    counts = ", ".join(f"{NAMES[person]} {count}" for person, count in mirror(people))
    choices = situation.knowledge.prompts.probes.mirror
    probe = choices[MATTER_MOST.index(missing) % len(choices)].filled({"{mirror}": counts})
    return e.Asked(
        at=situation.now,
        question=f"mirror/{missing}",
        theme=turn.asked.theme,
        stage=turn.asked.stage,
        text=probe.text,
        type=probe.type,
        intent=probe.intent,
        because=f"your account so far names no {NAMES[missing].split(' or ')[0]}",
    )


def mirror(people: dict[Person, int]) -> list[tuple[Person, int]]:
    """Everybody and how often each was named, the most often first; those never named come last."""
    return sorted(((person, people.get(person, 0)) for person in NAMES), key=lambda pair: -pair[1])


def ask_after_the_missing(situation: Situation) -> e.Event | None:
    """Somebody, or something of the child's, that several answers have passed by, and that no theme will bring up."""
    turn = _theme_just_answered(situation)
    if turn is None or turn.asked.probes:
        return None
    told = [other.noticing for other in situation.state.turns if other.noticing and other.noticing.manner is None]
    if len(told) < ANSWERS_BEFORE_ONE_IS_MISSED:
        return None
    asked = [other.asked.question for other in situation.state.turns]
    if sum(name.startswith("missing/") for name in asked) >= situation.depth.asked_after:
        return None
    for missing in situation.knowledge.prompts.probes.missing:
        name = f"missing/{missing.key}"
        mirrored = missing.person is not None and f"mirror/{missing.person}" in asked
        if name in asked or mirrored or _still_to_come(situation, missing.theme):
            continue
        if not any(missing.named_in(noticing) for noticing in told):
            return e.Asked(
                at=situation.now,
                question=name,
                theme=turn.asked.theme,
                stage=turn.asked.stage,
                text=missing.probe.text,
                type=missing.probe.type,
                intent=missing.probe.intent,
                because=missing.because,
                probes=turn.asked.question,
            )
    return None


def _still_to_come(situation: Situation, theme: str) -> bool:
    """The theme is on the agenda and its questions are not yet done with."""
    turns = situation.state.turns
    waiting = any(item.theme == theme and not item.parked for item in situation.state.agenda)
    return waiting and not any(turn.asked.theme == theme and turn.asked.stage == "analysis" for turn in turns)


def _forms(probes: Probes, hit: Hit) -> tuple[Probe, ...]:
    """How the case may be held against a point of this kind; a finding that praises is taken for a strength."""
    praises = any(words in hit.text.casefold() for words in probes.praise)
    match hit.kind:
        case "strength":
            return probes.beside_a_strength
        case "finding" | "learning-point":
            return probes.beside_a_strength if praises else probes.beside_a_review
        case "question":
            return probes.beside_a_question
        case "resource":
            return probes.beside_a_resource
        case _:
            return ()


def _theme_just_answered(situation: Situation) -> Turn | None:
    """The turn that was answered last, if it belongs to a theme and there is room for one more question."""
    turn = situation.state.current
    if turn is None or turn.answer is None or situation.in_a_hurry:
        return None
    return turn if turn.asked.theme in situation.knowledge.prompts.themes else None


def _share_is_spent(situation: Situation, turn: Turn) -> bool:
    return questions_left_for(situation, turn.asked.theme) < 1


def _last_before_analysis(situation: Situation, turn: Turn) -> bool:
    """The reflection of the theme has been asked, or left out for want of room, so that analysis is what comes next."""
    return questions_left_for(situation, turn.asked.theme) <= 1 or any(
        other.asked.theme == turn.asked.theme and other.asked.stage == "reflection" and other.settled
        for other in situation.state.turns
    )
