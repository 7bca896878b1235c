"""The desk: sessions are begun here, taken up again here, and their records put away from here.

Brings the conversation, the search and the store together for the faces (the app and the line mode), which get
everything they need from one `Desk`. What is slow to load (the search) is loaded when first asked for.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.conversation import events as e
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.noticing import Noticer, open_noticer
from assistant.conversation.prompts import Journey, Prompts, Role, load_prompts
from assistant.conversation.session import Session, clean
from assistant.conversation.state import State, replay
from assistant.errors import ReflectError
from assistant.library.model import Audience, LearningPoint, Review
from assistant.library.shelf import Library, open_library
from assistant.records.errors import LockedError, StoreError, UnreadableSessionError
from assistant.records.handover import BEST_FOR, DocumentKind, Format, Handover, handover
from assistant.records.names import Finder, Noticed, before_keeping, choices, open_finder
from assistant.records.opening import Opening
from assistant.records.over_time import Counts, counted, moved
from assistant.records.vault import ITERATIONS
from assistant.retrieval.filters import EVERYTHING, Filters
from assistant.retrieval.lexicon import open_lexicon
from assistant.retrieval.model import SearchResult

if TYPE_CHECKING:
    from assistant.records.follow_ups import FollowUps
    from assistant.records.retention import Receipt
    from assistant.records.store import Kept, Store
    from assistant.retrieval.engine import Retriever

READERS: dict[Role, Audience] = {"supervisor": "manager", "practitioner": "practitioner"}
"""Whose learning points stand higher for whom."""


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _new_id() -> str:
    return f"{_now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


@dataclass(frozen=True)
class Unfinished:
    """A session that was left before its end."""

    session: str
    state: State


class Desk:
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
        self.opening = Opening(home, clock, iterations=iterations)
        self._search = search
        self._clock = clock
        self._new_id = new_id
        self._loading = Lock()

    def now(self) -> datetime:
        """The time by the desk's clock."""
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
        """The questions and journeys, the user's own laid over the shipped ones."""
        return load_prompts(self._files)

    @cached_property
    def library(self) -> Library:
        """The reviews, the user's own beside the shipped ones."""
        return open_library(self.home)

    def leave_own_files(self) -> None:
        """Go on with the questions and lexicon that came with the program, while the user's own have mistakes in them.

        Nothing of the user's is touched; the next start reads them again.
        """
        self._files = self.home / "as-shipped"
        for held in ("prompts", "concept_names", "_retriever", "_noticer"):
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
        if self._search is not None:
            return self._search(words)
        with self._loading:
            retriever = self._retriever
        return retriever.search(words, audience_first=audience_first, filters=filters)

    @cached_property
    def _retriever(self) -> Retriever:
        # NLTK and the index cost 0.3 s or more; a session's first question does not wait for them
        from assistant.retrieval.opening import open_search

        return open_search(self.library, self._files)

    def speaking(self) -> dict[str, dict[str, int]]:
        """For each theme, how many learning points of each review bear on it."""
        with self._loading:
            retriever = self._retriever
        return {
            theme.id: retriever.count_by_review(Filters(concepts=frozenset(theme.concepts)))
            for theme in self.prompts.themes.values()
            if theme.concepts
        }

    def begin(self, journey: str, *, case: str, minutes: int, subject: str | None = None) -> Session:
        """Start a session; its first event is kept before this returns.

        Raises ReflectError when there is no such journey or the case has no name.
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
            session=self._new_id(),
            journey=journey,
            case=name,
            minutes=minutes,
            role=self.prompts.journeys[journey].role,
            carried=self.follow_ups.carried(name),
            subject=subject,
        )
        return Session.begin(started, self._knowledge(started.role), self._keeper(started.session, 0), self._clock)

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
        mine = [kept.session for kept in self.store.sessions() if kept.mine]
        states = []
        for session in mine:
            with suppress(UnreadableSessionError, ValueError):
                states.append(replay(self.store.events(session)))
        return counted(states, self.follow_ups.actions(), self.prompts), len(mine) - len(states)

    @property
    def follow_ups(self) -> FollowUps:
        """Actions and escalations, and what of them is due."""
        from assistant.records.follow_ups import FollowUps  # with the store, beside the first screen

        return FollowUps(self.store, self.prompts.ladder, self._clock)

    def handover(self, session: str, *, note_lines: Sequence[int] = ()) -> Handover:
        """Everything of one session that a document may hold. Of the private note only the lines chosen, from 1."""
        return self._handover(replay(self.store.events(session)), note_lines)

    def document(self, session: str, *, kind: DocumentKind | None = None, note_lines: Sequence[int] = ()) -> str:
        """One session as Markdown; the full record unless another document is named.

        Raises DataFileError when the document's template is broken.
        """
        from assistant.records.documents import filled

        return filled(kind or "record", self.handover(session, note_lines=note_lines), self.home)

    def export(
        self,
        session: str,
        form: Format,
        target: Path,
        *,
        kind: DocumentKind | None = None,
        note_lines: Sequence[int] = (),
        overwrite: bool = False,
        before_writing: Callable[[], None] | None = None,
    ) -> str:
        """Write one session as a file, or into a folder, and give the sentence that tells of it.

        The document is the one its journey is for, unless another is named; what `before_writing` raises stops it.
        Raises FileThereError when a file is there already, DataFileError when the template is broken, StoreError when
        it cannot be written.
        """
        from assistant.records.exporting import export

        state = replay(self.store.events(session))
        chosen = kind or BEST_FOR.get(state.started.journey, "record")
        of = self._handover(state, note_lines)
        return export(
            of,
            chosen,
            form,
            target,
            home=self.home,
            made=self._clock(),
            overwrite=overwrite,
            before_writing=before_writing,
        )

    def put_away(self, session: Session) -> None:
        """Keep what is to be followed up; the session itself is in the store already, answer by answer."""
        self.follow_ups.take_from(session.state)

    # Who could be recognised

    def before_keeping(self, case: str, words: str) -> Noticed:
        """Look through words about to be kept; what was chosen for this case before is put in, and said."""
        return before_keeping(words, self._finder, self.store.stand_ins(case))

    def choose_stand_in(self, case: str, found: str, stand_in: str) -> None:
        """Remember what stands for a name in this case; the name itself, to leave it and not ask again."""
        for name, chosen in choices(found, stand_in).items():
            self.store.remember_stand_in(case, name, chosen)

    @cached_property
    def _finder(self) -> Finder:
        return open_finder(self._files)

    # Deleting and backing up

    def due_for_deletion(self) -> list[Kept]:
        """Sessions kept longer than the local policy says."""
        from assistant.records.retention import due_for_deletion, read_retention

        return due_for_deletion(self.store.sessions(), read_retention(self.home), self._clock())

    def forget_session(self, session: str) -> Receipt:
        """Delete one session for good: from the store and its backups."""
        return self._receipt(self.store.forget_session(session))

    def forget_case(self, case: str) -> Receipt:
        """Delete everything of one case for good."""
        return self._receipt(self.store.forget_case(case))

    def back_up(self, to: Path | None = None) -> Path:
        """Copy the whole store, encrypted as it is, to its backups or to a file."""
        return self.opening.vault.backup(self.opening.key(), self._clock(), to=to)

    def last_good_backup(self, passphrase: str | None = None) -> Path | None:
        """The backup that `restore` brings back, if there is one; without a passphrase it is not tried.

        Call it from a thread.
        """
        vault = self.opening.vault
        passphrase = passphrase or self.opening.unattended()
        return vault.last_good(passphrase) if passphrase else next(iter(vault.kept_backups()), None)

    def restore(self, passphrase: str, backup: Path | None = None) -> Path | None:
        """Put a backup in the place of the store, the last good one unless one is named; gives where the old one went.

        Raises StoreError when there is none, PassphraseError when the passphrase does not open it.
        """
        vault = self.opening.vault
        kept = vault.kept_backups()
        if backup is None and not kept:
            raise StoreError("There is no backup here to restore; name the file that holds one.")
        self.lock()
        return vault.restore(passphrase, backup or vault.last_good(passphrase) or kept[0], self._clock())

    def _receipt(self, deleted: dict[str, int]) -> Receipt:
        from assistant.records.retention import Receipt

        renewed = 0
        if self.opening.database_url is None:
            renewed = self.opening.vault.renew_backups(self.opening.key(), self._clock())
        return Receipt(self._clock(), {**deleted, "backups": renewed})

    def _handover(self, state: State, note_lines: Sequence[int] = ()) -> Handover:
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
            note_lines=note_lines,
        )

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
        noticer = self._noticer
        return Knowledge(
            prompts=self.prompts,
            search=lambda words: self.search(words, audience_first=READERS.get(role)),
            notice=noticer.notice,
            card=noticer.danger.card,
            review=self._review,
            points=self._points,
            concepts=self.concept_names,
            closer=noticer.closer,
        )

    @cached_property
    def concept_names(self) -> Mapping[str, str]:
        """The name of each concept of the lexicon by its id."""
        return {concept.id: concept.name for concept in open_lexicon(self._files)}

    @cached_property
    def _noticer(self) -> Noticer:
        return open_noticer(self._files)

    def _review(self, review: str) -> Review | None:
        return self.library.reviews.get(review)

    def _points(self, review: str) -> tuple[LearningPoint, ...]:
        return tuple(self.library.points_of(review))

    def _keeper(self, session: str, kept: int) -> Callable[[e.Event], None]:
        """Lays each event down after the `kept` that are there already."""
        position = kept

        def keep(event: e.Event) -> None:
            nonlocal position
            self.store.append(session, position, event)
            position += 1  # only now: an event that could not be kept has not happened

        return keep
