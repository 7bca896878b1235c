"""What is said to a worker's question: a short answer where practice has one, else it is handed back in their words.

Reads the questions of an answer, and of what was typed to a card shown on it, and says what `prompts/asked-us.yaml` has
for their kinds: before the next question, or with a question of the kind's own where the question ended the answer. The
list and what was said so far are shown where they are asked for. Which words ask, and what, is known by `asking.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.conversation import events as e
from assistant.conversation.agreed_steps import steps_of
from assistant.conversation.asked_us import AskedUs, Does
from assistant.conversation.asking import Asking, askings, asks, says_nothing
from assistant.conversation.ending import ending, step_lines
from assistant.conversation.filing import PLACES
from assistant.conversation.once_more import once_more
from assistant.conversation.page_turns import is_page
from assistant.conversation.read_back import not_talked_of, read_back
from assistant.conversation.said_to_us import questions_to_us
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import Turn
from assistant.language.dates import format_date
from assistant.language.lazy_patterns import late
from assistant.language.sentences import sentences
from assistant.noticing.observations import Span
from assistant.noticing.reading import PLANNING, Stand

FEWEST_MINUTES = 2
"""Said to be left, however few are: "about two minutes"."""
MOST_WORDS_AFTER_A_QUESTION = 6
"""Whoever goes on for longer than this after asking has told something: "Like what? It was five months, …"."""
MOST_AT_ONCE = 2
"""Questions of one answer that are replied to."""
MOST_HANDED_BACK = 3
"""Questions handed back with one of ours, in a session; after those a line is said."""
_WHERE_HURT = {"what-would-you-do": "what-now"}
_WHETHER_TO_RING = frozenset({"ring", "tonight-or-wait", "too-late", "which-number", "what-now"})
"""What a card answers that is shown on the answer that asks it; whoever asks the card itself is told."""
LATELY = 2
"""Questions after which something may be handed back again."""
_ASKS_FOR_WORDS = late(
    r"\b(?:will|would|could)\s+you\s+(?:\w+\s+)?(?:say|tell|ask)\b|\bfirst\s+(?:words|sentence)\b|\b(?:hear|be\s+told)\b",
    re.IGNORECASE,
)
"""Where the worker's own words to somebody are asked for, what they'd ask them isn't asked of us."""
_WISHES = late(
    r"\W*(?:(?:but|and|so|ok|please|well)\W+)*(?:can|could|shall|may)\s+(?:i|we)\s+(?:(?:just|please|not)\s+)*(?:do|talk|think|go"
    r"|stay|leave|come|sort|start|stop|finish|have|say|look|get|carry|crack|move)\b",
    re.IGNORECASE,
)
"""What's asked for is that we listen. Who is told once in a session that there's no answer needn't be told again."""
_ALWAYS_ANEW = frozenset({"what-next", "what-day"})


def asks_us(turn: Turn) -> Stand | None:
    """Where its answer asks us something. At the end any question that is for nobody else is for us."""
    stand = turn.reading.stand("asks-us") if turn.reading else None
    if stand is not None or turn.answer is None or not at_the_end(turn):
        return stand
    return next((Stand(stance="asks-us", span=span) for span in questions_to_us(turn.answer)), None)


def at_the_end(turn: Turn) -> bool:
    """Where something was asked for that the record keeps, a question beside it has no question of its own."""
    kept = turn.asked.keeps in PLACES | PLANNING | {"to-supervision"} or is_page(turn.asked.question)
    return kept or (turn.asked.stage in {"action", "closing"} and turn.asked.source == "thread")


def asked_of_us(situation: Situation, turn: Turn) -> tuple[Asking, ...]:
    """The questions of its answer, then those typed to a card that was shown on it; none that the card answers."""
    if turn.answer is None:
        return ()
    kinds, other = situation.knowledge.question_kinds, situation.knowledge.prompts.asked_us.other
    found = [*askings(kinds, other, turn.answer, asked=turn.asked.text)]
    cards = [card for card in situation.state.cards if card.shown.question == turn.asked.question]
    for card in cards:
        for words in card.said:
            found += askings(kinds, other, words, asked=card.shown.text)
    carded = any(card.shown.asked or card.real for card in cards)
    given_up = _was_said(situation, _filled(situation, other.reply))
    found = [one for one in found if one.kind is not other or not (given_up or _WISHES.match(one.words))]
    once: dict[str, Asking] = {}
    for one in (_where_hurt(situation, one) for one in found):
        if not _is_theirs(turn, one) and not (carded and _is_answered_by_a_card(situation, turn, one)):
            once.setdefault(one.words if one.kind is other else one.kind.key, one)
    return tuple(once.values())


def _where_hurt(situation: Situation, one: Asking) -> Asking:
    """What we would do is nobody's to weigh where a mark has been spoken of and no one told: ring."""
    straight = situation.knowledge.prompts.asked_us.kind(_WHERE_HURT.get(one.kind.key, ""))
    hurt = "marked" in situation.facts and "told-somebody" not in situation.facts
    return replace(one, kind=straight) if straight is not None and hurt else one


def said_aside(situation: Situation, turn: Turn) -> tuple[Span, ...]:
    """What of its answer is said to us and tells nothing of the case, in order."""
    heard = situation.knowledge.question_kinds.heard(turn.asked.text, turn.answer or "")
    return heard.aside if heard else ()


def _is_theirs(turn: Turn, one: Asking) -> bool:
    """What would only be handed back stays theirs where it objects to us, or is what they'll say to somebody."""
    objects = turn.reading is not None and turn.reading.stand("corrects-us") is not None
    return one.kind.hand_back and (objects or _ASKS_FOR_WORDS.search(turn.asked.text) is not None)


def _is_answered_by_a_card(situation: Situation, turn: Turn, one: Asking) -> bool:
    """Whether to ring: by a card that is shown on the answer, or by what is said to whoever asks the card itself."""
    whether_to_ring = situation.talk.hear(one.words).asks_whether_to_ring
    if one.kind.hand_back and whether_to_ring:
        return True
    return one.kind.key in _WHETHER_TO_RING and (whether_to_ring or not _is_typed_to_a_card(turn, one))


def _is_typed_to_a_card(turn: Turn, one: Asking) -> bool:
    """It stands in no answer of that turn."""
    return (turn.answer or "")[slice(*one.span)] != one.words


def answer_a_question(situation: Situation) -> e.Asked | None:
    """Somebody asked us: what did you mean, should I ring, did I do wrong?"""
    turn = situation.state.current
    if turn is None or turn.answer is None or is_page(turn.asked.question):
        return None
    found = _to_be_met(situation, turn)
    if not found:
        return None
    last = found[-1]
    ends = not _tells_much_after(turn, last)
    if last.kind.does in {"again", "why"}:
        return _in_other_words(situation, turn, last.kind) if ends else None
    if again := once_more(situation, turn, reply_to(situation, turn, found)):
        return again
    instead = last.kind.instead
    bare = says_nothing(last.words)
    if instead is None or bare or not ends or at_the_end(turn) or not _may_hand_back(situation, last.kind):
        return None  # said before the next question: what was asked for is there
    said_first = reply_to(situation, turn, found, handed_back=last)
    words = given_back(last)
    wording = instead.filled({**situation.people_in_words, "{words}": words})
    name = f"asked-us/{last.kind.key}"
    return situation.asks(
        name,
        wording,
        because=f"you asked “{words}”",
        said_first=said_first,
        probes=turn.asked.probes or turn.asked.question,
        in_other_words="",
    )


def _may_hand_back(situation: Situation, kind: AskedUs) -> bool:
    few = situation.times_asked("asked-us/") < MOST_HANDED_BACK
    return few and f"asked-us/{kind.key}" not in situation.turns


def reply_alone(situation: Situation, turn: Turn) -> tuple[str, ...]:
    """What is said to its questions where we go on to something else."""
    found = _to_be_met(situation, turn)
    kinds = {one.kind.does for one in found}
    if turn.asked.source == "again" and "again" in kinds:
        return ()
    return reply_to(situation, turn, found)


def _to_be_met(situation: Situation, turn: Turn) -> tuple[Asking, ...]:
    """The last questions of its answer; nothing is handed back beside one that has an answer, nor to somebody who has
    just had something handed back, and objects to that. Who asks again what has an answer is given it, and no more."""
    lately = situation.state.turns[-LATELY:]
    kinds = situation.knowledge.prompts.asked_us.kinds
    replies = [_filled(situation, kind.reply) for kind in kinds if kind.hand_back]
    just_now = any(
        one.asked.question.startswith("asked-us/")
        or any(reply in line for line in one.asked.said_first for reply in replies)
        for one in lately
    )
    first = turn.asked.keeps == "focus"  # nothing's missing yet of what has hardly begun: "have I missed a trick?"
    found = tuple(
        one
        for one in asked_of_us(situation, turn)
        if not (one.kind.hand_back and just_now) and not (first and one.kind.does == "missing")
    )
    answered = tuple(one for one in found if not (one.kind.hand_back or one.kind.does == "unanswered"))
    return (answered or found)[-MOST_AT_ONCE:]


def given_back(one: Asking) -> str:
    """A question as it is given back: "What if his dad knows?"; what only shows that one doesn't know has no mark."""
    words = quoted(one.words, (0, len(one.words)))
    words = words if words.endswith(("?", "…")) or not asks(one.words) else f"{words}?"
    return words[:1].upper() + words[1:]


def reply_to(
    situation: Situation, turn: Turn, found: tuple[Asking, ...], *, handed_back: Asking | None = None
) -> tuple[str, ...]:
    """What is said to some questions; one that is `handed_back` is quoted in the question that comes."""
    lines = [line for one in found for line in _reply(situation, turn, one, quotes=one is not handed_back)]
    return tuple(dict.fromkeys(lines))


def _reply(situation: Situation, turn: Turn, one: Asking, *, quotes: bool) -> tuple[str, ...]:
    kind, bank = one.kind, situation.knowledge.prompts.asked_us
    reply = _filled(situation, kind.reply)
    if kind.does is not None:
        return _what_it_does(situation, turn, kind.does, reply)
    if kind.hand_back:
        return (f"“{given_back(one)}” {reply}",) if quotes and not says_nothing(one.words) else (reply,)
    if kind.key not in _ALWAYS_ANEW and _was_said(situation, reply):
        if not (one.words.rstrip().endswith("?") or asks(one.words)):
            return ()  # "I've decided I'm asking for a strategy meeting" asks nothing again
        begins = next((reply[start:end] for start, end in sentences(reply)), reply)
        return (bank.answered_once.replace("{reply}", begins),)
    return (reply,)


def _what_it_does(situation: Situation, turn: Turn, does: Does, reply: str) -> tuple[str, ...]:
    bank = situation.knowledge.prompts.asked_us
    match does:
        case "again":
            return () if _was_said(situation, reply) else (reply,)
        case "why":
            return reply, _what_for(situation, turn)
        case "list":
            steps = steps_of(situation.state)
            return (reply, *step_lines(situation, steps)) if steps else (bank.no_steps_yet,)
        case "read-back":
            so_far = ending(situation) or read_back(situation)
            return (reply, *so_far) if so_far else (bank.nothing_said_yet,)
        case "missing":
            return reply, *(not_talked_of(situation) or (bank.nothing_missing,))
        case "unanswered":
            return _what_went_unanswered(situation, turn) or (bank.unanswered, reply)


def _filled(situation: Situation, reply: str) -> str:
    minutes = max(FEWEST_MINUTES, round(situation.state.minutes_left(situation.now)))
    today = f"{situation.now:%A} {format_date(situation.now.date())}"
    reply = situation.knowledge.prompts.asked_us.for_job(reply, situation.job)
    return reply.replace("{minutes}", str(minutes)).replace("{today}", today)


def _what_went_unanswered(situation: Situation, turn: Turn) -> tuple[str, ...]:
    """The newest question of an earlier answer that got no reply, and its reply now."""
    bank = situation.knowledge.prompts.asked_us
    for one in _asked_before(situation, situation.state.before(turn)):
        reply = _filled(situation, one.kind.reply)
        if one.kind.does is None and not _was_said(situation, reply):
            return (bank.unanswered, f"“{given_back(one)}” {reply}")
    return ()


def _asked_before(situation: Situation, turns: tuple[Turn, ...]) -> Iterator[Asking]:
    for turn in reversed(turns):
        yield from reversed(asked_of_us(situation, turn))


def _was_said(situation: Situation, reply: str) -> bool:
    return any(reply in line for turn in situation.state.turns for line in turn.asked.said_first)


def _tells_much_after(turn: Turn, one: Asking) -> bool:
    """ "Which one? There's two of them. The little one was on the sofa …": asked, and answered all the same."""
    after = (turn.answer or "")[one.span[1] :]
    return not _is_typed_to_a_card(turn, one) and len(after.split()) > MOST_WORDS_AFTER_A_QUESTION


def _what_for(situation: Situation, turn: Turn) -> str:
    return situation.knowledge.prompts.listening.said_first.why.replace("{intent}", turn.asked.intent)


def _in_other_words(situation: Situation, turn: Turn, kind: AskedUs) -> e.Asked | None:
    """The question that wasn't clear, asked otherwise, with what it was for; never a third time."""
    name = f"again/{turn.asked.question}"
    if turn.asked.source == "again" or name in situation.turns:
        return None
    otherwise, why = situation.knowledge.prompts.listening.in_other_words, _what_for(situation, turn)
    says_why = kind.does == "why" or not turn.asked.in_other_words
    same = turn.asked.text if kind.does == "why" else otherwise.text
    return turn.asked.model_copy(
        update={
            "at": situation.now,
            "question": name,
            "text": turn.asked.in_other_words or same,
            "in_other_words": "",
            "because": "you asked what was meant",
            "said_first": (f"{kind.reply} {why}" if says_why else kind.reply,),
            "probes": turn.asked.probes or turn.asked.question,
        }
    )
