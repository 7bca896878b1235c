"""What `prompts/listening.yaml` holds: words that meet an answer, and questions on the strongest thing in one.

Owns the shapes of that file. When any of it is said is decided by `stances.py`, `threads.py`, `read_back.py` and
`step_gaps.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from assistant.conversation.events import Keeps
from assistant.conversation.pressing import Presses
from assistant.noticing.observations import ObservationKind
from assistant.noticing.probes import Probe, Words
from assistant.noticing.reading import TellingKind
from assistant.yaml_files import Location, PackModel

Corrected = Literal["any", "right-person", "wrong-person", "wrong-fact", "not-said", "misread", "left-out", "too-soon"]
"""What a correction puts right; `right-person` where it can be read who was meant."""


class SaidFirst(PackModel):
    """The short lines said before a next question."""

    already_answered: Words
    felt: Words
    felt_in_danger: Words
    """In its place once danger was raised: nobody has time then."""
    followed: Words
    not_known: Words
    dropped: Words
    """When a subject is to be left alone."""
    why: Words
    """What a question is for, where nobody wrote other words for it; `{intent}` stands for that."""
    left: Words
    """When a question wasn't understood in other words either."""
    beside: Words
    """When something came between."""
    card_misread: Words
    """When a card saw danger where there is none."""
    not_that: Words
    """When a yes or no about danger was answered with no."""
    you_said: Words
    """The part of a long answer that the next question is about, where the question itself doesn't give it back."""
    earlier: Words
    """The same of an earlier answer."""
    turn: Words
    """When the subject changes; `{subject}` is what the theme says it is about."""


class ThreadKindQuestions(PackModel):
    """What may be asked about one kind of thing that was said."""

    strength: float = Field(gt=0)
    """How much more or less than another kind it wants asking about, were both as likely to be taken up."""
    theme: str | None = None
    """Where the question belongs; that of the question just answered where there is none."""
    questions: tuple[Probe, ...] = Field(min_length=1)


class OnceMore(PackModel):
    """What is asked once more where an answer wasn't one."""

    before: Words
    questions: dict[Keeps, Probe]


class ReadBack(PackModel):
    """The lines of a summary."""

    told: Words
    open: Words
    nobody: Words
    put_right: Words
    """After it, where the next question is not about it."""


class StepGaps(PackModel):
    """What is said of a step that leaves something out."""

    vague: Words
    nobody: Words
    no_day: Words


class Ending(PackModel):
    """The lines of the page at the end."""

    acted: Words
    """What was done about danger while the session went on; `{danger}` is what it was."""
    acted_unsaid: Words
    """The same where nobody said what was done."""
    rung: Words
    """Who was rung or told by somebody who only asked whether to."""
    decided: Words
    undecided: Words
    """Where a decision was asked for and none was said."""
    decided_in_steps: Words
    """The same where steps were given all the same."""
    step: Words
    no_steps: Words
    nobody_yet: Words
    no_day_yet: Words
    outcome: Words
    told_to_the_child: Words
    to_supervision: Words
    not_said: Words
    """In place of what was asked for and not said."""
    added: Words
    """What was said of the page and has no other place on it."""
    open: Words
    change_our_mind: Words
    useful: Words
    next_date: Words
    """The day the two of them named."""
    next_day: Words
    """The first day of the steps, where they named none."""
    asked: Words
    """Said to a question at the page to which there is no answer."""
    unread: Words
    """Said where something was said of the page and nothing could be done about it."""
    unplaced: Words
    """The same for sentences that are quoted, `{words}`, whatever else was put right."""
    how: Words
    """Under the page, the first time: how to say what should change."""
    line: Probe
    """Asked with one line of the page, whose number was given."""
    stopping: Probe
    """Asked with the page of somebody who says that they stop."""
    again: tuple[Probe, ...] = Field(min_length=1)
    """Asked with the page as it was put right, the first time and after."""


class Listening(PackModel):
    """`prompts/listening.yaml`."""

    said_first: SaidFirst
    corrected: dict[Corrected, Words]
    """Said to a correction, by what it puts right."""
    left_out: tuple[Probe, ...] = Field(min_length=1)
    """Asked about what the worker says is missing, each once."""
    elsewhere: tuple[Probe, ...] = Field(min_length=1)
    """Asked about what the worker would rather talk of, each once."""
    not_all_read: Words
    """Said after an answer that's longer than is read."""
    in_other_words: Probe
    """Asked of somebody who didn't understand a question that has no other words of its own."""
    once_more: OnceMore
    job: Probe
    """Asked where a question would need the worker to have been in the home, and their job isn't known."""
    presses: dict[Presses, tuple[Probe, ...]]
    """Asked about what somebody says presses on them most, before anything else, each once."""
    vital: tuple[Probe, ...] = Field(min_length=1)
    """Asked about a mark, a lock or somebody's fear that is told as the end comes, each once."""
    shaken: tuple[Probe, ...] = Field(min_length=1)
    felt: tuple[Probe, ...] = Field(min_length=1)
    threads: dict[TellingKind, ThreadKindQuestions]
    noticed: dict[ObservationKind, float] = Field(default_factory=dict)
    """How strongly each kind of thing noticed wants asking about."""
    read_back: ReadBack
    step_gaps: StepGaps
    ending: Ending

    def worded(self) -> Iterator[tuple[Location, Probe]]:
        """Every question, and where in the file it stands."""
        yield from ((("in_other_words",), self.in_other_words), (("job",), self.job))
        yield from ((("ending", "line"), self.ending.line), (("ending", "stopping"), self.ending.stopping))
        yield from ((("ending", "again", place), probe) for place, probe in enumerate(self.ending.again))
        yield from ((("once_more", "questions", keeps), probe) for keeps, probe in self.once_more.questions.items())
        yield from ((("left_out", place), probe) for place, probe in enumerate(self.left_out))
        yield from ((("elsewhere", place), probe) for place, probe in enumerate(self.elsewhere))
        for presses, probes in self.presses.items():
            yield from ((("presses", presses, place), probe) for place, probe in enumerate(probes))
        yield from ((("vital", place), probe) for place, probe in enumerate(self.vital))
        yield from ((("shaken", place), probe) for place, probe in enumerate(self.shaken))
        yield from ((("felt", place), probe) for place, probe in enumerate(self.felt))
        for kind, questions in self.threads.items():
            yield from ((("threads", kind, "questions", p), probe) for p, probe in enumerate(questions.questions))
