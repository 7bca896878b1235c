"""Everything a rule may look at, and the small questions rules ask of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from assistant.conversation import events as e
from assistant.conversation.act_now_talk import ActNowTalk
from assistant.conversation.case_facts import CASE_SLOTS, CaseFact
from assistant.conversation.case_sketch import CaseSketch, Person, sketch_of
from assistant.conversation.journeys import (
    Depth,
    Journey,
    QuestionsStep,
    ReadBackStep,
    Scenario,
    StepQuestion,
    ThemesStep,
)
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.known_facts import known_facts, suits
from assistant.conversation.reranker import Candidate, Exchange, Fit
from assistant.conversation.state import State, Turn
from assistant.conversation.themes import Question
from assistant.conversation.whom_it_names import Talk, people_in_words, talk_of
from assistant.language.agreement import is_several, with_several
from assistant.language.lazy_patterns import late
from assistant.noticing.observations import ABOUT_THE_WORKER, TO_SUPPOSE, Span
from assistant.noticing.probes import Wording

LEAST_OF_THEMES = 2
"""Questions of the themes that come whatever the clock says: one on what happened, one on what it stirs."""
FEWEST_FOR_A_PACE = 6
"""Answers from which on it's known how long somebody takes over one."""
MOST_OF_A_PACE = 1.5
"""Times as long as was reckoned: one long pause says little."""
PUT_RIGHT, PUT_RIGHT_IN_SHORT = 2, 1
"""Turns kept for what no journey lists: the page is shown again until it's right; few sessions played needed none."""
SHORT = 30
"""Minutes below which a session is a short one."""
LONGEST_QUOTE = 100
"""Characters of the user's words given back to them; longer ones are cut where a clause ends, or at a word."""
_LEFT_OVER = late(
    r"\A(?:since|until|till)\s+(?:the\s+)?[\w’']+\s+(?=(?:(?:s?he|they|it|i|we)(?:['’]?s|['’]?re|['’]?m)?|mum(?:['’]?s)?|dad(?:['’]?s)?)\s+\w)",
    re.IGNORECASE,
)
""" "Since august hes not meant to be there": the end of what was said before, where talk has no stop."""
FEWEST_TO_A_JOINT = 45
_JOINT = late(r"[,;]\s|\s(?:and|but|so|because|which)\s", re.IGNORECASE)

_A_FEW = 2
"""Children who are each called by name where all are meant; more are "the children"."""
_INNER_QUOTES = late(r"(?<!\w)['\"‘“]|['\"’”](?!\w)")
"""The worker's own quotation marks, of which a quotation may hold only one."""
_THE_CHILD = late(r"\b(?:this|the) (?:child|young person)\b(?! (?:who|you|in)\b)")
_GIVEN_BACK = late(r"(“[^”]*”)")
_OF_THE_WORKER = frozenset({"support-after-hard-visits", "human-factors"})
"""Themes whose questions at the reflection stage ask what the work does to the worker."""
_QUOTES = late(r"“([^”]*)”")
_GOES_NOWHERE = late(r",\s*(?:so|but|and|or|though|anyway)\Z", re.IGNORECASE)
_JOINING = late(r"^(?:(?:and|but|so|because|well|or|then)\b,?\s+)+", re.IGNORECASE)


@dataclass(frozen=True)
class Situation:
    """Where the session stands, what is known, and what time it is."""

    state: State
    knowledge: Knowledge
    now: datetime

    @property
    def journey(self) -> Journey:
        """The journey this session is on."""
        return self.knowledge.prompts.journeys[self.state.started.journey]

    @property
    def talk(self) -> ActNowTalk:
        """What is said and heard about danger."""
        return self.knowledge.prompts.act_now_talk

    @property
    def depth(self) -> Depth:
        """How far this session goes."""
        return self.journey.depth(self.state.minutes)

    @property
    def scenario(self) -> Scenario | None:
        """The scenario this session plays, where it plays one."""
        if self.journey.subject != "scenario":
            return None
        return self.knowledge.prompts.scenarios.get(self.state.started.subject or "")

    @cached_property
    def turns(self) -> Mapping[str, Turn]:
        """Every question asked so far, by its id."""
        return {turn.asked.question: turn for turn in self.state.turns}

    def times_asked(self, begins: str) -> int:
        """How many questions asked so far have an id that begins so."""
        return sum(name.startswith(begins) for name in self.turns)

    @cached_property
    def sketch(self) -> CaseSketch:
        """What is known of the case."""
        return sketch_of(self.state)

    @cached_property
    def facts(self) -> frozenset[CaseFact]:
        """What of it questions may need or be ruled out by."""
        return known_facts(self.state, self.sketch, self._talk.focus)

    @cached_property
    def people_in_words(self) -> Mapping[str, str]:
        """The slots of questions, filled with the worker's own names for people."""
        return self.people_spoken_of(())

    def people_spoken_of(self, meant: tuple[str, ...], question: Question | None = None) -> Mapping[str, str]:
        """The same where a question is surely about those of some ids, or doesn't suit every child."""

        def may(child: Person) -> bool:
            return question is None or suits(child, question.needs, question.not_for)

        return people_in_words(self.sketch, self._talk, meant=meant, may=may)

    def children_not(self, *facts: CaseFact) -> str:
        """How the children are called of whom none of these holds: one by name, many together; empty where there are
        children and each is ruled out."""
        may = [child for child in self.sketch.children if suits(child, (), facts)]
        if len(may) < len(self.sketch.children):  # beside a baby, "the brother" may be a baby too, or grown up
            may = [child for child in may if child.age or child.several or not child.called.startswith("the ")]
        if self.sketch.children and not may:
            return ""
        if len(may) > _A_FEW or (len(may) > 1 and (self._talk.together or any(child.several for child in may))):
            return "the children"
        return people_in_words(self.sketch, self._talk, may=may.__contains__)["{child}"]

    @cached_property
    def _talk(self) -> Talk:
        return talk_of(self.state, self.sketch)

    def worded(self, question: Question, **more: str) -> Wording:
        """A question with its slots filled."""
        people = self.people_spoken_of((), question)
        filled = question.filled({**people, **{f"{{{slot}}}": words for slot, words in more.items()}})
        return filled.model_copy(update={"text": filled.text[:1].upper() + filled.text[1:]})

    def asks(
        self,
        question: str,
        wording: Wording,
        *,
        because: str,
        theme: str | None = None,
        stage: e.Stage | None = None,
        **more: Any,
    ) -> e.Asked:
        """The event of asking something: of the theme and at the stage of the question on the table unless said."""
        on_the_table = self.state.current.asked if self.state.current else None
        return e.Asked(
            at=self.now,
            question=question,
            theme=theme or (on_the_table.theme if on_the_table else ""),
            stage=stage or (on_the_table.stage if on_the_table else "opening"),
            text=wording.text,
            type=wording.type,
            intent=wording.intent,
            because=because,
            **{"in_other_words": wording.in_other_words or "", **more},
        )

    def in_their_names(self, text: str) -> str:
        """A question with "this child" named as the worker names them, outside their own words given back."""
        called = self.people_in_words["{child}"]
        if called == CASE_SLOTS["{child}"]:
            return text
        parts = _GIVEN_BACK.split(text)
        return "".join(part if part.startswith("“") else _called(part, called) for part in parts)

    def fits(self, question: Question) -> bool:
        """Whether the case has what a question needs, and nothing that rules it out or answers it."""
        return self.has(question.needs) and not self._ruled_out(question)

    def fits_but_for(self, question: Question, fact: CaseFact) -> bool:
        """It needs this, would fit if it were so, and nothing says that it isn't."""
        return fact in question.needs and self.has(set(question.needs) - {fact}) and not self._ruled_out(question)

    def _ruled_out(self, question: Question) -> bool:
        return not self.facts.isdisjoint((*question.not_for, *question.answered_by))

    def fits_after(self, turn: Turn, candidates: Sequence[Candidate]) -> tuple[Fit, ...] | None:
        """How well each question would follow an answer; None where that can't be read."""
        return self.knowledge.fits(self.exchange(turn), candidates)

    def exchange(self, turn: Turn) -> Exchange:
        """A question and its answer, with all that was answered before."""
        before = tuple((one.asked.text, one.answer) for one in self.state.before(turn) if one.answer is not None)
        return Exchange(turn.asked.text, turn.answer or "", before)

    @property
    def home_unknown(self) -> bool:
        """Nothing says whether the worker has been in the home."""
        return self.sketch.home_visited is None and not self.sketch.job

    @property
    def job(self) -> str:
        """The worker's, as they've said it or as it was put down at the start; empty where it wasn't."""
        return self.sketch.job or self.state.started.worker

    def has(self, needs: Iterable[CaseFact]) -> bool:
        """Whether the case has what is needed of it."""
        return self.facts.issuperset(needs)

    @cached_property
    def left_alone(self) -> tuple[Turn, ...]:
        """Questions whose subject the worker asked to be left alone, worked out once for all that ask."""
        return self.state.left_alone

    @cached_property
    def given_back(self) -> tuple[str, ...]:
        """The worker's own words that questions, and lines before them, have given back; the last page is apart."""
        turns = [turn.asked for turn in self.state.turns if turn.asked.theme != "ending"]
        return tuple(
            words for asked in turns for line in (asked.text, *asked.said_first) for words in _QUOTES.findall(line)
        )

    def was_given_back(self, words: str) -> bool:
        """They were, or words that hold them, or some of them: nobody wants to read theirs twice."""
        bare, given = _bare(words), map(_bare, self.given_back)
        return bool(bare) and any(bare in one or one in bare for one in given if one)

    @property
    def background(self) -> frozenset[str]:
        """What the answers so far have established about the children, for danger told over several answers, and what
        the question being answered invites."""
        established = (name for turn in self.state.turns if turn.noticing for name in turn.noticing.background)
        return frozenset((*established, *_invited(self.state.current)))

    @cached_property
    def left(self) -> float:
        """How many questions the session still bears.

        By what was asked and by the clock, whichever leaves fewer: an hour of long answers bears fewer questions, and
        an hour of quick ones does not bear twice as many. A card takes the time of a question. Whoever takes longer
        over theirs than was reckoned will over those to come.
        """
        if self.depth.questions is None:
            return math.inf
        minutes = self.state.minutes
        borne = round(self.depth.questions * minutes / self.depth.minutes)
        answered = sum(turn.settled for turn in self.state.turns) + len(self.state.cards)
        by_count = borne - len(self.state.turns) - len(self.state.cards)
        left = self.state.minutes_left(self.now)
        reckoned = minutes / borne
        taken = (minutes - left) / answered if answered >= FEWEST_FOR_A_PACE else 0.0
        return min(by_count, math.ceil(left / min(max(reckoned, taken), MOST_OF_A_PACE * reckoned)))

    @cached_property
    def room(self) -> float:
        """How many of those are left for the themes, once what comes after them has its share."""
        of_themes = sum(turn.asked.theme in self.knowledge.prompts.themes for turn in self.state.turns)
        kept = len(self._after_the_themes) + self._put_right
        return max(self.left - kept, LEAST_OF_THEMES - of_themes)

    @property
    def short_of_time(self) -> bool:
        """There is no time but for what every session must end with: a decision, its steps, what the child is told, and
        a page that is shown until it's right."""
        must = [question for question in self._after_the_themes if not question.if_time]
        again = self._put_right if any(one.reads_out == "ending" for one in must) else 0
        return self.left <= len(must) + again

    @property
    def _put_right(self) -> int:
        return PUT_RIGHT if self.state.minutes >= SHORT else PUT_RIGHT_IN_SHORT

    @property
    def _after_the_themes(self) -> tuple[StepQuestion, ...]:
        """The questions still to come of the parts after the themes, as far as they are asked whatever is answered."""
        steps = self.journey.steps
        themes = next((place for place, step in enumerate(steps) if isinstance(step, ThemesStep)), len(steps))
        after = [step for step in steps[themes:] if isinstance(step, (QuestionsStep, ReadBackStep))]
        return tuple(
            question
            for step in after
            for question in step.questions
            if (question.only_if is None or question.only_if.either_way)
            and question.lasts(self.state.minutes)
            and self.fits(question)
            and f"{step.part}/{question.key}" not in self.turns
        )

    @property
    def in_a_hurry(self) -> bool:
        """There is room only for the parts after the themes."""
        return self.room <= 0


def _called(part: str, called: str) -> str:
    named = _THE_CHILD.sub(called, part)
    return with_several(named, called) if named != part and is_several(called) else named


def quoted(answer: str, span: Span) -> str:
    """The user's words at `span` as they are given back: on one line, without the "and" or "but" they began with.

    Words cut short, here or in the noticing, end in an ellipsis.
    """
    start, end = span
    words = _LEFT_OVER.sub("", _JOINING.sub("", " ".join(answer[start:end].split()).lstrip(" ,;")))
    words = without_marks(words)
    goes_on = answer[end : end + 1].isspace() and answer[end:].strip()[:1].isalnum() and words[-1:] not in tuple(".?!…")
    words = _GOES_NOWHERE.sub("", words.rstrip(".,;: "))
    if len(words) > LONGEST_QUOTE:
        words, goes_on = _to_a_joint(words[:LONGEST_QUOTE].rsplit(" ", 1)[0]), True
    return words + (" …" if goes_on else "")


def _to_a_joint(words: str) -> str:
    """Without the clause that was only begun, where enough is left: "… complete every single night, all in"."""
    *_, last = (0, *(found.start() for found in _JOINT.finditer(words)))
    return words[:last] if last >= FEWEST_TO_A_JOINT else words


def without_marks(words: str) -> str:
    """Words without the quotation marks in them, since they're given back between such."""
    return _INNER_QUOTES.sub("", words)


def _bare(words: str) -> str:
    """Without quotation marks and the stops at its end, which differ from one place that gives it back to another."""
    return " ".join(without_marks(words).split()).rstrip("….,;:!? ")


def _invited(turn: Turn | None) -> Iterator[str]:
    """What a question invites that is not told of a child here and now."""
    if turn is None:
        return
    if turn.asked.type == "hypothetical":
        yield TO_SUPPOSE
    if turn.asked.keeps == "wellbeing" or (turn.asked.theme in _OF_THE_WORKER and turn.asked.stage == "reflection"):
        yield ABOUT_THE_WORKER
