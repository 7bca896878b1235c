"""The case sketch: what is known of the case so far, in the worker's own words.

Folded from the readings of the answers and from what the user put right, and from nothing else, so the same events
give the same sketch. Each entry says which answer it came from and by which words. It says less rather than something
false: an entry the readings contradict is the newest one, and one the user struck out stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import get_args

from assistant.conversation import events as e
from assistant.conversation.page_turns import is_page, line_asked, lines_shown, may_plan
from assistant.conversation.state import State, Turn
from assistant.noticing.reading import ON_THE_PAGE, Known, KnownPerson, Mention, Reading, Role, Sex, Subject

_QUOTED = re.compile(r"“[^”]*”")
CASE = "case"
WORKER = "worker"


@dataclass(frozen=True)
class Entry:
    """One thing known, and where it came from."""

    id: str
    """`whom/subject`, such as `child-1/age`; `SketchCorrected` names it so."""
    value: str
    words: str = ""
    """The worker's words that it came from; empty where the user wrote it into the sketch."""
    question: str = ""
    """The question they answered with them."""
    corrected: bool = False
    """The user put it right."""


@dataclass(frozen=True)
class Person:
    """Somebody in the case."""

    id: str
    role: Role
    called: str
    """As the worker calls them: "Ruby", "the baby", "Nan"."""
    names: tuple[str, ...] = ()
    several: bool = False
    entries: tuple[Entry, ...] = ()

    def says(self, subject: Subject) -> str:
        """What is known of one subject; empty where nothing is."""
        return next((entry.value for entry in self.entries if entry.id == f"{self.id}/{subject}"), "")

    @property
    def age(self) -> str:
        """As it was said: "8", "fourteen weeks"."""
        return self.says("age")

    @property
    def unborn(self) -> bool:
        """Not yet born."""
        return self.says("unborn") == "yes"

    @property
    def met(self) -> bool | None:
        """Whether the worker has met them; None where nothing was said."""
        return _yes(self.says("met"))

    @property
    def seen_alone(self) -> bool | None:
        """Whether the worker, or somebody they name, has seen the child alone; None where nothing was said."""
        return _yes(self.says("seen-alone"))


@dataclass(frozen=True)
class CaseSketch:
    """Everybody in the case and what is known of them, of the plan and of whoever tells it."""

    people: tuple[Person, ...] = ()
    entries: tuple[Entry, ...] = ()
    """Of the case and of the worker."""

    @property
    def children(self) -> tuple[Person, ...]:
        """The children, in the order they came up."""
        return tuple(person for person in self.people if person.role == "child")

    @property
    def men(self) -> tuple[Person, ...]:
        """Fathers and every other man of the case."""
        return tuple(
            person
            for person in self.people
            if person.role in {"father", "man"} or (person.role == "wider-family" and person.says("sex") == "male")
        )

    @property
    def all_unborn(self) -> bool:
        """There are children, and none is born yet."""
        return bool(self.children) and all(child.unborn for child in self.children)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Who else is involved: "school", "police"."""
        return tuple(entry.value for entry in self.entries if entry.id.startswith(f"{CASE}/agency/"))

    @property
    def plan(self) -> str:
        """The plan the case is on ("child protection plan"); empty where nothing was said."""
        return self.says(CASE, "plan")

    @property
    def stage(self) -> str:
        """What the case has come to ("stepping down"); empty where nothing was said."""
        return self.says(CASE, "stage")

    @property
    def since(self) -> str:
        """Since when, as it was said ("fifteen months")."""
        return self.says(CASE, "since")

    @property
    def job(self) -> str:
        """The speaker's job ("school", "health visitor", "social worker"); empty where nothing was said."""
        return self.says(WORKER, "job")

    @property
    def told(self) -> str:
        """Whom the speaker has told of the worry ("the head", "nobody"); empty where nothing was said."""
        return self.says(WORKER, "told")

    @property
    def home_visited(self) -> bool | None:
        """Whether the speaker has been in the home; None where nothing was said."""
        return _yes(self.says(WORKER, "home-visited"))

    def says(self, of: str, subject: Subject) -> str:
        """What is known of one subject of the case or the worker; empty where nothing is."""
        return next((entry.value for entry in self.entries if entry.id == f"{of}/{subject}"), "")

    def person(self, who: str) -> Person | None:
        """Somebody by their id."""
        return next((person for person in self.people if person.id == who), None)

    def known_people(self) -> tuple[KnownPerson, ...]:
        """Everybody, as an answer is read against them."""
        return tuple(
            KnownPerson(
                person=person.id,
                role=person.role,
                names=person.names,
                sex=_sex(person.says("sex")),
                age=person.age,
                several=person.several,
                unborn=person.unborn,
            )
            for person in self.people
        )


def sketch_of(state: State) -> CaseSketch:
    """What is known of the case where the session stands now."""
    drawing = _Drawing()
    for turn in state.turns:
        if turn.reading is not None and turn.answer is not None:
            drawing.add(turn.reading, turn.answer, turn.asked.question)
    for correction in state.sketch_corrections:
        drawing.correct(correction)
    return drawing.finished()


def known_before(state: State, turn: Turn, today: date, *, training: bool = False) -> Known:
    """What the answer of `turn` is read against: everything but itself."""
    others = tuple(other for other in state.turns if other is not turn)
    before = reversed(state.before(turn))
    readings = [other.reading for other in before if other.reading is not None and other.reading.people]
    last = readings[0].people if readings else ()
    people = sketch_of(replace(state, turns=others)).known_people()
    quote = turn.asked.text.partition("“")[2].partition("”")[0]
    a_line = line_asked(turn.asked.question) is not None
    keeps = "action" if a_line else ON_THE_PAGE if is_page(turn.asked.question) else turn.asked.keeps
    return Known(
        today=today,
        people=people,
        last_spoken_of=tuple(
            dict.fromkeys((*_asked_about(turn.asked.text, people), *(mention.person for mention in reversed(last))))
        ),
        quoted=quote,
        question=turn.asked.text,
        keeps=keeps,
        may_plan=may_plan(turn.asked),
        page=() if a_line else lines_shown(turn.asked.said_first, turn.asked.keeps),
        training=training,
    )


def _asked_about(question: str, people: Sequence[KnownPerson]) -> Iterator[str]:
    """Whom a question names outside what it quotes, the last first: "he" in the answer is who was asked about, though
    another was spoken of since. Of "the child" that nobody called "he" or "she" nothing follows."""
    own = _QUOTED.sub(" ", question)
    named = [
        (found.start(), person.person)
        for person in people
        if person.sex is not None
        for name in person.names
        for found in re.finditer(rf"\b{re.escape(name)}\b", own)
    ]
    yield from (person for _, person in sorted(named, reverse=True))


def known_now(state: State, today: date) -> Known:
    """What words put down beside the questions are read against."""
    people = sketch_of(state).known_people()
    return Known(
        today=today, people=people, keeps="action", question="Turn that into steps. Who will do what, and by what day?"
    )


@dataclass
class _Drawing:
    """The sketch while it is drawn."""

    roles: dict[str, Role] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    names: dict[str, list[str]] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)

    def add(self, reading: Reading, answer: str, question: str) -> None:
        """What one more answer says."""
        for mention in reading.people:
            if mention.person != mention.role and mention.called:
                self._name(mention)
        for fact in reading.facts:
            if fact.subject == "role":
                self._put_right(fact.of, fact.value)
                continue
            name = f"{fact.of}/{fact.subject}" + (f"/{fact.value}" if fact.subject == "agency" else "")
            if not fact.value:  # said to be so no longer
                self.entries.pop(name, None)
                continue
            start, end = fact.span
            self.entries[name] = Entry(name, fact.value, words=answer[start:end], question=question)

    def correct(self, correction: e.SketchCorrected) -> None:
        """What the user put right holds, whatever any answer says."""
        whom, _, subject = correction.entry.partition("/")
        if subject == "role":
            self._recast(whom, correction.text)
        elif subject:
            self.entries.pop(correction.entry, None)
            if correction.text is not None:
                self.entries[correction.entry] = Entry(correction.entry, correction.text, corrected=True)
        elif correction.text is None:
            self._strike_out(whom)
        else:
            self._rename(whom, correction.text)

    def finished(self) -> CaseSketch:
        """The sketch."""
        # "The two children" say nothing more once each of them is known
        singly = sum(role == "child" and whom not in self.several for whom, role in self.roles.items())
        groups = {whom for whom in self.several if self.roles.get(whom) == "child" and singly > 1}
        people = tuple(
            Person(
                id=whom,
                role=role,
                called=self.called[whom],
                names=tuple(self.names[whom]),
                several=whom in self.several,
                entries=tuple(self._of(whom)),
            )
            for whom, role in self.roles.items()
            if whom not in groups
        )
        return CaseSketch(people, (*self._of(CASE), *self._of(WORKER)))

    def _of(self, whom: str) -> Iterator[Entry]:
        return (entry for name, entry in self.entries.items() if name.startswith(f"{whom}/"))

    def _name(self, mention: Mention) -> None:
        whom = mention.person
        self.roles.setdefault(whom, mention.role)
        names = self.names.setdefault(whom, [])
        if mention.called not in names:
            names.append(mention.called)
        if mention.several:
            self.several.add(whom)
        # A name says best who is meant; of other ways to call somebody, the first one stays.
        if mention.by == "name" or whom not in self.called:
            self.called[whom] = mention.called

    def _rename(self, whom: str, name: str) -> None:
        if whom in get_args(Role):  # a role on its own adds somebody
            role: Role = whom  # type: ignore[assignment]
            number = sum(other == role for other in self.roles.values()) + 1
            whom = f"{role}-{number}"
            self.roles[whom] = role
        if whom in self.roles:
            self.called[whom] = name
            self.names.setdefault(whom, []).insert(0, name)

    def _put_right(self, whom: str, role: str) -> None:
        """What somebody taken for a child turned out to be; where that wasn't said, nothing is known of them."""
        known: tuple[Role, ...] = get_args(Role)
        as_what = next((one for one in known if one == role), None)
        if self.roles.get(whom) == "child" or as_what is None:
            self._strike_out(whom, names_too=as_what is None)
        if as_what is not None:
            self.roles[whom] = as_what

    def _recast(self, whom: str, role: str | None) -> None:
        if whom in self.roles and role in get_args(Role):
            self.roles[whom] = role  # type: ignore[assignment]

    def _strike_out(self, whom: str, *, names_too: bool = False) -> None:
        self.roles.pop(whom, None)
        if names_too:  # so that somebody new may have the id
            self.names.pop(whom, None)
            self.called.pop(whom, None)
            self.several.discard(whom)
        for name in [name for name in self.entries if name.startswith(f"{whom}/")]:
            del self.entries[name]


def _yes(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def _sex(value: str) -> Sex | None:
    return "male" if value == "male" else "female" if value == "female" else None
