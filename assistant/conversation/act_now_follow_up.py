"""Who stays with a real act-now card: what is asked about it until somebody has been told.

Who is with the child, who is rung and what is said first: each once in a session, unless another danger comes up much
later, and never where the words to the card, or the answer it was shown on, have said it already. The words are in
`prompts/act-now-talk.yaml`. Knows nothing of how danger is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation import events as e
from assistant.conversation.situation import Situation
from assistant.conversation.state import Card, Turn
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.noticing.probes import Wording

NOBODY = "nobody"
_RINGS_BY_NAME = late(
    r"(?i:\b(?:ring|ringing|call|calling|phone|phoning|tell|telling|speak\s+to|get\s+hold\s+of|go\s+to))\s+(?:Mrs?\.?\s+|Ms\.?\s+|Miss\s+|Dr\.?\s+)?[A-Z][a-z]+"
)
""" "I'll ring Mrs Shaw"."""
FEWEST_TURNS_BETWEEN = 5
"""After so many questions another kind of danger may ask anew who is with the child."""
_SEVERAL = 2
_NOT_NOW = late(
    r"\b(?:was|were|had|last|yesterday|weekends?|when|if|lives?|stays|goes|sleeps|used|sometimes|usually|will|would"
    r"|should|might|after|before)\b|['’](?:ll|d)\b|\?",
    re.IGNORECASE,
)
"""Says of another time who is with somebody."""
_WITH_SOMEBODY = late(r"\b[Ww]ith\s+(?:her\s+|his\s+|their\s+)?[A-Z][a-z]+")


def stay_with_the_danger(situation: Situation) -> e.Event | None:
    """After a real card nothing else is asked until somebody is named and told, or the questions about it are asked."""
    if situation.journey.training or not situation.state.cards:
        return None
    place, card = len(situation.state.cards) - 1, situation.state.cards[-1]
    if not card.real or somebody_knows(situation, place) or _wants_no_more_of_it(situation, place):
        return None
    talk = situation.talk
    because = talk.told_because if card.done else talk.staying_because
    for key, wording in _to_ask(situation, place, card):
        name = f"act-now/{place + 1}/{key}"
        if name not in situation.turns:
            asks = any(talk.hear(words).asks_whether_to_ring for words in card.said[-1:]) and not card.done
            even_so = (talk.asked_even_so,) if asks and not any(turns_about(situation, place)) else ()
            event = situation.asks(name, wording, because=because, theme="act-now", in_other_words="")
            return event.model_copy(update={"said_first": (*even_so, *event.said_first)})
    return None


def _to_ask(situation: Situation, place: int, card: Card) -> Iterator[tuple[str, Wording]]:
    """What there is to ask about a card, in order, under the last part of its name."""
    talk = situation.talk
    said = _said_so_far(situation, place)
    done = card.done or any(talk.hear(words).done for words in answers_about(situation, place))
    if not done and card.kind is not None and not _asked_before(situation, place, "with-whom"):
        own = talk.kinds[card.kind].with_whom
        if own is not None or not any(_says_with_whom(situation, words) for words in said):
            yield "with-whom", own or (talk.with_whom_of_several if _of_several(situation) else talk.with_whom)
    if not done and not _asked_before(situation, place, "ringing"):
        named = any(talk.hear(words).says_whom_to_ring or _RINGS_BY_NAME.search(words) for words in said)
        yield "ringing", talk.first_words if named else talk.ringing
    if not _asked_before(situation, place, "told"):
        reluctant = not done and any(talk.hear(words).reluctant for words in said[-1:])
        yield "told", talk.told if done else talk.reluctant if reluctant else talk.wanted  # nobody rings meanwhile


def _asked_before(situation: Situation, place: int, key: str) -> bool:
    """About an earlier card; who is with the child may be asked anew of another danger that comes up much later."""
    cards, turns = situation.state.cards, situation.state.turns
    at = [at for at, turn in enumerate(turns) for n in range(place) if turn.asked.question == f"act-now/{n + 1}/{key}"]
    if not at:
        return False
    another = not any(earlier.real and earlier.kinds & cards[place].kinds for earlier in cards[:place])
    return key != "with-whom" or not another or len(turns) - at[-1] <= FEWEST_TURNS_BETWEEN


def _said_so_far(situation: Situation, place: int) -> tuple[str, ...]:
    """The answer a card was shown on, what was typed to it, and what was answered about it."""
    card = situation.state.cards[place]
    shown_on = situation.turns.get(card.shown.question)
    answer = (shown_on.answer,) if shown_on is not None and shown_on.answer else ()
    return (*answer, *card.said, *answers_about(situation, place))


def _says_with_whom(situation: Situation, words: str) -> bool:
    """Whether a sentence says with whom the child is now."""
    return any(
        _WITH_SOMEBODY.search(sentence) or situation.talk.hear(sentence).says_with_whom
        for sentence in (words[start:end] for start, end in spoken_sentences(words))
        if not _NOT_NOW.search(sentence)
    )


def _of_several(situation: Situation) -> bool:
    children = situation.sketch.children
    return len(children) >= _SEVERAL or any(child.several for child in children)


def answers_about(situation: Situation, place: int) -> Iterator[str]:
    """What was answered to the questions about a card."""
    for turn in situation.state.turns:
        if turn.answer is not None and turn.asked.card == place + 1:
            yield turn.answer


def turns_about(situation: Situation, place: int) -> Iterator[Turn]:
    """The questions about a card."""
    for turn in situation.state.turns:
        if turn.asked.card == place + 1:
            yield turn


def _wants_no_more_of_it(situation: Situation, place: int) -> bool:
    """Somebody who has answered already, or refuses, isn't asked about the card again."""
    readings = (turn.reading for turn in turns_about(situation, place))
    return any(reading and (reading.stand("already-answered") or reading.stand("refuses")) for reading in readings)


def somebody_knows(situation: Situation, place: int) -> bool:
    """Somebody is named who has been told: in what was said to the card, or in an answer to a question about it."""
    said = (*situation.state.cards[place].said, *answers_about(situation, place))
    if any(situation.talk.hear(words).told_somebody for words in said) or _says_who_was_told(situation, place):
        return True
    return any(
        turn.asked.question == f"act-now/{place + 1}/told" and turn.answer is not None and tells(situation, turn)
        for turn in situation.state.turns
    )


def _says_who_was_told(situation: Situation, place: int) -> bool:
    """An answer since the card says whom the worker has told."""
    shown = situation.state.cards[place].shown.question
    names = [turn.asked.question for turn in situation.state.turns]
    since = situation.state.turns[names.index(shown) + 1 :] if shown in names else ()
    return any(told and told != NOBODY for told in map(_told, since))


def _told(turn: Turn) -> str:
    facts = turn.reading.facts if turn.reading else ()
    return next((fact.value for fact in facts if (fact.of, fact.subject) == ("worker", "told")), "")


def tells(situation: Situation, turn: Turn) -> bool:
    """The question was answered, and not by saying that they don't know or haven't."""
    if turn.answer is None or (turn.noticing is not None and turn.noticing.manner in {"empty", "refusal"}):
        return False
    if _told(turn) == NOBODY:
        return False
    heard = situation.talk.hear(turn.answer)
    return not heard.unsure and not heard.not_yet
