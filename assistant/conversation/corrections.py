"""What is said and asked when the worker puts us right, or brings us back.

A correction is owned in one line, naming the right person where that can be read. The same is then asked about them
where it wasn't answered; what was left out is taken up; where steps came too soon the themes are gone back to first;
and an act-now card that was misread is owned in what comes next. The words are in `prompts/listening.yaml`.
"""

from __future__ import annotations

import re
from functools import cached_property

from assistant.conversation import events as e
from assistant.conversation.filing import PLACES, filed, says_decided
from assistant.conversation.journeys import ThemesStep
from assistant.conversation.next_question import next_of_the_themes
from assistant.conversation.page_turns import is_page
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import Card, Turn
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import holding
from assistant.noticing.observations import Span
from assistant.noticing.reading import Stand

FEWEST_WORDS_OF_AN_ANSWER = 6
"""Beside a correction. Fewer don't answer the question."""
MOST_BEFORE_STEPS = 3
"""Questions that are asked where steps came too soon, before they come again."""
_TOO_SOON = late(
    r"\b(?:hardly|barely|only\s+just|scarcely)\s+(?:even\s+)?(?:told|started|begun|got|said|talked|touched)\b"
    r"|\b(?:steps|decisions?|deciding|wrapping\s+up|finished|done|the\s+end)\s+already\b|\bare\s+(?:you|we)\s+wrapping\s+up\b"
    r"|\b(?:not|no)\s+(?:quite\s+|really\s+)?ready\s+(?:for|to)\b|\b(?:too|bit)\s+(?:soon|early)\b|\bgetting\s+ahead\b"
    r"|\b(?:nobody|no\s+one|we)(?:['’]s|\s+has|['’]ve|\s+have|\s+haven['’]?t|haven['’]?t)\s+(?:not\s+|even\s+)?"
    r"(?:mentioned|talked\s+about|got\s+to|touched\s+on)\b|\bnot\s+(?:talked|said\s+anything)\s+about\b",
    re.IGNORECASE,
)
"""How somebody says, of a decision or of steps, that there is more to tell first."""
_NOT_TALKED_OF = late(
    r"\b(?:we|you|I)(?:['’]ve|\s+have)?\s+(?:haven['’]?t|hadn['’]?t|not|hardly|barely|never|only\s+just|didn['’]?t)\s+(?:\w+\s+)?"
    r"(?:talked\s+about|talk\s+about|mentioned|told\s+you\s+about|got\s+to|touched\s+on)\s+\w+"
    r"|\byou(?:['’]ve|\s+have)?\s+(?:just\s+)?(?:went|gone|skipped)\s+(?:straight\s+|right\s+)?(?:past|over)\s+\w+",
    re.IGNORECASE,
)
LEAST_MINUTES = 4.0
"""With less left what was passed over goes into the steps."""
FEWEST_WORDS_TO_OWN = 5
"""A yes or no that is met with a mere "no, nothing like that" was a fair question; a whole card wasn't."""


_PUTS_RIGHT = late(r"\b(?:not|no|nor|isn['’]?t|wrong|mean\w*|asked|it['’]?s|that['’]?s|about)\b|[?!]", re.IGNORECASE)
"""Without any of these a sentence about somebody else says nothing of whom we asked about."""


class _WithRoom(Situation):
    """The same, with room for what was gone on from too soon; what can be left out of the ending makes it."""

    @cached_property
    def room(self) -> float:
        """For questions of the themes."""
        return MOST_BEFORE_STEPS


def correction(turn: Turn | None) -> Stand | None:
    """Where its answer puts us right, if it does."""
    return turn.reading.stand("corrects-us") if turn is not None and turn.reading is not None else None


def owned(situation: Situation, turn: Turn) -> str:
    """The line that owns what was wrong; that it was is all that is known where there is no stand."""
    lines, stand = situation.knowledge.prompts.listening.corrected, correction(turn)
    kind = stand.kind if stand is not None else ""
    if _too_soon(turn):
        kind = "too-soon"
    if kind == "wrong-person" and stand is not None and (both := _right_and_wrong(situation, turn, stand)):
        right, wrong = both
        return lines["right-person"].replace("{right}", right).replace("{wrong}", wrong)
    return next((line for about, line in lines.items() if about == kind), lines["any"])


def ask_about_the_right_person(situation: Situation) -> e.Asked | None:
    """The same question about whom it should have been about, where nothing else was answered."""
    turn, stand = situation.state.current, correction(situation.state.current)
    if turn is None or stand is None or stand.kind != "wrong-person" or turn.asked.source == "again":
        return None
    name, both = f"again/{turn.asked.question}", _right_and_wrong(situation, turn, stand)
    if both is None or name in situation.turns or _answered_beside(turn, stand):
        return None
    right, wrong = both
    text = re.sub(rf"\b(?:the\s+)?{re.escape(wrong)}\b", right, turn.asked.text, flags=re.IGNORECASE)
    update = {
        "at": situation.now,
        "question": name,
        "text": text[:1].upper() + text[1:],
        "in_other_words": "",
        "because": f"it's {right} that you're talking about",
        "said_first": (),
        "probes": turn.asked.probes or turn.asked.question,
    }
    return turn.asked.model_copy(update=update) if text.casefold() != turn.asked.text.casefold() else None


def _answered_beside(turn: Turn, stand: Stand) -> bool:
    """The rest of the answer says something, and what the record needs is in it."""
    if turn.asked.keeps in PLACES:
        return bool(filed(turn))
    sentence = _sentence(turn, stand.span)
    rest = (turn.answer or "")[: sentence[0]] + (turn.answer or "")[sentence[1] :]
    return len(rest.split()) >= FEWEST_WORDS_OF_AN_ANSWER


def _right_and_wrong(situation: Situation, turn: Turn, stand: Stand) -> tuple[str, str] | None:
    """Whom the worker speaks of, and whom we asked about, as they are called."""
    asked = turn.asked.text
    start, end = _sentence(turn, stand.span)
    if not _PUTS_RIGHT.search((turn.answer or "")[start:end]):
        return None
    names = {
        person.id: called
        for person in situation.sketch.people
        for called in (person.called, *person.names)
        if called and re.search(rf"\b{re.escape(called)}\b", asked, re.IGNORECASE)
    }
    after = next((last for first, last in spoken_sentences(turn.answer or "") if first >= end), end)
    mentions = turn.reading.people if turn.reading else ()
    right = next(
        (
            one.called
            for one in mentions
            if start <= one.span[0] < after and one.by != "pronoun" and one.called and one.person not in names
            if one.role not in {"worker", "professional"} and one.called.casefold() not in asked.casefold()
        ),
        None,
    )
    return (right, next(iter(names.values()))) if right and names else None


def _sentence(turn: Turn, span: Span) -> Span:
    return holding(spoken_sentences(turn.answer or ""), span[0], span)


def take_up_what_was_left_out(situation: Situation) -> e.Asked | None:
    """What isn't there, in their words, asked about; on the last page it is shown with the page."""
    turn, stand = situation.state.current, correction(situation.state.current)
    if turn is None or stand is None or stand.kind != "left-out" or is_page(turn.asked.question):
        return None
    taken_up = situation.times_asked("left-out/")
    probes = situation.knowledge.prompts.listening.left_out
    if taken_up >= len(probes):
        return None
    words = quoted(turn.answer or "", stand.span)
    wording = probes[taken_up].filled({**situation.people_in_words, "{words}": words})
    return situation.asks(
        f"left-out/{taken_up + 1}",
        wording,
        because=f"you wrote “{words}”",
        said_first=(owned(situation, turn),),
        probes=turn.asked.probes or turn.asked.question,
    )


def _too_soon(turn: Turn) -> bool:
    """A decision or its steps were asked for, and the answer says that it was too soon: by its meaning, or outright.

    What is asked for after them is only ever late: "bit early for a month, I want to get through today".
    """
    if turn.asked.keeps not in {"decision", "action"}:
        return False
    stand = correction(turn)
    if _TOO_SOON.search(turn.answer or ""):
        return True
    read_so = stand is not None and stand.kind == "too-soon"
    return read_so and not (turn.asked.keeps == "decision" and says_decided(turn.answer or ""))


def leave_the_steps_for_now(situation: Situation) -> e.Event | None:
    """Where a decision or steps came too soon: a question or two of the themes first."""
    turn = situation.state.current
    asked_first = situation.turns.get(turn.asked.probes) if turn and turn.asked.probes else turn
    if turn is None or asked_first is None or not _too_soon(asked_first):
        return None
    step = next((step for step in situation.journey.steps if isinstance(step, ThemesStep)), None)
    if step is None:
        return None
    first = asked_first.asked.question
    since = sum(one.asked.probes == first for one in situation.state.turns)
    if not since and (asked := _ask_about_what_was_passed_over(situation, asked_first)):
        return asked
    if since >= (1 if situation.short_of_time else MOST_BEFORE_STEPS) or f"once-more/{first}" in situation.turns:
        return None
    event = next_of_the_themes(_WithRoom(situation.state, situation.knowledge, situation.now), step)
    return event.model_copy(update={"probes": first}) if isinstance(event, e.Asked) else event


def _ask_about_what_was_passed_over(situation: Situation, turn: Turn) -> e.Asked | None:
    """What they say hasn't been talked about, in their words: "we've not talked about J really"."""
    answer, probes = turn.answer or "", situation.knowledge.prompts.listening.left_out
    found = _NOT_TALKED_OF.search(answer)
    number = situation.times_asked("left-out/")
    if found is None or number >= len(probes) or situation.state.minutes_left(situation.now) <= LEAST_MINUTES:
        return None
    start, end = _sentence(turn, found.span())
    words = quoted(answer, (max(start, found.start()), end))
    wording = probes[number].filled({**situation.people_in_words, "{words}": words})
    return situation.asks(
        f"left-out/{number + 1}", wording, because=f"you wrote “{words}”", said_first=(owned(situation, turn),),
        probes=turn.asked.question,
    )  # fmt: skip


def back_to_the_question(situation: Situation) -> e.Asked | None:
    """Somebody was called away or speaks of the weather: a light line, and the same question."""
    turn = situation.state.current
    stand = turn.reading.stand("beside-the-point") if turn and turn.reading else None
    if turn is None or stand is None or turn.reading is None or len(turn.reading.stands) > 1:
        return None
    name = f"again/{turn.asked.question}"
    rest = len((turn.answer or "").split()) - len((turn.answer or "")[slice(*stand.span)].split())
    if rest >= FEWEST_WORDS_OF_AN_ANSWER or name in situation.turns or turn.asked.source == "again":
        return None
    update = {
        "at": situation.now,
        "question": name,
        "because": "something came between",
        "said_first": (situation.knowledge.prompts.listening.said_first.beside,),
        "probes": turn.asked.probes or turn.asked.question,
    }
    return turn.asked.model_copy(update=update)


def card_owned(situation: Situation) -> tuple[str, ...]:
    """One line where a card or its yes or no was put right in words, in what comes next."""
    lines = situation.knowledge.prompts.listening.said_first
    turn, card = situation.state.current, situation.state.cards[-1] if situation.state.cards else None
    if turn is None or card is None or card.shown.question != turn.asked.question or not _put_right(card):
        return ()
    heard = situation.talk.hear(card.said[-1])
    if heard.no_but:
        return ()
    only_asked = card.answered is None and not heard.not_meant
    return (lines.not_that if only_asked else lines.card_misread,)


def _put_right(card: Card) -> bool:
    """A card that came after another stands for what is true of both."""
    words = card.said[-1].split() if card.said else []
    return card.denied and bool(words) and (card.answered is not None or len(words) >= FEWEST_WORDS_TO_OWN)
