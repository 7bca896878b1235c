"""The workspace: sessions are begun here, taken up again here, and their records put away from here.

Brings the conversation, the search and the store together for the faces (the app and the line mode), which get
everything they need from one `Workspace`. What is slow to load (the search) is loaded when first asked for.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

from assistant.conversation import events as e
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.prompts import Journey, Prompts, Role, load_prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.reranker import Reranker
from assistant.conversation.session import Session
from assistant.conversation.state import State, apply, replay
from assistant.conversation.voices import told_apart
from assistant.errors import ReflectError
from assistant.language.plain_text import clean
from assistant.noticing.meaning import Meaning
from assistant.retrieval.filters import EVERYTHING, Filters
from assistant.retrieval.results import Hit, SearchResult
from assistant.store.encryption import ITERATIONS
from assistant.store.store_errors import LockedError, StoreError, UnreadableSessionError
from assistant.store.unlocking import Unlocking
from assistant.store.where_kept import WITH_A_TEAM, no_files_here

if TYPE_CHECKING:  # and read where they are wanted: what is not needed for a first question takes 0.2 s
    from assistant.export.handover import Format, Handover, History, Wanted
    from assistant.followup.escalations import Escalation
    from assistant.followup.follow_ups import FollowUps
    from assistant.followup.over_time import Counts
    from assistant.library.library import Library
    from assistant.library.points import Audience, LearningPoint, Review
    from assistant.noticing.act_now_cards import CardWords
    from assistant.noticing.identifiers import Finder, Noticed
    from assistant.noticing.noticer import Noticer
    from assistant.noticing.observations import Danger, Noticing
    from assistant.noticing.reader import Reader
    from assistant.noticing.reading import Known, Reading, Telling
    from assistant.noticing.telling import TellingReader
    from assistant.retrieval.answer import Answer
    from assistant.retrieval.lexicon import Concept
    from assistant.retrieval.ranking import Retriever
    from assistant.store.retention import Receipt
    from assistant.store.store import Kept, Store

_Name = TypeVar("_Name")
_Value = TypeVar("_Value")
_ABOUT_A_CASE = frozenset({"supervision", "self-review"})
READERS: dict[Role, Audience] = {"supervisor": "manager", "practitioner": "practitioner"}
"""Whose learning points stand higher for whom."""
MOST_ASKED = 20_000
"""Letters of what is searched for; they take a second, and a search keeps nothing that could be lost."""
LONGEST_ROLE = 60
"""Letters of somebody's role."""
BIN_DAYS = 30
"""How long a deleted session can be put back."""


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _new_id() -> str:
    return f"{_now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def _kept_nowhere(event: e.Event) -> None:
    """Go the way of an event that is kept and read back, so that what it goes through has been made."""
    e.EVENT.validate_json(event.model_dump_json())


READING = "reading the library"
"""The thread in which new points are read for their meaning."""


class _LibraryChangedError(Exception):
    """What was being read is not the library any more."""


class _Late(Mapping[_Name, _Value]):
    """A mapping that is made when somebody looks into it."""

    def __init__(self, make: Callable[[], Mapping[_Name, _Value]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[_Name, _Value]:
        return self._make()

    def __getitem__(self, name: _Name) -> _Value:
        return self._made[name]

    def __iter__(self) -> Iterator[_Name]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True)
class Unfinished:
    """A session that was left before its end."""

    session: str
    state: State


class Workspace:
    """Everything a face needs, for one folder of kept things."""

    def __init__(
        self,
        home: Path,
        *,
        search: Callable[[str], SearchResult] | None = None,
        clock: Callable[[], datetime] = _now,
        new_id: Callable[[], str] = _new_id,
        iterations: int = ITERATIONS,
    ) -> None:
        self.home = home
        self._files = home
        self.opening = Unlocking(home, clock, iterations=iterations)
        self._search = search
        self._clock = clock
        self._new_id = new_id
        self._loading = Lock()

    def now(self) -> datetime:
        """The time by the workspace's clock."""
        return self._clock()

    # Opening

    @property
    def is_new(self) -> bool:
        """A passphrase is still to be chosen; `set_passphrase` does it."""
        return self.opening.new

    @property
    def locked(self) -> bool:
        """Somebody has to type the passphrase; tries first to open the records without. Call it from a thread.

        Raises StoreError when the records cannot be opened for another reason.
        """
        try:
            self.opening.store()
        except LockedError:
            return True
        return False

    def set_passphrase(self, passphrase: str) -> None:
        """Choose the passphrase of new records, and open them.

        Raises PassphraseError when it is too short.
        """
        self.opening.set_passphrase(passphrase)

    def unlock(self, passphrase: str) -> None:
        """Open the records; takes 0.3 s, and waits after wrong tries, so call it from a thread.

        Raises PassphraseError when it is wrong.
        """
        self.opening.unlock(passphrase)

    def sign_in(self, login: str, password: str) -> None:
        """Open the team's database as one person; may wait after wrong tries, so call it from a thread.

        Raises NotLetInError when the server does not let them in.
        """
        self.opening.sign_in(login, password)

    def change_passphrase(self, old: str, new: str) -> None:
        """Let another passphrase open the records and their backups.

        Raises PassphraseError when the old one is wrong or the new one too short, and then nothing has changed.
        """
        self.opening.change_passphrase(old, new)

    def remember_passphrase(self, passphrase: str) -> None:
        """Keep the passphrase in the system's keyring; only when the user agreed.

        Raises PassphraseError where there is no keyring.
        """
        self.opening.remember_passphrase(passphrase)

    def forget_passphrase(self) -> None:
        """Take the passphrase out of the system's keyring."""
        self.opening.forget_passphrase()

    def lock(self) -> None:
        """Close the records until the passphrase is typed again."""
        self.opening.lock()

    @property
    def store(self) -> Store:
        """The open store.

        Raises LockedError when somebody has to be asked for the passphrase first.
        """
        return self.opening.store()

    # What a session needs

    @cached_property
    def prompts(self) -> Prompts:
        """The questions and journeys, the user's own in place of the shipped ones."""
        return load_prompts(self._files)

    @cached_property
    def library(self) -> Library:
        """The reviews, the user's own beside the shipped ones."""
        from assistant.library.library import open_library

        return open_library(self.home)

    def read_beforehand(self) -> None:
        """Read everything that a session needs and that is nobody's record, so that forked processes share it.

        A session that is kept nowhere reads what an answer is read with. Mistakes in the user's own files are left for
        the app, which shows them.
        """
        from assistant.language.late_patterns import compile_all
        from assistant.store import migrating, sqlite  # noqa: F401 - so that nobody who opens records imports them

        if self.opening.database_url is not None:
            with suppress(ReflectError):  # whoever signs in is told what is wrong with the address
                from assistant.store import postgres  # noqa: F401 - for the same
                from assistant.store.team_address import engine

                engine(self.opening.database_url)  # loads the driver, and connects to nothing
        compile_all()
        with suppress(ReflectError):
            journey = next(journey for journey in self.prompts.journeys.values() if journey.subject is None)
            started = e.Started(at=self._clock(), session="none", journey=journey.id, case="Child A", minutes=30)
            session = Session.begin(started, self._knowledge(journey.role), _kept_nowhere, self._clock)
            session.go_on()
            session.make_ready()
            for words in ("Dad works nights.", "He was asleep upstairs, and mum said that all was well."):
                self._finder.notice(words)
                session.answer(words)
            self.search("Dad works nights.")

    def leave_own_files(self) -> None:
        """Go on with the questions and lexicon that came with the program, while the user's own have mistakes in them.

        Nothing of the user's is touched; the next start reads them again.
        """
        self._files = self.home / "as-shipped"
        for held in ("prompts", "_lexicon", "_everyday", "concept_names", "_retriever", "_noticer", "_reader", "_bank"):
            vars(self).pop(held, None)

    def read_library_again(self) -> None:
        """After a review was added or taken out: the next search is of the library as it now is."""
        with self._loading:
            for held in ("library", "_retriever"):
                vars(self).pop(held, None)

    def search(
        self, words: str, *, audience_first: Audience | None = None, filters: Filters = EVERYTHING
    ) -> SearchResult:
        """The learning that bears on `words`, of what `filters` lets through; points for `audience_first` stand higher.

        The first call loads the library and its index.
        """
        words = words[:MOST_ASKED]
        if self._search is not None:
            return self._search(words)
        return self._opened_retriever().search(words, audience_first=audience_first, filters=filters)

    def _opened_retriever(self) -> Retriever:
        """One thread opens it, and the others wait for that."""
        with self._loading:
            return self._retriever

    @cached_property
    def _retriever(self) -> Retriever:
        # NLTK and the index cost 0.3 s or more; a session's first question does not wait for them
        from assistant.retrieval.open_search import open_search

        retriever = open_search(self.library, self._files, at_once=True)
        if retriever.is_unread:
            Thread(target=self._read_meaning, args=(self.library,), name=READING, daemon=True).start()
        return retriever

    def make_ready(self) -> None:
        """Prepare the library for searching; what takes long goes on beside everything else. Call it from a thread."""
        if self._search is None:
            self._opened_retriever()

    def make_ready_to_listen(self, session: Session) -> None:
        """Open all that a session's answers are read with: two seconds of the processor. Call it from a thread."""
        self.search("child")
        if self._search is None:
            session.make_ready()

    def _read_meaning(self, library: Library) -> None:
        """Read new points for their meaning; the searches that follow use it. Given up when the library changes."""
        from assistant.retrieval.open_search import open_search

        def go_on(*_: object) -> None:
            if vars(self).get("library") is not library:
                raise _LibraryChangedError

        with suppress(_LibraryChangedError, ReflectError, OSError):
            whole = open_search(library, self._files, progress=go_on)
            with self._loading:
                if vars(self).get("library") is library:
                    vars(self)["_retriever"] = whole

    def speaking(self) -> dict[str, dict[str, int]]:
        """For each theme, how many learning points of each review bear on it."""
        with self._loading:
            retriever = self._retriever
        return {
            theme.id: retriever.count_by_review(Filters(concepts=frozenset(theme.concepts)))
            for theme in self.prompts.themes.values()
            if theme.concepts
        }

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
            at=self._clock(),
            session=f"{self._new_id()}{self.store.mark}",
            journey=journey,
            case=name,
            minutes=minutes,
            role=self.prompts.journeys[journey].role,
            supervisor=self._role(supervisor),
            worker=self._role(worker),
            carried=self._carried(name),
            subject=subject,
        )
        return Session.begin(started, self._knowledge(started.role), self._keeper(started.session, 0), self._clock)

    def _carried(self, case: str) -> tuple[e.CarriedAction, ...]:
        if not self.store.follow_ups("action", case=case):
            return ()  # nothing to read, and so not what it's read with: a tenth of the time to the first question
        return self.follow_ups.carried(case)

    def _role(self, typed: str) -> str:
        role = " ".join(clean(typed).split())[:LONGEST_ROLE]
        for found in self._finder.notice(role) if role else ():
            raise ReflectError(f"“{found.text}” looks like a name. Put the role there, for example “team manager”.")
        return role

    def roles_before(self) -> tuple[str, str]:
        """The supervisor's and the worker's role in my last session that says them; empty where none does."""
        for kept in self.store.sessions():
            if kept.mine and kept.journey == "supervision":
                with suppress(UnreadableSessionError, ValueError):
                    started = replay(self.store.events(kept.session)).started
                    return started.supervisor, started.worker
        return "", ""

    def subjects(self, journey: Journey) -> tuple[str, ...]:
        """What the journey can be about: ids of scenarios or of reviews, or nothing where it needs no choice."""
        match journey.subject:
            case "scenario":
                return tuple(sorted(self.prompts.scenarios))
            case "review":
                return tuple(sorted(self.library.reviews))
            case None:
                return ()

    def _subject(self, journey: Journey, named: str | None) -> str | None:
        known = self.subjects(journey)
        if named is not None and named not in known:
            among = f"there are: {', '.join(known)}" if known else "this journey needs none"
            raise ReflectError(f"There is no {journey.subject or 'choice'} called “{named}”; {among}.")
        return named or next(iter(known), None)

    def take_up(self, session: str) -> Session:
        """Take up a session that was left. Raises StoreError when it cannot be read."""
        events = self.store.events(session)
        knowledge = self._knowledge(replay(events).started.role)
        return Session(events, knowledge, self._keeper(session, len(events)), self._clock)

    def unfinished(self) -> list[Unfinished]:
        """My sessions left before their end, newest first; those of a newer program are left out."""
        left = []
        for kept in self.store.sessions():
            if kept.mine and kept.finished is None:
                with suppress(UnreadableSessionError, ValueError):
                    left.append(Unfinished(kept.session, replay(self.store.events(kept.session))))
        return left

    def counts(self) -> tuple[Counts, int]:
        """What all my sessions talked about and came to, and how many of them could not be read."""
        from assistant.followup.over_time import counted

        mine = [kept.session for kept in self.store.sessions() if kept.mine]
        states = []
        for session in mine:
            with suppress(UnreadableSessionError, ValueError):
                states.append(replay(self.store.events(session)))
        return counted(states, self.follow_ups.actions(), self.prompts), len(mine) - len(states)

    @property
    def follow_ups(self) -> FollowUps:
        """Actions and escalations, and what of them is due."""
        from assistant.followup.follow_ups import FollowUps  # with the store, beside the first screen

        return FollowUps(self.store, self.prompts.ladder, self._clock)

    def handover(self, session: str, wanted: Wanted | None = None) -> Handover:
        """Everything of one session that a document may hold, and of what is to be chosen only that."""
        return self._handover(replay(self.store.events(session)), wanted)

    def document(self, session: str, wanted: Wanted | None = None) -> str:
        """One session as Markdown; the record unless another document is named.

        Raises DataFileError when the document's template is broken.
        """
        from assistant.export.templates import filled

        kind = wanted.kind if wanted else None
        return filled(kind or "record", self.handover(session, wanted), self.home)

    def export(
        self,
        session: str,
        form: Format,
        target: Path,
        wanted: Wanted | None = None,
        *,
        overwrite: bool = False,
        before_writing: Callable[[], None] | None = None,
    ) -> str:
        """Write one session as a file, or into a folder, and give the sentence that tells of it.

        The document is the one its journey is for, unless another is named; what `before_writing` raises stops it. Of a
        redacted copy the sentence lists what was left out, to be checked.
        Raises FileThereError when a file is there already, DataFileError when the template is broken, StoreError when
        it cannot be written.
        """
        from assistant.export.export_file import export
        from assistant.export.handover import BEST_FOR, Wanted

        if why := no_files_here():
            raise StoreError(why)
        wanted = wanted or Wanted()
        state = replay(self.store.events(session))
        of, left_out = self._handover(state, wanted), dict[str, str]()
        if wanted.redacted:
            from assistant.export.redacting import redacted

            of, left_out = redacted(of, self._finder, self.store.stand_ins(of.case))
        said = export(
            of,
            wanted.kind or BEST_FOR.get(state.started.journey, "record"),
            form,
            target,
            home=self.home,
            made=self._clock(),
            overwrite=overwrite,
            before_writing=before_writing,
        )
        if not wanted.redacted:
            return said
        listed = "; ".join(f"“{name}” is now {stand_in}" for name, stand_in in left_out.items())
        return f"{said} Please check it, also for what was not found. {listed or 'Nothing was found'}."

    def start_disagreement(self, case: str, disputed: str, *, agencies: str = "") -> Escalation:
        """Keep a disagreement that came up outside a session.

        Raises ReflectError when no case is named, or nothing is said to be disputed.
        """
        from assistant.followup.escalations import Escalation

        name, words = " ".join(clean(case).split()), clean(disputed)
        if not name or not words:
            raise ReflectError("Give the case its made-up name, and say in one sentence what is disputed.")
        begun = Escalation(
            id=self.new_id("escalation"), case=name, raised=self._clock(), disputed=words, agencies=clean(agencies)
        )
        self.follow_ups.save_escalation(begun)
        return begun

    def put_right(self, session: str, question: str, words: str, asked: e.Asked | None = None) -> State:
        """After a session's end, put an answer right for the record; gives the session as it then stands.

        `asked` is what it answers, where that had not been asked. Raises ReflectError when the session goes on still,
        there are no words, or nothing was asked.
        """
        events = self.store.events(session)
        state = replay(events)
        cleaned = clean(words)
        if state.finished is None:
            raise ReflectError("This session isn't finished. Go on with it, and change the answer there.")
        if not cleaned or not (asked or any(turn.asked.question == question for turn in state.turns)):
            raise ReflectError("Nothing was written there. Write what should stand there instead.")
        said, voices = told_apart(cleaned) if state.started.role == "supervisor" else (cleaned, ())
        event = e.Corrected(at=self._clock(), question=question, text=said, voices=voices, asked=asked)
        self.store.append(session, len(events), event)
        return apply(state, event)

    def save_record(self, session: Session) -> None:
        """Keep what is to be followed up; the session itself is in the store already, answer by answer."""
        self.follow_ups.take_from(session.state)

    # Who could be recognised

    def notice_identifiers(self, case: str, words: str) -> Noticed:
        """Look through words about to be kept; what was chosen for this case before is put in, and said."""
        from assistant.noticing.identifiers import notice_identifiers

        return notice_identifiers(words, self._finder, self.store.stand_ins(case), case)

    def choose_stand_in(self, case: str, found: str, stand_in: str) -> None:
        """Remember what stands for a name in this case; the name itself, to leave it and not ask again."""
        from assistant.noticing.identifiers import choices

        for name, chosen in choices(found, stand_in).items():
            self.store.remember_stand_in(case, name, chosen)

    def choose_stand_ins(self, case: str, chosen: Mapping[str, str]) -> None:
        """The same of several names, each with what stands for it."""
        for found, stand_in in chosen.items():
            self.choose_stand_in(case, found, stand_in)

    @cached_property
    def _finder(self) -> Finder:
        from assistant.noticing.identifiers import open_finder

        return open_finder(self._files)

    # Deleting and backing up

    def due_for_deletion(self) -> list[Kept]:
        """Sessions kept longer than the local policy says."""
        from assistant.store.retention import due_for_deletion, read_retention

        return due_for_deletion(self.store.sessions(), read_retention(self.home), self._clock())

    def put_in_bin(self, session: str) -> None:
        """Delete a session in such a way that it can be put back for `BIN_DAYS`."""
        self.store.put_in_bin(session, self._clock())

    def put_back(self, session: str) -> None:
        """Take a session out of the bin."""
        self.store.put_back(session)

    def empty_bin(self) -> int:
        """Forget for good my sessions that have lain in the bin long enough; gives how many."""
        until = self._clock() - timedelta(days=BIN_DAYS)
        due = [kept for kept in self.store.sessions(binned=True) if kept.mine and kept.binned and kept.binned < until]
        for kept in due:
            self.forget_session(kept.session)
        return len(due)

    def forget_session(self, session: str) -> Receipt:
        """Delete one session for good: from the store and its backups."""
        return self._forget(lambda store: store.forget_session(session))

    def forget_case(self, case: str) -> Receipt:
        """Delete everything of one case for good."""
        return self._forget(lambda store: store.forget_case(case))

    def back_up(self, to: Path | None = None) -> Path:
        """Copy the whole store, encrypted as it is, to its backups or to a file."""
        return self.opening.vault.backup(self.opening.key(), self._clock(), to=to)

    def last_good_backup(self, passphrase: str | None = None) -> Path | None:
        """The backup that `restore` brings back, if there is one; without a passphrase it is not tried.

        Call it from a thread.
        """
        vault = self.opening.vault
        passphrase = passphrase or self.opening.unattended()
        return vault.last_good(passphrase) if passphrase else next(iter(vault.backups.all()), None)

    def restore(self, passphrase: str, backup: Path | None = None) -> Path | None:
        """Put a backup in the place of the store, the last good one unless one is named; gives where the old one went.

        Raises StoreError when there is none, PassphraseError when the passphrase does not open it.
        """
        vault = self.opening.vault
        kept = vault.backups.all()
        if backup is None and not kept:
            raise StoreError("There is no backup here to restore; name the file that holds one.")
        self.lock()
        return vault.restore(passphrase, backup or vault.last_good(passphrase) or kept[0], self._clock())

    def _forget(self, delete: Callable[[Store], dict[str, int]]) -> Receipt:
        """Delete something with the backups that hold it; stopped on the way, it is finished at the next opening.

        Raises StoreError when it cannot be finished now, and says how much of it was done.
        """
        from assistant.store.retention import Receipt

        if self.opening.database_url is not None:
            return Receipt(self._clock(), delete(self.store), WITH_A_TEAM)
        self.opening.vault.begin_forgetting()
        deleted = delete(self.store)
        return Receipt(self._clock(), {**deleted, "backups": self.opening.finish_forgetting()})

    def _handover(self, state: State, wanted: Wanted | None = None) -> Handover:
        from assistant.export.gathering import handover
        from assistant.followup.over_time import moved

        started = state.started
        escalations = self.follow_ups.escalations(case=started.case)
        subject = started.subject
        return handover(
            state,
            self.prompts,
            actions=self.follow_ups.actions(case=started.case),
            escalation=next((one for one in escalations if one.session == started.session), None),
            moved=moved(earlier, state) if (earlier := self._review_before(started)) else (),
            titles={review.id: review.title for review in self._reviews(subject)},
            wanted=wanted,
            history=self.history(started.case) if started.journey in _ABOUT_A_CASE else None,
        )

    def new_id(self, of: str) -> str:
        """An id for something that begins outside a session."""
        return f"{self._new_id()}/{of}"

    def history(self, case: str) -> History:
        """My readable sessions of a case, oldest first, with what was put right by hand."""
        from assistant.export.handover import History

        states = []
        for kept in reversed(self.store.sessions(case=case)):
            if kept.mine and kept.journey in _ABOUT_A_CASE:
                with suppress(UnreadableSessionError, ValueError):
                    states.append(replay(self.store.events(kept.session)))
        return History(tuple(states), self.follow_ups.entries(case), self.follow_ups.members(case))

    def _reviews(self, subject: str | None) -> list[Review]:
        """The review a session is about; a scenario's own name says enough."""
        if subject is None or subject in self.prompts.scenarios:
            return []
        review = self.library.reviews.get(subject)
        return [review] if review else []

    def _review_before(self, started: e.Started) -> State | None:
        """The last review of the same document by the same team before this one."""
        if started.role != "team":
            return None
        for kept in self.store.sessions(case=started.case):
            if kept.role == "team" and kept.started < started.at:
                state = replay(self.store.events(kept.session))
                if state.started.subject == started.subject:
                    return state
        return None

    def _knowledge(self, role: Role) -> Knowledge:
        return Knowledge(
            prompts=self.prompts,
            bears=lambda answer: self._bears(answer, READERS.get(role)),
            notice=self._notice,
            read=self._read,
            card=self._card,
            review=self._review,
            points=self._points,
            chosen=lambda called: self._bank.learning.bears(called) if self._search is None else {},
            quoted=self._quoted,
            names_concepts=self._named,
            meaning=self._meaning,
            telling=self._told,
            fits=self._reranker.read,
            judges=self._reranker.bears if self._search is None else lambda *_: None,
            everyday=lambda: self._everyday,
            concepts=self.concept_names,
            closer=_Late(lambda: self._noticer.closer),
            open_bank=lambda: self._bank,
        )

    # Each is opened by the first answer, or beside its typing: 0.7 s that no first question waits for

    def _notice(self, words: str, background: frozenset[str]) -> Noticing:
        return self._noticer.notice(words, background)

    def _read(self, words: str, known: Known) -> Reading:
        return self._reader.read(words, known)

    def _card(
        self, danger: Danger | None, words: str, also: Sequence[Danger] = (), *, asked: bool = False
    ) -> CardWords:
        return self._noticer.danger.card(danger, words, also, asked=asked)

    def _told(self, words: str) -> tuple[Telling, ...]:
        return self._telling.read(words)

    @cached_property
    def _meaning(self) -> Meaning:
        return Meaning(self.home)

    @cached_property
    def _bank(self) -> QuestionBank:
        return QuestionBank(self.prompts.themes, self._meaning)

    @cached_property
    def _reranker(self) -> Reranker:
        return Reranker(self.home)

    @cached_property
    def _telling(self) -> TellingReader:
        from assistant.noticing.telling import TellingReader

        return TellingReader(self._meaning)

    def _bears(self, answer: Answer, reader: Audience | None) -> SearchResult:
        if self._search is not None:
            return self._search(answer.words)
        return self._opened_retriever().beside(answer, audience_first=reader)

    def _quoted(self, answer: Answer, sure: Mapping[str, float]) -> tuple[Hit, ...]:
        points = [(point, how) for name, how in sure.items() if (point := self._counted(name))]
        return self._opened_retriever().quoted(answer, points)

    def _counted(self, name: str) -> LearningPoint | None:
        try:
            point = self.library.by_id(name)
        except KeyError:  # somebody took the review out
            return None
        return point if self._bank.learning.was_counted(point) else None

    def _named(self, words: str) -> tuple[str, ...]:
        if self._search is not None:
            return ()
        return self._opened_retriever().named(words)

    @cached_property
    def concept_names(self) -> Mapping[str, str]:
        """The name of each concept of the lexicon by its id; the lexicon is read at the first look."""
        return _Late(lambda: {concept.id: concept.name for concept in self._lexicon})

    @cached_property
    def _everyday(self) -> frozenset[str]:
        return frozenset(concept.id for concept in self._lexicon if concept.everyday_word)

    @cached_property
    def _lexicon(self) -> tuple[Concept, ...]:
        # 0.35 s of processor, at the beginning of every session
        from assistant.retrieval.lexicon import open_lexicon

        return open_lexicon(self._files)

    @cached_property
    def _noticer(self) -> Noticer:
        from assistant.noticing.noticer import open_noticer

        return open_noticer(self._files)

    @cached_property
    def _reader(self) -> Reader:
        from assistant.noticing.reader import open_reader

        return open_reader(self._files)

    def _review(self, review: str) -> Review | None:
        return self.library.reviews.get(review)

    def _points(self, review: str) -> tuple[LearningPoint, ...]:
        return tuple(self.library.points_of(review))

    def _keeper(self, session: str, kept: int) -> Callable[[e.Event], None]:
        """Keeps each event after the `kept` that are there already."""
        position = kept

        def keep(event: e.Event) -> None:
            nonlocal position
            self.store.append(session, position, event)
            position += 1  # only now: an event that could not be kept has not happened

        return keep
