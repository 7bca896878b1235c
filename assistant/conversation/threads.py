"""The strongest thing in what was just said, and what of all that was said is still open.

A thread is something a worker says that wants asking about: a child nobody has seen, a child's words, an odd detail,
something owned up to, somebody nobody has met, something taken on trust. What is telling is read by its meaning, and by
phrases that are sure of it. At most three questions follow one answer. A thread stays open until it is asked about or a
step covers it. Which words can be given back is `stretches.py`'s, whether a question suits them `probe_fit.py`'s. Owns
no words: the questions are in `prompts/listening.yaml` and, for what is noticed, in `prompts/noticing.yaml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from assistant.conversation import events as e
from assistant.conversation.pressing import presses
from assistant.conversation.probe_fit import fits, shows
from assistant.conversation.reranker import GIVEN_BACK, Candidate, Fit
from assistant.conversation.said_to_us import of_their_own
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import State, Turn
from assistant.conversation.stretches import FEWEST_WORDS_OF_A_STRETCH, in_jest, says_enough, whole
from assistant.language.lazy_patterns import late
from assistant.language.sentences import sentences
from assistant.language.spans import holding, overlaps
from assistant.language.stems import alike, stems
from assistant.noticing.observations import ObservationKind, Span
from assistant.noticing.probes import Probe
from assistant.noticing.reading import Mention, Reading, Role, Stance, Telling, TellingKind, Thread, ThreadKind

MOST_ON_ONE_ANSWER = 5
"""After so many closer looks, one upon the other, the session moves on, unless what was then said cannot wait."""
TOO_STRONG_TO_LEAVE = 6.0
"""Threads of this strength are followed wherever they come up: as likely as not they would be taken up."""
CANNOT_WAIT = 9.0
"""Strength of something that is taken up however many closer looks went before: most of what was said speaks for it."""
TAKEN_UP = 20.0
"""What something is worth asking about that is certain to be taken up, on the scale of question_weights.py."""
WANTED = 0.5
"""What a stretch counts that is twice as likely to be taken up as another, beside how well its question follows."""
MOST_TRIED = ((3, 2, 1, 8), (2, 1, 1, 4), (1, 0, 0, 1))
"""Questions read with the answer: on the strongest stretch, on the next and on a third; of its kind, of the two it may
also be, and of those that suit anything. Reading thirty takes one core 60 ms."""
_SURE: Mapping[ThreadKind, tuple[TellingKind, float]] = {
    "child-words": ("child-said", 0.5),
    "child-unseen": ("child-unseen", 0.45),
    "admitted": ("owned", 0.45),
    "unmet": ("unmet", 0.35),
    "unknown": ("unknown", 0.2),
}
"""What phrases are sure of: as which kind it is taken up, and how likely."""
_BY_ROLE: Mapping[Role, TellingKind] = {
    "child": "child-did",
    "mother": "parent-did",
    "father": "parent-did",
    "man": "parent-did",
    "wider-family": "parent-did",
    "carer": "parent-did",
    "professional": "colleague",
}
"""As what something is taken up whose kind isn't sure, by whom it speaks of first."""
_DONE_TO = frozenset("him them his their himself herself themselves".split())
"""Words for somebody who does nothing there."""
_ABOUT_A_CHILD: frozenset[TellingKind] = frozenset({"child-said", "child-did", "child-state", "child-unseen"})
_OF_THE_CASE: frozenset[TellingKind] = _ABOUT_A_CHILD | {"loss"}
_LEFT_TO_REPLIES: frozenset[Stance] = frozenset({"corrects-us", "asks-us", "refuses", "already-answered", "elsewhere"})
"""Words that show one of these are met as such (replies.py); the rest of the answer may still be taken up."""
_OBJECTS: frozenset[Stance] = frozenset({"corrects-us", "already-answered"})
_OF_A_CHILD = frozenset({"child-words", "child-behaviour", "child-seen-alone"})
NAMES_WHAT_PRESSES = "thread/presses-"
PRESSES = 2.0
"""Log odds by which what somebody says presses on them most comes before what they merely told."""
SAME_SUBJECT = 0.2
"""Share of telling words from which on two things are about the same, where one of them is to be left alone."""
SAID_AGAIN, FEWEST_TELLING = 0.6, 3
"""Share of its telling words, and how many it must have, that one later answer says again where it was gone into."""
FEWEST_WORDS_TO_CHOOSE_FROM = 35
"""Of an answer after which a question need not say which of it it's on."""
_OF_ME = late(r"\W*(?:(?:and|but|so)\s+)?(?:I|we|thought|think|felt)\b", re.IGNORECASE)
"""How a stretch begins that is of the worker, whoever else is in it."""


@dataclass(frozen=True)
class FollowUp:
    """A question on something said, and how strongly it wants asking."""

    asked: e.Asked
    span: Span
    """The words of the last answer that it is on."""
    strength: float
    """How much those words want taking up."""


@dataclass(frozen=True)
class OpenThread:
    """Something said that still waits."""

    turn: Turn
    thread: Thread

    @property
    def words(self) -> str:
        """As it was said."""
        return quoted(self.turn.answer or "", self.thread.span)


def strongest_thread(situation: Situation, *, at_least: float = 0.0, late: bool = False) -> FollowUp | None:
    """The question on the strongest thing in the last answer, while there is room for one: the one that follows it
    best, where that can be read. `late`: also where there is room only for what must still be asked."""
    found = follow_ups(situation, at_least=at_least, late=late)
    values = values_of(situation, found)
    if values is None:
        return max(found, key=lambda one: one.strength, default=None)
    best = max(zip(found, values, strict=True), key=lambda pair: pair[1], default=None)
    return best[0] if best else None


def values_of(situation: Situation, found: Sequence[FollowUp]) -> tuple[float, ...] | None:
    """What each is worth asking next, as log odds; None where answers and questions can't be read together."""
    turn = situation.state.current
    fits = situation.fits_after(turn, [Candidate(one.asked.text, one.span) for one in found]) if turn else None
    return tuple(value_of(fit, one) for fit, one in zip(fits, found, strict=True)) if fits is not None else None


def value_of(fit: Fit, follow_up: FollowUp) -> float:
    """A question that follows well, on words that want taking up."""
    pressing = PRESSES if follow_up.asked.question.startswith(NAMES_WHAT_PRESSES) else 0.0
    return fit.value + pressing + WANTED * math.log(max(follow_up.strength, 1.0) / TAKEN_UP)


def follow_ups(situation: Situation, *, at_least: float = 0.0, late: bool = False) -> tuple[FollowUp, ...]:
    """Every question that may be asked next about something in the last answer; none where there's no room for one."""
    turn = situation.state.current
    if turn is None or turn.answer is None or _is_over(turn) or (situation.in_a_hurry and not late):
        return ()
    asked = [other.asked for other in situation.state.turns if _looks_closer(other.asked)]
    root = turn.asked.probes or turn.asked.question
    if len(asked) >= situation.depth.probes and not late:
        return ()
    if sum(one.probes == root for one in asked) >= MOST_ON_ONE_ANSWER and not late:
        at_least = max(at_least, CANNOT_WAIT)
    found = (*pressing(situation, turn), *_of_what_was_read(situation, turn), *_of_what_was_noticed(situation, turn))
    dropped = _left_alone(situation.state)
    worn = {_without_words(other.asked.text) for other in situation.state.turns}
    return tuple(
        one
        for one in found
        if one.strength >= at_least
        and _without_words(one.asked.text) not in worn
        and fits(turn, one.asked.text, _given_back(one))
        and not situation.was_given_back(_given_back(one))
        and not any(alike(stems(one.asked.text), words) > SAME_SUBJECT for words in dropped)
    )


def pressing(situation: Situation, turn: Turn) -> Iterator[FollowUp]:
    """Questions on what an answer says presses most, the last said first; none that was given back already."""
    answer, probes = turn.answer or "", situation.knowledge.prompts.listening.presses
    for one in presses(answer):
        words = quoted(answer, one.span)
        asked_before = situation.times_asked(f"{NAMES_WHAT_PRESSES}{one.kind}/")
        if asked_before < len(probes[one.kind]) and not situation.was_given_back(words) and not in_jest(words):
            name = f"{NAMES_WHAT_PRESSES}{one.kind}/{asked_before + 1}"
            probe = probes[one.kind][asked_before]
            asked = _asked(situation, turn, name, probe, one.span, turn.asked.theme, situation.people_in_words)
            yield FollowUp(asked, one.span, TAKEN_UP)


def _is_over(turn: Turn) -> bool:
    """The case has been talked about; what is taken to supervision is still of it."""
    return turn.asked.stage == "closing" and turn.asked.keeps not in {"action", "to-supervision"}


def closer_looks_running(state: State) -> int:
    """How many of the last questions, one after the other, took up something said."""
    return sum(1 for _ in takewhile(lambda turn: _looks_closer(turn.asked), reversed(state.turns)))


def _looks_closer(asked: e.Asked) -> bool:
    """It takes up something said, and isn't a question put again."""
    return asked.probes is not None and asked.source in {"thread", "probe"}


def _given_back(follow_up: FollowUp) -> str:
    """The words that the question itself quotes."""
    return follow_up.asked.text.partition("“")[2].rpartition("”")[0]


def _without_words(text: str) -> str:
    """A question without the words it gives back."""
    return GIVEN_BACK.sub("", text).strip()


def _of_what_was_read(situation: Situation, turn: Turn) -> Iterator[FollowUp]:
    threads = situation.knowledge.prompts.listening.threads
    found = (
        (telling, about)
        for telling, about in sorted(_telling(situation, turn), key=lambda pair: -pair[0].strength)
        if says_enough(turn, telling.span, FEWEST_WORDS_OF_A_STRETCH)
        and not situation.was_given_back(quoted(turn.answer or "", telling.span))
    )
    for (telling, about), most in zip(found, MOST_TRIED, strict=False):
        people, span = situation.people_spoken_of(about), whole(turn.answer or "", telling.span)
        for kind, probe in _tried(situation, telling, (turn.answer or "")[slice(*span)], most):
            number = situation.times_asked(f"thread/{kind}/") + 1
            name = f"thread/{kind}/{number}"
            asked = _asked(situation, turn, name, probe, span, threads[kind].theme, people)
            yield FollowUp(asked, span, TAKEN_UP * telling.strength * threads[telling.kind].strength)


def _tried(
    situation: Situation, telling: Telling, words: str, most: Sequence[int]
) -> Iterator[tuple[TellingKind, Probe]]:
    """Questions that may suit a stretch: of its kind first, of what else it may be, and those that suit anything.

    Only the first can be asked where answers and questions aren't read together.
    """
    threads = situation.knowledge.prompts.listening.threads
    perhaps = (kind for kind in telling.likeliest if shows(kind, words))
    kinds = dict.fromkeys((telling.kind, *perhaps))
    for kind, many in zip((kind for kind in kinds if kind != "anything"), most[:-1], strict=False):
        yield from ((kind, probe) for probe in islice(_unused(situation, threads[kind].questions), many))
    yield from (("anything", probe) for probe in islice(_unused(situation, threads["anything"].questions), most[-1]))


def _telling(situation: Situation, turn: Turn) -> Iterator[tuple[Telling, tuple[str, ...]]]:
    """What may be taken up and whom it is about: what phrases are sure of, then what the meaning says of the rest."""
    reading = turn.reading
    if reading is None:
        return
    met = list(_met_otherwise(turn, reading))
    sure = [thread for thread in reading.left_open if thread.kind in _SURE and not overlaps(thread.span, *met)]
    for thread in sure:
        kind, likely = _SURE[thread.kind]
        meant = max((one.strength for one in reading.telling if overlaps(one.span, thread.span)), default=0.0)
        roles = {str(person.role) for person in situation.sketch.people if person.id in thread.about}
        kind = _of_whom(kind, roles)
        yield Telling(span=thread.span, kind=kind, strength=max(likely, meant)), thread.about
    taken = [*met, *(thread.span for thread in sure)]
    for telling in reading.telling:
        if not overlaps(telling.span, *taken) and not _is_planned(reading, telling.span):
            start, end = telling.span
            spoken_of = [one for one in reading.people if start <= one.span[0] < end]
            kind = telling.kind
            words = (turn.answer or "")[start:end]
            if kind in _OF_THE_CASE and of_their_own(words):
                kind = "feeling"  # "she came to my mum's funeral" is no loss of the child's
            if kind in _ABOUT_A_CHILD and spoken_of and (spoken_of[0].role != "child" or _OF_ME.match(words)):
                kind = "anything"
            if kind == "anything" and (doing := _doing(turn, spoken_of)) is not None:
                kind = _BY_ROLE.get(doing.role, kind)
            yield telling.model_copy(update={"kind": kind}), tuple(one.person for one in spoken_of)


def _doing(turn: Turn, spoken_of: Sequence[Mention]) -> Mention | None:
    """Whoever is spoken of first and may be doing something: in "I can refer without him" nobody is."""
    words = ((one, (turn.answer or "")[slice(*one.span)].casefold()) for one in spoken_of)
    return next((one for one, word in words if word not in _DONE_TO), None)


def _is_planned(reading: Reading, span: Span) -> bool:
    """Mostly a job to be done: nobody about to ring the school wants to be asked what stays with them about it."""
    shared = (min(span[1], step.span[1]) - max(span[0], step.span[0]) for step in reading.steps)
    return any(2 * most >= span[1] - span[0] for most in shared)


def _met_otherwise(turn: Turn, reading: Reading) -> Iterator[Span]:
    """Words to us, by the sentence; whoever puts us right has often begun before the words that show it most."""
    answer = turn.answer or ""
    for stand in reading.stands:
        if stand.stance in _LEFT_TO_REPLIES:
            start, end = holding(sentences(answer), stand.span[0], stand.span)
            yield (0 if stand.stance in _OBJECTS and 2 * start <= len(answer) else start), max(end, stand.span[1])


def _of_whom(kind: TellingKind, roles: set[str]) -> TellingKind:
    """A child "nobody has seen" who turns out to be a grown-up is somebody unmet, and the other way round; and what a
    grown-up said is no child's word."""
    if kind == "child-unseen" and roles and "child" not in roles:
        return "unmet"
    if kind == "child-said" and roles and "child" not in roles:
        return "parent-did"
    return "child-unseen" if kind == "unmet" and roles == {"child"} else kind


def _of_what_was_noticed(situation: Situation, turn: Turn) -> Iterator[FollowUp]:
    """Each kind once in a session."""
    strengths = situation.knowledge.prompts.listening.noticed
    probed = [name for name in situation.turns if name.startswith("probe/")]
    for seen in turn.noticing.observations if turn.noticing else ():
        closer = situation.knowledge.closer.get(seen.kind)
        span = next((span for span in seen.spans if says_enough(turn, span) and _meant(turn, seen.kind, span)), None)
        if closer is None or not closer.probes or f"probe/{seen.kind}" in probed or span is None:
            continue
        if seen.kind in strengths:
            probe = closer.probes[len(probed) % len(closer.probes)]
            name = f"probe/{seen.kind}"
            asked = _asked(situation, turn, name, probe, span, closer.theme, situation.people_in_words)
            yield FollowUp(asked, span, strengths[seen.kind])


def _asked(
    situation: Situation,
    turn: Turn,
    name: str,
    probe: Probe,
    span: Span,
    theme: str | None,
    people: Mapping[str, str],
) -> e.Asked:
    words = quoted(turn.answer or "", span)
    wording = probe.filled({"{words}": words, **people})
    more = situation.knowledge.prompts.listening.threads["anything"].questions[0].filled({"{words}": words})
    in_themes = theme if theme in situation.knowledge.prompts.themes else None
    return situation.asks(
        name,
        wording,
        because=f"you wrote “{words}”",
        theme=in_themes or turn.asked.theme,
        stage="experience" if turn.asked.stage == "opening" else turn.asked.stage,
        in_other_words=wording.in_other_words or more.text,
        probes=turn.asked.probes or turn.asked.question,
    )


def _meant(turn: Turn, kind: ObservationKind, span: Span) -> bool:
    """The reading agrees on whom it is about and whose word it is; where it is silent, what was noticed stands."""
    people = turn.reading.people if turn.reading else ()
    if kind in _OF_A_CHILD and people:
        return any(one.role == "child" and span[0] <= one.span[0] < span[1] for one in people)
    wanted = {"self-reported": "told", "assumption": "assumed"}.get(kind)
    statements = turn.reading.statements if turn.reading else ()
    if wanted is None or not statements:
        return True
    overlapping = [one for one in statements if overlaps(one.span, span)]
    return not overlapping or any(one.source == wanted for one in overlapping)


def _of_no_child(state: State, turn: Turn, thread: Thread) -> bool:
    """It is about somebody who later turned out to be no child of the case."""
    facts = (fact for one in state.after(turn) if one.reading for fact in one.reading.facts)
    put_right = {fact.of for fact in facts if fact.subject == "role"}
    return bool(thread.about) and put_right.issuperset(thread.about)


def _left_alone(state: State) -> tuple[frozenset[str], ...]:
    """What the questions were about whose subject is to be left alone."""
    return tuple(stems(turn.asked.text) for turn in state.left_alone)


def _unused(situation: Situation, probes: tuple[Probe, ...]) -> Iterator[Probe]:
    intents = {turn.asked.intent for turn in situation.state.turns}
    turn = situation.state.current
    told = len((turn.answer or "").split()) >= FEWEST_WORDS_TO_CHOOSE_FROM if turn else False
    return (probe for probe in probes if probe.intent not in intents and (told or "{words}" in probe.text))


def _gone_into(state: State, one: OpenThread) -> bool:
    """One answer after it says most of its telling words again."""
    words = stems(one.words)
    said = (stems(turn.answer) for turn in state.after(one.turn) if turn.answer)
    return len(words) >= FEWEST_TELLING and any(len(words & again) >= SAID_AGAIN * len(words) for again in said)


def open_threads(state: State) -> tuple[OpenThread, ...]:
    """Everything said that nobody has asked about since and no step covers, in the order it was said."""
    steps = " ".join(step.text for turn in state.turns if turn.reading for step in turn.reading.steps)
    covered = stems(steps)
    left_alone = _left_alone(state)
    looked_at = {turn.asked.because for turn in state.turns if turn.asked.probes and turn.settled}
    threads = [
        OpenThread(turn, thread)
        for turn in state.turns
        if turn.reading is not None and turn.answer is not None
        for thread in turn.reading.left_open
        if thread.kind != "feeling" and says_enough(turn, thread.span) and not _of_no_child(state, turn, thread)
    ]
    return tuple(
        one
        for one in threads
        if not any(one.words in because for because in looked_at)
        and not stems(one.words) & covered
        and not _gone_into(state, one)
        and not any(alike(stems(one.words), words) > SAME_SUBJECT for words in left_alone)
    )
