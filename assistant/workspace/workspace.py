"""Begins sessions and takes them up again; everything else a face needs is one of the workspace's parts.

Owns the life of a session from outside: its start, who it's for, going on with it, and what is kept at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.conversation import events as e
from assistant.conversation.journeys import Journey
from assistant.conversation.session import Session
from assistant.conversation.state import State, apply, replay
from assistant.conversation.voices import told_apart
from assistant.errors import ReflectError
from assistant.language.plain_text import clean
from assistant.store.store_errors import UnreadableSessionError
from assistant.workspace.backing_up import BackingUp
from assistant.workspace.deletion import Deletion
from assistant.workspace.documents import Documents
from assistant.workspace.open_folder import OpenFolder

if TYPE_CHECKING:  # and read where they are wanted: what is not needed for a first question takes 0.2 s
    from assistant.followup.escalations import Escalation
    from assistant.followup.over_time import Counts

LONGEST_ROLE = 60
"""Letters of somebody's role."""


@dataclass(frozen=True)
class Unfinished:
    """A session that was left before its end."""

    session: str
    state: State


class Workspace(OpenFolder):
    """Everything a face needs, for one folder of kept things."""

    @cached_property
    def documents(self) -> Documents:
        """What can be handed over."""
        return Documents(self)

    @cached_property
    def deletion(self) -> Deletion:
        """The bin, and deleting for good."""
        return Deletion(self)

    @cached_property
    def backups(self) -> BackingUp:
        """Copies of the whole store."""
        return BackingUp(self)

    def make_ready_to_listen(self, session: Session) -> None:
        """Open all that a session's answers are read with: two seconds of the processor. Call it from a thread."""
        self.learning.search("child")
        if self.learning.is_of_the_library:
            session.make_ready()

    def begin(
        self,
        journey: str,
        *,
        case: str,
        minutes: int,
        subject: str | None = None,
        supervisor: str = "",
        worker: str = "",
    ) -> Session:
        """Start a session; its first event is kept before this returns. `supervisor` and `worker` are roles.

        Raises ReflectError when there is no such journey, the case has no name, or a role is somebody's name.
        """
        if journey not in self.prompts.journeys:
            known = ", ".join(sorted(self.prompts.journeys))
            raise ReflectError(f"There is no journey called “{journey}”; there are: {known}.")
        subject = self._subject(self.prompts.journeys[journey], subject)
        name = " ".join(clean(case).split())
        if not name:
            raise ReflectError("Give the case a made-up name, for example “Child A”.")
        started = e.Started(
            at=self.now(),
            session=f"{self.new_id()}{self.store.mark}",
            journey=journey,
            case=name,
            minutes=minutes,
            role=self.prompts.journeys[journey].role,
            supervisor=self._role(supervisor),
            worker=self._role(worker),
            carried=self._carried(name),
            subject=subject,
        )
        return Session.begin(started, self.knowledge.of(started.role), self._keeper(started.session, 0), self.now)

    def take_up(self, session: str) -> Session:
        """Take up a session that was left. Raises StoreError when it cannot be read."""
        events = self.store.events(session)
        knowledge = self.knowledge.of(replay(events).started.role)
        return Session(events, knowledge, self._keeper(session, len(events)), self.now)

    def unfinished(self) -> list[Unfinished]:
        """My sessions left before their end, newest first; those of a newer program are left out."""
        left = []
        for kept in self.store.sessions():
            if kept.mine and kept.finished is None:
                with suppress(UnreadableSessionError, ValueError):
                    left.append(Unfinished(kept.session, replay(self.store.events(kept.session))))
        return left

    def subjects(self, journey: Journey) -> tuple[str, ...]:
        """What the journey can be about: ids of scenarios or of reviews, or nothing where it needs no choice."""
        match journey.subject:
            case "scenario":
                return tuple(sorted(self.prompts.scenarios))
            case "review":
                return tuple(sorted(self.learning.library.reviews))
            case None:
                return ()

    def roles_before(self) -> tuple[str, str]:
        """The supervisor's and the worker's role in my last session that says them; empty where none does."""
        for kept in self.store.sessions():
            if kept.mine and kept.journey == "supervision":
                with suppress(UnreadableSessionError, ValueError):
                    started = replay(self.store.events(kept.session)).started
                    return started.supervisor, started.worker
        return "", ""

    def put_right(self, session: str, question: str, words: str, asked: e.Asked | None = None) -> State:
        """After a session's end, put an answer right for the record; gives the session as it then stands.

        Without words it's taken off. `asked` is what it answers, where that had not been asked. Raises ReflectError
        when the session goes on still, or nothing was asked.
        """
        events = self.store.events(session)
        state = replay(events)
        cleaned = clean(words)
        if state.finished is None:
            raise ReflectError("This session isn't finished. Go on with it, and change the answer there.")
        if not asked and not any(turn.asked.question == question for turn in state.turns):
            raise ReflectError("That wasn't asked in this session.")
        said, voices = told_apart(cleaned) if state.started.role == "supervisor" else (cleaned, ())
        event = e.Corrected(at=self.now(), question=question, text=said, voices=voices, asked=asked)
        self.store.append(session, len(events), event)
        return apply(state, event)

    def save_record(self, session: Session) -> None:
        """Keep what is to be followed up; the session itself is in the store already, answer by answer."""
        self.follow_ups.take_from(session.state)

    def counts(self) -> tuple[Counts, int]:
        """What all my sessions talked about and came to, and how many of them could not be read."""
        from assistant.followup.over_time import counted

        mine = [kept.session for kept in self.store.sessions() if kept.mine]
        states = []
        for session in mine:
            with suppress(UnreadableSessionError, ValueError):
                states.append(replay(self.store.events(session)))
        return counted(states, self.follow_ups.actions(), self.prompts), len(mine) - len(states)

    def start_disagreement(self, case: str, disputed: str, *, agencies: str = "") -> Escalation:
        """Keep a disagreement that came up outside a session.

        Raises ReflectError when no case is named, or nothing is said to be disputed.
        """
        from assistant.followup.escalations import Escalation

        name, words = " ".join(clean(case).split()), clean(disputed)
        if not name or not words:
            raise ReflectError("Give the case its made-up name, and say in one sentence what is disputed.")
        begun = Escalation(
            id=f"{self.new_id()}/escalation", case=name, raised=self.now(), disputed=words, agencies=clean(agencies)
        )
        self.follow_ups.save_escalation(begun)
        return begun

    def _subject(self, journey: Journey, named: str | None) -> str | None:
        known = self.subjects(journey)
        if named is not None and named not in known:
            among = f"there are: {', '.join(known)}" if known else "this journey needs none"
            raise ReflectError(f"There is no {journey.subject or 'choice'} called “{named}”; {among}.")
        return named or next(iter(known), None)

    def _role(self, typed: str) -> str:
        role = " ".join(clean(typed).split())[:LONGEST_ROLE]
        for found in self.stand_ins.finder.notice(role) if role else ():
            raise ReflectError(f"“{found.text}” looks like a name. Put the role there, for example “team manager”.")
        return role

    def _carried(self, case: str) -> tuple[e.CarriedAction, ...]:
        if not self.store.follow_ups("action", case=case):
            return ()  # nothing to read, and so not what it's read with: a tenth of the time to the first question
        return self.follow_ups.carried(case)

    def _keeper(self, session: str, kept: int) -> Callable[[e.Event], None]:
        """Keeps each event after the `kept` that are there already."""
        position = kept

        def keep(event: e.Event) -> None:
            nonlocal position
            self.store.append(session, position, event)
            position += 1  # only now: an event that could not be kept has not happened

        return keep
