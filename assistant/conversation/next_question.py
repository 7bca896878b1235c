"""Which themes a session meets, and the next question of all that could be asked.

Some themes are always met, woven in where they fit and at the latest before the themes end; the others are the
account's own, the main one first. The user may reorder or park any theme; the program only ever adds at the end.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.conversation import events as e
from assistant.conversation.account import AccountSoFar
from assistant.conversation.act_now import ask_about_the_faint
from assistant.conversation.called_questions import LEAST
from assistant.conversation.journeys import ThemesStep
from assistant.conversation.question_bank import BankQuestion
from assistant.conversation.question_weights import WEIGHTS, Weighed, stages_from, weigh
from assistant.conversation.reranker import Candidate
from assistant.conversation.situation import Situation
from assistant.conversation.themes import STAGES, Question, Theme, question_id
from assistant.conversation.threads import (
    SAME_SUBJECT,
    TOO_STRONG_TO_LEAVE,
    FollowUp,
    closer_looks_running,
    follow_ups,
    strongest_thread,
    value_of,
)
from assistant.language.stems import alike, stems
from assistant.noticing.probes import Wording

OPENING_OF_THE_MAIN_THEME = 2
"""The second and third question of a session are about what its account is about."""
LAST_CHANCE = 8.0
"""Strength of a thread that comes before what cannot wait: it is far likelier than not to be taken up."""
_REFLECTION_BY = 3.0
"""Questions left by which the main theme's reflection is asked, whatever else waits."""
LONG = 45
"""Minutes from which every theme that's always met has a question of its own, whatever follows better."""
_MOST_REFLECTION = 2
"""An account whose main theme shifts isn't asked about it each time."""
LONG_ANSWER = 30
"""Words from which an answer holds more than one thing that a question may be about."""
FITTING = 0.3
"""How well a question that makes no sense by itself must fit what was just said to be asked."""
SHARP = 0.5
"""How well a question must fit what was just said to come before what the course asks next."""
THE_CHILD = "voice-of-the-child"
THEME_OF_THE_OTHERS = "each-child-in-the-family"
MOST_READ = 16
"""Questions of the bank that are read with the answer, the weightiest: half of what was chosen is among twenty-four."""
DUE = 0.5
"""What a question counts that the course wants now, as log odds: another must follow the answer a good deal better."""
COURSE = 0.02
"""What a question's weight counts, beside how well it follows."""
FOUND, AS_GOOD = 6.0, 0.6
"""What it counts how surely a question is found by what was said, as log odds, and how surely it must be to come before
a closer look that reads as well. Of a writer that nothing was learnt from (111 answers) what these put first was good
in 45 of a hundred and jarred in 19; with 4 and 0.4, 37 and 26. In fourteen sessions played blind those found as surely
as 0.44 were good in two of three; less surely, in half, and every third jarred; of closer looks two of three were."""
STRONG = 2.0
"""How well a closer look must read to follow another: of those in the sessions played three of four were good."""
TIRES, TIRES_SOON, TIRES_MORE = 0.4, 1.6, 1.0
"""What a closer look loses after another, as log odds: one that is strong, one that isn't, and for each from the fourth
on. In the sessions played the second and the third were as good as the first; with nothing to stop them seven followed
one another, and the worker said "You're just reading my own words back at me"."""
SURE = 0.5
"""How well a question must be found to come before a faint sign, which is come back to before anything's decided."""
MUCH_ASKED, FOLLOWS = 8, 0.5
"""After so many questions of the themes a shorter session goes on to its end where nothing follows so well."""
JOB = "about-you/job"
_A_SUBJECT = 1.0
"""How much the account calls for some theme before it is about anything."""
_OF_ONE_CHILD = 3
"""Questions of the themes after which the other children are asked about."""


def next_of_the_themes(situation: Situation, step: ThemesStep) -> e.Event | None:
    """What follows best on the last answer, or the best question, with its theme put on the agenda first; None when
    time is up."""
    account = AccountSoFar(situation)
    if planned := _to_be_planned(account, step):
        return planned
    must = _must_come_now(account)
    thread, best = _read_with_the_answer(account, must) or _by_weight(account, must)
    steering = ask_about_the_faint(situation)
    told_outright = thread is not None and thread.strength >= TOO_STRONG_TO_LEAVE
    told_outright = told_outright or (thread is None and best is not None and _surely_found(account, best))
    if steering and not told_outright and (best is None or best.weight < _worth(account, steering)):
        return steering
    if thread:
        return thread.asked
    if best is None:
        return None
    if must is None and (job := _ask_about_the_job(account, best)):
        return job
    if best.bank.theme not in {item.theme for item in situation.state.agenda}:
        return e.Planned(at=situation.now, theme=best.bank.theme, because=best.because)
    return _asked(account, best)


Next = tuple[FollowUp | None, Weighed | None]
"""A closer look at what was just said, where that comes first, and a question of the bank."""


def _read_with_the_answer(account: AccountSoFar, must: Demand | None) -> Next | None:
    """What follows the last answer best, of closer looks and of questions that weigh much; None where that can't be
    read."""
    situation = account.situation
    turn = situation.state.current
    looks = follow_ups(situation, at_least=must.least_thread if must and not must.waits else 0.0)
    weighed = _weighed(account, None if must and must.waits else must)
    candidates = [Candidate(one.asked.text, one.span) for one in looks]
    for one in weighed:
        heard = account.heard_now.get(one.bank.id)
        candidates.append(Candidate(_worded(account, one.bank).text, heard.span if heard else None))
    fits = situation.fits_after(turn, candidates) if turn and turn.answer else None
    if fits is None:
        return None
    running = closer_looks_running(situation.state)
    worth: list[tuple[float, Next]] = [
        (value_of(fit, one) - _tired(fit.value, running, one), (one, weighed[0] if weighed else None))
        for fit, one in zip(fits[: len(looks)], looks, strict=True)
    ]
    for fit, question in zip(fits[len(looks) :], weighed, strict=True):
        due = DUE if must and must.met_by(question.bank, account) else 0.0
        heard = account.heard_now.get(question.bank.id)
        found = FOUND * math.log(max(heard.fit if heard else 0.0, LEAST) / AS_GOOD)
        worth.append((fit.value + due + found + COURSE * question.weight, (None, question)))
    most, following = max(worth, key=lambda pair: pair[0], default=(0.0, (None, None)))
    short = situation.state.minutes < LONG and account.asked_of_themes >= MUCH_ASKED
    return (None, None) if short and most < FOLLOWS and (must is None or must.waits) else following


def _tired(value: float, running: int, look: FollowUp) -> float:
    """What a closer look loses that comes after so many others; one that gives no words back loses less."""
    if not running:
        return 0.0
    soon = TIRES_SOON if value < STRONG and "“" in look.asked.text else TIRES
    return soon + TIRES_MORE * max(0, running - 3)


def _surely_found(account: AccountSoFar, best: Weighed) -> bool:
    heard = account.heard_now.get(best.bank.id)
    return heard is not None and heard.fit >= SURE


def _by_weight(account: AccountSoFar, must: Demand | None) -> Next:
    """The same where answers and questions can't be read together: the strongest thread or the weightiest question."""
    thread = strongest_thread(account.situation, at_least=must.least_thread if must else 0.0)
    best = max(_weighed(account, must), key=lambda weighed: weighed.weight, default=None)
    if thread and (best is None or thread.strength > best.weight or _comes_first(thread, best, account)):
        return thread, best
    return None, best


def _comes_first(thread: FollowUp, best: Weighed, account: AccountSoFar) -> bool:
    """What was just said is followed before the course goes on, unless that asks about the same and fits it well."""
    heard = account.heard_now.get(best.bank.id)
    return thread.strength >= TOO_STRONG_TO_LEAVE and (heard is None or heard.fit < SHARP)


def _worth(account: AccountSoFar, steering: e.Event) -> float:
    """How much a faint sign's question weighs; little where the account has a subject and the words name no danger."""
    of_any = isinstance(steering, e.Asked) and steering.question == "steer/any"
    has_a_subject = max(account.calls.values(), default=0.0) >= _A_SUBJECT
    return WEIGHTS.faint_of_any if of_any and has_a_subject else WEIGHTS.faint_danger


def _ask_about_the_job(account: AccountSoFar, best: Weighed) -> e.Asked | None:
    """Where a question that fits better needs somebody who has been in the home, and nobody has said: once."""
    situation = account.situation
    if JOB in situation.turns or not situation.home_unknown:
        return None
    waiting = (
        weigh(bank, account)
        for bank in account.bank.questions
        if situation.fits_but_for(bank.question, "home-visited")
        and (bank.id in account.heard_now or (not bank.question.only_after and bank.theme == best.bank.theme))
    )
    if not any(one.weight > best.weight for one in waiting):
        return None
    return situation.asks(
        JOB,
        situation.knowledge.prompts.listening.job,
        because="the next question is for somebody who has been in the home",
        theme=best.bank.theme,
        stage="experience",
    )


def _to_be_planned(account: AccountSoFar, step: ThemesStep) -> e.Planned | None:
    """The account's own theme, then those that every session meets."""
    now = account.situation.now
    agenda = {item.theme for item in account.situation.state.agenda}
    main = account.main_theme
    if not agenda and main and main not in step.always and _more_themes(account) > 0:
        return e.Planned(at=now, theme=main, because=f"what you've said is most about {account.theme_name(main)}")
    waiting = next((theme for theme in step.always if theme not in agenda), None)
    return e.Planned(at=now, theme=waiting, because="we ask this in every session") if waiting else None


def _more_themes(account: AccountSoFar) -> int:
    """How many themes of its own the account may still put on the agenda."""
    own = sum(item.theme not in account.always and not item.wanted for item in account.situation.state.agenda)
    return account.situation.depth.more_themes - own


def _weighed(account: AccountSoFar, must: Demand | None) -> tuple[Weighed, ...]:
    """The weightiest questions of those that must come now, or of all that may."""
    if account.situation.in_a_hurry and (must is None or not must.wanted):
        return ()
    may = tuple(_askable(account, must))
    if must is not None:
        may = tuple(bank for bank in may if must.met_by(bank, account)) or may
    return tuple(heapq.nlargest(MOST_READ, (weigh(bank, account) for bank in may), key=lambda one: one.weight))


@dataclass(frozen=True)
class Demand:
    """What must come now."""

    themes: frozenset[str]
    stages: frozenset[str] = frozenset(STAGES)
    or_just_heard: frozenset[str] = frozenset()
    """Themes in which any question that fits what was just said will do as well; of others, one that fits it well."""
    least_thread: float = LAST_CHANCE
    """A thread weaker than this is not followed before it."""
    waits: bool = False
    """It may come after something that follows better on what was just said."""
    wanted: bool = False
    """The user asked for it: it comes also when time is short."""

    @property
    def of_a_stage(self) -> bool:
        """It must come whatever stage its theme has reached."""
        return self.stages != frozenset(STAGES)

    def met_by(self, bank: BankQuestion, account: AccountSoFar) -> bool:
        """Whether a question is what must come now."""
        asked_for = bank.theme in self.themes and bank.stage in self.stages
        heard = account.heard_now.get(bank.id)
        return asked_for or (heard is not None and (bank.theme in self.or_just_heard or heard.fit >= SHARP))


def _must_come_now(account: AccountSoFar) -> Demand | None:
    """Themes and stages that cannot wait: the user's own first, the main theme's opening and reflection, the unmet."""
    state, room = account.situation.state, account.situation.room
    unmet = [item for item in state.agenda if not item.parked and not account.asked_of[item.theme]]
    if wanted := next((item.theme for item in unmet if item.wanted), None):
        return Demand(frozenset({wanted}), wanted=True)
    if room <= 0:
        return None
    main = account.main_theme
    owed = frozenset(item.theme for item in unmet if item.theme in account.always and item.theme != main)
    if main and _reflection_is_due(account, main, room - len(owed)):
        waits = room > 1 if account.situation.state.minutes < LONG else room - len(owed) > _REFLECTION_BY
        return Demand(frozenset({main}), frozenset({"reflection"}), waits=waits)
    if main and account.asked_of_the_bank < OPENING_OF_THE_MAIN_THEME:
        return Demand(
            frozenset({main}), or_just_heard=account.themes_of_its_own, least_thread=TOO_STRONG_TO_LEAVE, waits=True
        )
    if len(owed) and room <= len(owed):
        return Demand(owed, waits=account.situation.state.minutes < LONG)
    if _the_others_wait(account):
        return Demand(
            frozenset({THEME_OF_THE_OTHERS}), frozenset({"experience"}), least_thread=TOO_STRONG_TO_LEAVE, waits=True
        )
    return None


def _reflection_is_due(account: AccountSoFar, main: str, room: float) -> bool:
    """By the middle of the themes, and in a short session with the second question of all."""
    turns = account.situation.state.turns
    reflected = [turn.asked.theme for turn in turns if turn.asked.stage == "reflection"]
    if any(turn.asked.source == "thread" and turn.asked.type == "reflexive" for turn in turns):
        return False  # it was asked about their own words, which is better still
    if main in reflected or len(reflected) >= _MOST_REFLECTION or not account.asked_of[main]:
        return False
    return room <= _REFLECTION_BY or account.asked_of_the_bank >= room


def _the_others_wait(account: AccountSoFar) -> bool:
    """There are several children, and the talk has been of one of them: the others are asked about, once."""
    situation = account.situation
    if "several-children" not in situation.facts or account.asked_of[THEME_OF_THE_OTHERS]:
        return False
    parked = any(item.parked and item.theme == THEME_OF_THE_OTHERS for item in situation.state.agenda)
    return account.asked_of_the_bank >= _OF_ONE_CHILD and not parked


def _askable(account: AccountSoFar, must: Demand | None) -> Iterator[BankQuestion]:
    """Questions that fit the case, in a theme and at a stage that may be asked about now."""
    situation = account.situation
    parked = {item.theme for item in situation.state.agenda if item.parked}
    agenda = {item.theme for item in situation.state.agenda} - parked
    full = _full_stages(account)
    begins_more = _more_themes(account) > 0
    for bank in (*account.bank.questions, *_questions_of_reviews(account)):
        heard = bank.id in account.heard_now or bank.id in account.heard_before
        if bank.id in situation.turns or bank.theme in parked or not situation.fits(bank.question):
            continue
        if (bank.question.only_after and not _called_for(bank, account)) or _left_alone(account, bank):
            continue
        if "{words}" in bank.question.text and not _words_for(bank, account):
            continue
        met = must is not None and must.met_by(bank, account)
        more = begins_more or (heard and situation.depth.more_themes)
        if bank.theme not in agenda and not more and not met:
            continue
        in_turn = bank.stage in stages_from(account.reached(bank.theme)) and (bank.theme, bank.stage) not in full
        to_do = bank.stage == "action" and not _called_for(bank, account)
        if in_turn or (heard and not to_do) or (met and must is not None and must.of_a_stage):
            yield bank


def _called_for(bank: BankQuestion, account: AccountSoFar) -> bool:
    """Something was said that it may be asked after; what was said earlier must fit it very well."""
    now, before = account.heard_now.get(bank.id), account.heard_before.get(bank.id)
    earlier = before is not None and before.fit >= SHARP and bool(before.words)
    return earlier or (now is not None and now.fit >= FITTING)


def _words_for(bank: BankQuestion, account: AccountSoFar) -> str:
    """What was said that a question is about, now or earlier."""
    heard = account.heard_now.get(bank.id) or account.heard_before.get(bank.id)
    return heard.words if heard else ""


def _left_alone(account: AccountSoFar, bank: BankQuestion) -> bool:
    """Its subject is to be left alone: it is of the same theme as a question so answered, or much like one.

    The child is never left alone as a whole.
    """
    return any(
        (turn.asked.theme == bank.theme and bank.theme != THE_CHILD)
        or alike(bank.words, stems(f"{turn.asked.text} {turn.asked.intent}")) > SAME_SUBJECT
        for turn in account.situation.left_alone
    )


def _full_stages(account: AccountSoFar) -> frozenset[tuple[str, str]]:
    """Themes and stages that have had as many questions as the session's depth gives them; the main theme gets more."""
    most = account.situation.depth.questions_per_stage
    asked = [(turn.asked.theme, turn.asked.stage) for turn in account.situation.state.turns if not turn.asked.probes]
    return frozenset(pair for pair in asked if asked.count(pair) >= most + (pair[0] == account.main_theme))


def _asked(account: AccountSoFar, best: Weighed) -> e.Asked:
    situation, bank = account.situation, best.bank
    item = next((item for item in situation.state.agenda if item.theme == bank.theme), None)
    because = best.because
    if item and item.because == "we ask this in every session":
        because = "we ask this in every session" + (f", and {because}" if "touches" not in because else "")
    beside = _beside(situation, bank)
    return situation.asks(
        bank.id,
        _worded(account, bank),
        because=f"{beside[0].title} asks its readers this" if beside else because,
        theme=bank.theme,
        stage=bank.stage,
        said_first=_given_back(account, bank),
        beside=beside,
    )


def _worded(account: AccountSoFar, bank: BankQuestion) -> Wording:
    return account.situation.worded(bank.question, words=_words_for(bank, account))


def _given_back(account: AccountSoFar, bank: BankQuestion) -> tuple[str, ...]:
    """What a question is about, where it makes no sense without and a long or an earlier answer said it."""
    lines = account.situation.knowledge.prompts.listening.said_first
    now, before = account.heard_now.get(bank.id), account.heard_before.get(bank.id)
    heard = now or before
    if heard is None or not heard.words or not bank.question.only_after or "{words}" in bank.question.text:
        return ()
    if account.situation.was_given_back(heard.words) or (now and len(now.answer.split()) < LONG_ANSWER):
        return ()
    return ((lines.you_said if now else lines.earlier).replace("{words}", heard.words.rstrip(".,;: ")),)


def _questions_of_reviews(account: AccountSoFar) -> Iterator[BankQuestion]:
    """The reviews' own questions, one a session, while their review is still in the library."""
    situation = account.situation
    most = situation.depth.quoted_per_theme
    if sum("/quoted/" in name for name in situation.turns) >= most:
        return
    for theme in account.bank.themes.values():
        for ordinal, quoted in enumerate(theme.quoted, start=1):
            question = Question(
                text=quoted.text, type="open", intent="The review asks its readers this, in these words.",
                concepts=theme.concepts[:2],
            )  # fmt: skip
            bank = BankQuestion(
                question_id(theme.id, "quoted", ordinal), theme.id, "analysis", question, stems(quoted.text)
            )
            if _beside(situation, bank):
                yield bank


def _beside(situation: Situation, bank: BankQuestion) -> tuple[e.Beside, ...]:
    """A review's question with the place it stands at; nothing for a question of our own."""
    theme: Theme = situation.knowledge.prompts.themes[bank.theme]
    quoted = next((one for one in theme.quoted if one.text == bank.question.text), None)
    review = situation.knowledge.review(quoted.review) if quoted else None
    if quoted is None or review is None:
        return ()
    point = next((p for p in situation.knowledge.points(quoted.review) if quoted.text in p.text), None)
    if point is None:
        return ()
    return (
        e.Beside(
            text=quoted.text,
            review=review.id,
            title=review.title,
            publisher=review.publisher,
            published=review.published,
            section=point.section,
            lines=point.lines,
            point=point.id,
        ),
    )
