"""What is said to an answer that isn't simply an answer.

Somebody who asks us is answered (`answering.py`); somebody who wants to go elsewhere is followed; a feeling is stayed
with, and a worker who is shaken is asked about today before any plan. Where nothing more is called for, one short line
before the next question owns a mistake or marks a turn of subject. Refusals are `refusals.py`'s. The words are in
`prompts/listening.yaml`.
"""

from __future__ import annotations

import re

from assistant.conversation import events as e
from assistant.conversation.account import AccountSoFar
from assistant.conversation.answering import asked_of_us, at_the_end, reply_alone
from assistant.conversation.corrections import card_owned, owned
from assistant.conversation.filing import PLACES, filed
from assistant.conversation.page_turns import is_page, says_anew
from assistant.conversation.put_down import was_put_down
from assistant.conversation.said_before import asks_for_the_plan
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late
from assistant.language.sentences import sentences, spoken_sentences
from assistant.language.spans import Span, holding
from assistant.language.stems import stems
from assistant.noticing.probes import Probe
from assistant.noticing.reading import PLANNING, Known

MOST_FOLLOWED = 4
"""In one session, so that whoever wanders is still brought to a decision."""
FEWEST_WORDS_OF_A_WISH = 2
"""“Say more about “him”” gives nothing back."""
_TO_THE_END = late(
    r"\b(?:do|get\s+(?:on\s+)?to|go\s+(?:on\s+)?to|come\s+to|write|skip\s+to)\s+(?:the\s+|some\s+|my\s+)?(?:steps|decision|actions?|plan|end)\b"
    r"|\b(?:finish|stop|wrap\s+up|end\s+(?:it|this|here))\b",
    re.IGNORECASE,
)
"""A wish that the course grants by going on."""
_ONLY_POINTS = late(
    r"\W*(?:(?:and|so|but)\s+)?(?:that|this|it)(?:['’]?s|\s+is|\s+was)\s+(?:what|the\s+(?:thing|bit|one|part))\b.{0,40}",
    re.IGNORECASE,
)
""" "His mother. That's what worries me" says nothing of where to go by itself."""
_TALKED_OF = late(
    r"\b(?:tell(?:ing)?\s+(?:you|u)|talk(?:ing)?|think(?:ing)?|ask(?:ing)?|speak(?:ing)?)\s+about\s+"
    r"(?P<what>[^.,;:!?]{2,60}?)(?=\s+(?:and|but|so|not|n)\s|\s*(?:[.,;:!?]|\Z))",
    re.IGNORECASE,
)
_REPLIES = frozenset[e.Source](("asked-us", "again", "once-more"))
"""What comes with the reply to a question that was put to us."""
_PUTS_US_RIGHT = late(
    r"\b(?:you(?:['’]?ve|['’]?re|\s+(?:have|got|put|said|keep|asked|wrote|missed|are))?|wrong|not\s+(?:right|what|true)|misread|didn['’]?t\s+say)\b",
    re.IGNORECASE,
)
FEWEST_WORDS_OF_TELLING = 9
_OBJECTS = late(
    r"^\W*(?:no|nope|nah|hang\s+on|wait|sorry)\b|\byou(?!['’]?d\b|\s+(?:know|see|can|could|get|have\s+to|never\s+know|just)\b)|\b(?:wrong|misread\w*|misunderst\w+|mixed\s+up|muddled)\b"
    r"|\b(?:that|it|this)(?:['’]s|\s+is|\s+was|\s+wasn|\s+isn)(?:\s+not|n?['’]?t)\b|\bi(?:['’]ve)?\s+(?:just\s+|already\s+|never\s+)*(?:said|told|meant|mean|asked)\b|\bnot\s+(?:him|her|me|mum|dad|the\b)",
    re.IGNORECASE,
)
"""How somebody turns to us who puts us right."""
_LATELY = 4
"""Questions after which the same line may be said again: sorry three times running is sorry for nothing."""
_OF_DANGER = frozenset({"act-now", "bruising-in-babies", "suicide-and-self-harm"})
"""Themes whose questions are asked of a child who may be hurt."""
_NOT_ABOUT_ME = late(r"\b(?:not|isn['’]?t|wasn['’]?t)\s+(?:\w+\s+){0,2}about\s+me\b", re.IGNORECASE)
_ABOUT_DANGER: frozenset[e.Source] = frozenset(("card", "steer", "still-open"))
MOST_LINES_ON_NOT_KNOWING = 2
MOST_WORDS_OF_NOT_KNOWING = 12
"""A longer answer tells something, whatever else it doesn't know."""


def follow_elsewhere(situation: Situation) -> e.Asked | None:
    """Somebody would rather talk of something else: we go there."""
    turn = situation.state.current
    stand = turn.reading.stand("elsewhere") if turn and turn.reading else None
    followed = situation.times_asked("elsewhere/")
    most = MOST_FOLLOWED if not situation.in_a_hurry else 1
    if turn is None or stand is None or stand.wish is None or followed >= most or turn.asked.keeps == "focus":
        return None
    listening = situation.knowledge.prompts.listening
    if any(one.span[0] <= stand.wish[0] < one.span[1] for one in asked_of_us(situation, turn)):
        return None  # "Can I go and look at her sister's file?" has had its answer
    words = _named(turn.answer or "", stand.wish)
    if (
        (len(words.split()) < FEWEST_WORDS_OF_A_WISH and not words[:1].isupper())
        or _TO_THE_END.search(words)
        or _TO_THE_END.search(
            turn.answer or "", *holding(spoken_sentences(turn.answer or ""), stand.wish[0], stand.wish)
        )
        or _ONLY_POINTS.fullmatch(words)
        or at_the_end(turn)
    ):
        return None
    probe = listening.elsewhere[min(followed, len(listening.elsewhere) - 1)]
    said = (listening.said_first.followed,)
    name = f"elsewhere/{followed + 1}"
    return _asked(situation, turn, name, probe, f"you wrote “{words}”", said, words)


def _named(answer: str, wish: Span) -> str:
    """What "can we do that" means, where the sentence says what they've been trying to talk of."""
    found: list[re.Match[str]] = []
    if not stems(answer[slice(*wish)]):
        first, last = holding(spoken_sentences(answer), wish[0], wish)
        found = list(_TALKED_OF.finditer(answer, first, max(last, wish[1])))
    return found[-1]["what"] if found else quoted(answer, wish)


def stay_with_a_feeling(situation: Situation) -> e.Asked | None:
    """Somebody says how they are; whoever is shaken first of all. A question about feelings has its answer in one."""
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.asked.stage == "closing":
        return None
    listening = situation.knowledge.prompts.listening
    shaken = _is_shaken(turn)
    felt = turn.reading is not None and turn.reading.stance == "feeling"
    asked_for = turn.asked.stage == "reflection" or turn.asked.source in {"felt", "shaken"}
    if not shaken and (not felt or asked_for):
        return None
    kind, probes = ("shaken", listening.shaken) if shaken else ("felt", listening.felt)
    number = situation.times_asked(f"{kind}/")
    if any(_NOT_ABOUT_ME.search(one.answer or "") for one in situation.state.turns):
        return None
    if number >= len(probes) or (number and situation.in_a_hurry and not shaken):
        return None
    said = () if asked_for else (_felt(situation),)
    return _asked(situation, turn, f"{kind}/{number + 1}", probes[number], "you said how this is for you", said)


def _felt(situation: Situation) -> str:
    """What meets a feeling; there is a hurry once danger was raised."""
    lines, turns = situation.knowledge.prompts.listening.said_first, situation.state.turns
    raised = any(
        turn.asked.theme in _OF_DANGER or (turn.noticing and (turn.noticing.act_now or turn.noticing.faint))
        for turn in turns
    )
    return lines.felt_in_danger if raised or situation.state.cards else lines.felt


def _asked(
    situation: Situation,
    turn: Turn,
    name: str,
    probe: Probe,
    because: str,
    said_first: tuple[str, ...],
    words: str = "",
) -> e.Asked:
    wording = probe.filled({**situation.people_in_words, "{words}": words})
    return situation.asks(
        name,
        wording,
        because=because,
        theme=turn.asked.theme,
        stage="reflection" if name.startswith(("felt/", "shaken/")) else turn.asked.stage,
        said_first=said_first,
        probes=turn.asked.probes or turn.asked.question,
    )


def with_a_short_line(situation: Situation, event: e.Event) -> e.Event:
    """The next question about a case, in the worker's names for people and with one line before it where one helps."""
    if not isinstance(event, e.Asked) or situation.journey.subject is not None:
        return event
    turn = situation.state.current
    lines = _replied(situation, turn) if turn and _may_reply(turn, event) else ()
    if not lines and (not event.said_first or _corrects(turn)):
        lines = (_line(situation, event),)
    if card_owned(situation):
        lines = tuple(line for line in lines if line not in situation.knowledge.prompts.listening.corrected.values())
    lines = tuple(line for line in lines if line and line not in event.said_first)
    regrets = set(situation.knowledge.prompts.listening.corrected.values())
    lately = {line for one in situation.state.turns[-_LATELY:] for line in one.asked.said_first if line in regrets}
    said_first = (
        *card_owned(situation),
        *_felt_in_danger(situation, event),
        *(line for line in lines if line not in lately),
        *event.said_first,
    )
    # danger may be another child's than the one the account begins with
    text = event.text if event.source in _ABOUT_DANGER else situation.in_their_names(event.text)
    return event.model_copy(update={"text": text, "said_first": said_first})


def _may_reply(turn: Turn, coming: e.Asked) -> bool:
    """What's asked with a yes to the page is answered before what comes after it; the page itself answers the rest."""
    both_of_the_page = is_page(turn.asked.question) and is_page(coming.question)
    return not both_of_the_page and not says_anew(coming.question) and coming.source not in _REPLIES


def _replied(situation: Situation, turn: Turn) -> tuple[str, ...]:
    """What is said to what it asked, or asked to have put down."""
    put_down = (situation.knowledge.prompts.asked_us.put_down,) if was_put_down(situation, turn) else ()
    return (*put_down, *reply_alone(situation, turn))


def _felt_in_danger(situation: Situation, coming: e.Asked) -> tuple[str, ...]:
    """A feeling told to a card, or to what is asked about it, is met before the next of those questions."""
    line, turn = situation.knowledge.prompts.listening.said_first.felt_in_danger, situation.state.current
    if turn is None or (coming.card is None and coming.source not in _ABOUT_DANGER) or _said_lately(situation, line):
        return ()
    card = situation.state.cards[-1] if situation.state.cards else None
    if card is not None and card.shown.question == turn.asked.question and card.said:
        read = situation.knowledge.read(card.said[-1], Known(today=situation.now.date()))
        return (line,) if read.stand("feeling") else ()
    felt = turn.reading is not None and turn.reading.stand("feeling") is not None
    return (line,) if felt or _is_shaken(turn) else ()


def _is_shaken(turn: Turn) -> bool:
    return turn.noticing is not None and any(one.kind == "worker-distress" for one in turn.noticing.observations)


def _corrects(turn: Turn | None) -> bool:
    return turn is not None and turn.reading is not None and turn.reading.stance == "corrects-us"


def _line(situation: Situation, coming: e.Asked) -> str:
    turn = situation.state.current
    lines = situation.knowledge.prompts.listening.said_first
    if turn is None or turn.answer is None:
        return ""
    stance = turn.reading.stance if turn.reading else "answers"
    line = _turn_of_subject(situation, turn, coming)
    if is_page(coming.question):
        line = ""  # the page shows what came of it
    elif stance == "corrects-us" and asks_for_the_plan(turn.answer):
        line = ""  # what's asked for comes
    elif stance == "corrects-us" and not _answers_all_the_same(turn) and _objects(turn):
        line = owned(situation, turn)
    elif stance == "already-answered":
        line = lines.already_answered
    elif stance == "refuses" and turn in situation.left_alone:
        line = lines.dropped
    elif stance == "asks-us" and turn.asked.source == "again":
        line = lines.left
    elif stance == "unsure":
        line = _on_not_knowing(situation, turn)
    elif stance == "elsewhere" and coming.keeps in PLACES | PLANNING:
        line = lines.followed
    elif stance == "feeling" and coming.stage in {"action", "closing"} and not _said_lately(situation, lines.felt):
        line = _felt(situation)
    return line


def _on_not_knowing(situation: Situation, turn: Turn) -> str:
    """Not every time, and of short answers alone."""
    line = situation.knowledge.prompts.listening.said_first.not_known
    said = sum(line in other.asked.said_first for other in situation.state.turns)
    short = len((turn.answer or "").split()) <= MOST_WORDS_OF_NOT_KNOWING
    return line if short and said < MOST_LINES_ON_NOT_KNOWING and turn.asked.type != "closed" else ""


def _said_lately(situation: Situation, line: str) -> bool:
    return any(line in one.asked.said_first for one in situation.state.turns[-_LATELY:])


def _answers_all_the_same(turn: Turn) -> bool:
    """Steps or what the record needs were given, and nothing says that we had anything wrong: "I'm not there till
    Friday" puts nobody right."""
    said = bool(turn.reading and turn.reading.steps) if turn.asked.keeps in PLANNING else bool(filed(turn))
    if turn.asked.keeps not in PLACES | PLANNING or not said:
        return False
    return not any(_PUTS_US_RIGHT.search(words) for words in _sentences(turn))


def _objects(turn: Turn) -> bool:
    """It is known what is put right, or the words turn to us; a long answer that only sounds like it needs no sorry."""
    stand = turn.reading.stand("corrects-us") if turn.reading else None
    sure = stand is not None and bool(stand.kind)
    return (
        sure
        or len((turn.answer or "").split()) < FEWEST_WORDS_OF_TELLING
        or _OBJECTS.search(turn.answer or "") is not None
    )


def _sentences(turn: Turn) -> list[str]:
    answer = turn.answer or ""
    return [answer[slice(*span)] for span in sentences(answer)]


def _turn_of_subject(situation: Situation, turn: Turn, coming: e.Asked) -> str:
    """From one theme to another, and not when a question looks closer at what was said."""
    themes = situation.knowledge.prompts.themes
    if (
        coming.probes
        or coming.theme not in themes
        or turn.asked.theme not in themes
        or coming.theme == turn.asked.theme
    ):
        return ""
    account = AccountSoFar(situation)
    if themes[coming.theme].spoken is None or coming.question in account.heard_now:  # it follows what was just said
        return ""
    subject = account.theme_name(coming.theme)
    return situation.knowledge.prompts.listening.said_first.turn.replace("{subject}", subject)
