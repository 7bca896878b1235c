"""How an answer is read: the words of `prompts/reading.yaml`, put together into one `Reading`.

Owns the opening of that file and the order in which an answer's parts are worked out; each part has a module of its
own. The file is dear to open and an answer cheap to read, so a `Reader` is opened once and asked often. Knows nothing
of questions to be asked or of danger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import DataFileError, Problem
from assistant.language.clauses import Account, Text, typed_as
from assistant.language.phrases import Phrases
from assistant.language.spans import overlaps
from assistant.noticing.closer_look import observations_of
from assistant.noticing.closing_reader import ClosingReader
from assistant.noticing.facts import FactWords, facts_of
from assistant.noticing.identifiers import Finder, open_finder
from assistant.noticing.mentions import named_by_age
from assistant.noticing.observations import Span
from assistant.noticing.people import Spoken, people_of
from assistant.noticing.person import PersonWords
from assistant.noticing.plan_words import PlanWords, read_plan_words
from assistant.noticing.planned_steps import steps_in
from assistant.noticing.proximity import name_problems, vocabulary_problems
from assistant.noticing.reading import ON_THE_PAGE, PLANNING, Known, Part, Reading, Stance, Stand, Step
from assistant.noticing.said_of_the_page import of_the_page
from assistant.noticing.sources import statements_of, threads_of
from assistant.noticing.stance_reader import StanceReader
from assistant.noticing.stances import Answer, StanceWords, stands_of, yes_or_no
from assistant.noticing.steps import steps_of
from assistant.noticing.steps_in_a_breath import in_lines
from assistant.noticing.whole_lines import is_a_list, kept_whole, of_new_steps
from assistant.noticing.whole_steps import whole_steps
from assistant.resources import own_or_shipped
from assistant.yaml_files import Marks, PackModel, read_pack


class ToRead(PackModel):
    """`prompts/reading.yaml`."""

    stances: dict[Stance, StanceWords]
    people: tuple[PersonWords, ...]
    not_people: tuple[str, ...]
    facts: tuple[FactWords, ...]
    as_written: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Reader:
    """All that reads an answer."""

    pack: ToRead
    phrases: Phrases
    plan_words: PlanWords
    finder: Finder
    """Knows names; opened once for whoever looks for them in words that are still to be kept."""
    stances: StanceReader
    closing: ClosingReader

    def read(self, words: str, known: Known) -> Reading:
        """What `words` say, given what is known."""
        if known.keeps == "decision" and is_a_list(words):  # steps, to whichever question they're given
            known = known.model_copy(update={"keeps": "action"})
        account = Account(Text(words, typed_as({})), self.phrases)
        answer = Answer(words, account)
        stands = () if known.training else self._stands(answer, known)
        planned = in_lines(words) if known.keeps == "action" else words
        parts = self._parts(planned, known)
        steps = self._steps(planned, answer, known, parts)
        if parts is None or known.keeps == "decision":
            steps = tuple(step for step in steps if not _said_to_us(step, stands))
        spoken = people_of(answer, known, self.pack.people, _names(self.finder, words), self.pack.not_people)
        stands = (*stands, *_puts_right(spoken, stands))
        facts = facts_of(answer, known, spoken, self.pack.facts)
        statements = statements_of(answer, spoken, stands, steps)
        threads = threads_of(answer, known, spoken, facts, stands, steps)
        threads = tuple(one for one in threads if not _within(one.span, spoken.own_life))
        return Reading(
            stands=stands,
            yes_or_no=yes_or_no(account),
            people=spoken.mentions,
            facts=facts,
            statements=statements,
            steps=steps,
            parts=parts,
            left_open=threads,
            own_life=spoken.own_life,
            named=dict(spoken.named),
            observations=observations_of(answer, spoken, facts, statements, stands, threads, steps),
        )

    def _parts(self, words: str, known: Known) -> tuple[Part, ...] | None:
        planned = known.keeps in PLANNING or known.keeps == "decision"
        if known.page and not (planned or known.training):
            return self._parts_of_the_page(words, known)
        parts = self.closing.read(known.question, known.page, words) if planned and not known.training else None
        if parts is None or known.keeps == ON_THE_PAGE:
            return parts
        if known.keeps == "action":
            parts = of_new_steps(words, parts)
        return tuple(part.model_copy(update={"kind": "when"}) if part.kind == "review" else part for part in parts)

    def _parts_of_the_page(self, words: str, known: Known) -> tuple[Part, ...] | None:
        """Where something else is asked under the page, only of the sentences that speak of it."""
        spans = of_the_page(words, known.page)
        parts = self.closing.read(known.question, known.page, words) if spans else None
        return None if parts is None else tuple(part for part in parts if overlaps(part.span, *spans))

    def _steps(self, words: str, answer: Answer, known: Known, parts: Sequence[Part] | None) -> tuple[Step, ...]:
        if parts is not None:
            steps = steps_in(words, parts, known.today, self.plan_words)
            if known.keeps == "action":
                steps = kept_whole(words, steps, parts, known.today, self.plan_words)
            return whole_steps(words, steps, known.today)
        told = self.closing.read(known.question, (), answer.characters) if known.may_plan else None
        if told is not None and not known.training:
            steps = steps_in(answer.characters, told, known.today, self.plan_words)
            steps = whole_steps(answer.characters, steps, known.today)
            return tuple(step for step in steps if "me" in step.who.casefold().split())
        return () if known.training else steps_of(answer, known, self.plan_words)

    def _stands(self, answer: Answer, known: Known) -> tuple[Stand, ...]:
        by_phrases = stands_of(answer, self.pack.stances)
        return self.stances.stands_of(known.question, answer.characters, by_phrases) if known.of_a_case else by_phrases


def _within(span: Span, stretches: Sequence[Span]) -> bool:
    return any(start <= span[0] < end for start, end in stretches)


def _said_to_us(step: Step, stands: Sequence[Stand]) -> bool:
    """What asks us something or puts us right is no step, however much it sounds like one."""
    held = (stand.span for stand in stands if stand.stance in {"asks-us", "corrects-us", "already-answered"})
    length = step.span[1] - step.span[0]
    return any(2 * (min(end, step.span[1]) - max(start, step.span[0])) > length for start, end in held)


def _puts_right(spoken: Spoken, stands: Sequence[Stand]) -> Iterator[Stand]:
    """Whoever says that somebody is no child puts us right, in whatever words."""
    if spoken.recast and not any(stand.stance == "corrects-us" for stand in stands):
        yield Stand(stance="corrects-us", span=spoken.recast[0][2])


def open_reader(home: Path) -> Reader:
    """What reads answers on this machine. Raises DataFileError when its file is wrong."""
    path = own_or_shipped("prompts", "reading.yaml", home)
    pack, marks = read_pack(path, ToRead)
    if problems := list(_problems(pack, marks)):
        raise DataFileError(problems)
    return Reader(
        pack=pack,
        phrases=Phrases(pack.words, as_written=pack.as_written),
        plan_words=read_plan_words(home),
        finder=open_finder(home),
        stances=StanceReader(home),
        closing=ClosingReader(home),
    )


def _names(finder: Finder, words: str) -> list[Span]:
    """Names as the finder knows them, and words that stand where a name would and are no others."""
    found = [(one.start, one.end) for one in finder.notice(words) if one.kind == "name"]
    beside = (span for span in named_by_age(words) if not finder.knows_as_ordinary(words[slice(*span)].lower()))
    return [*found, *beside]


def _problems(pack: ToRead, marks: Marks) -> Iterator[Problem]:
    yield from vocabulary_problems(pack.words, marks)
    for row, person in enumerate(pack.people):
        yield from name_problems((person.words,), pack.words, ("people", row), marks)
    for row, fact in enumerate(pack.facts):
        yield from name_problems((fact.words,), pack.words, ("facts", row), marks)
    yield from name_problems(pack.not_people, pack.words, ("not_people",), marks)
    for stance, stance_words in pack.stances.items():
        yield from name_problems(stance_words.names, pack.words, ("stances", stance), marks)
