"""Holding the case against learning just shown: what is like it here, and what is not.

Rationed by the journey's `beside_reviews`, so that the session stays the user's and not the library's. The
questions are in `prompts/probes.yaml`.
"""

from __future__ import annotations

from assistant.conversation import events as e
from assistant.conversation.prompts import Probes
from assistant.conversation.situation import Situation
from assistant.noticing.probes import Probe
from assistant.retrieval.results import Hit

MET_BEFORE = 2
"""Questions of the theme asked first: a comparison needs something to compare."""
ROOM_LEFT_OVER = 3
"""Questions that must be left: the case comes before the comparison."""


def hold_against_the_review(situation: Situation) -> e.Event | None:
    """After learning was shown, what is like it in this case, and what is not."""
    turn = situation.state.current
    themes = situation.knowledge.prompts.themes
    if turn is None or turn.offered is None or turn.asked.theme not in themes or situation.room <= ROOM_LEFT_OVER:
        return None
    if turn.asked.stage not in {"experience", "reflection"} or turn.asked.probes:
        return None
    held = [other.asked for other in situation.state.turns if other.asked.source == "beside"]
    met = sum(other.asked.theme == turn.asked.theme for other in situation.state.turns)
    if len(held) >= situation.depth.beside_reviews or met < MET_BEFORE:
        return None
    probes = situation.knowledge.prompts.probes
    held_against = ((hit, _forms(probes, hit)) for hit in turn.offered.hits if not hit.weak)
    bearing, choices = next(((hit, forms) for hit, forms in held_against if forms), (None, ()))
    if bearing is None or f"beside/{bearing.id}" in situation.turns:
        return None
    probe = choices[len(held) % len(choices)]
    beside = e.Beside(
        text=bearing.text,
        review=bearing.review,
        title=bearing.title,
        publisher=bearing.publisher,
        published=bearing.published,
        section=bearing.section,
        lines=bearing.lines,
        point=bearing.id,
    )
    because = "a published review speaks of what you wrote"
    return situation.asks(f"beside/{bearing.id}", probe, because=because, stage="analysis", beside=(beside,))


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
