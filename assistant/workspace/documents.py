"""A session as the documents people hand over, with what belongs beside it from the case's other sessions.

Owns what is gathered for a document. What one looks like, and how it's written, is the business of `export/`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.conversation import events as e
from assistant.conversation.state import State, replay
from assistant.store.store_errors import StoreError, UnreadableSessionError
from assistant.store.where_kept import no_files_here
from assistant.workspace.open_folder import OpenFolder

if TYPE_CHECKING:  # and read by whoever wants a document
    from assistant.export.handover import Format, Handover, History, Wanted

_ABOUT_A_CASE = frozenset({"supervision", "self-review"})


class Documents:
    """What can be handed over of one folder's sessions."""

    def __init__(self, folder: OpenFolder) -> None:
        self._folder = folder

    def handover(self, session: str, wanted: Wanted | None = None) -> Handover:
        """Everything of one session that a document may hold, and of what is to be chosen only that."""
        return self._handover(replay(self._folder.store.events(session)), wanted)

    def text(self, session: str, wanted: Wanted | None = None) -> str:
        """One session as Markdown; the record unless another document is named.

        Raises DataFileError when the document's template is broken.
        """
        from assistant.export.templates import filled

        kind = wanted.kind if wanted else None
        return filled(kind or "record", self.handover(session, wanted), self._folder.home)

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
        state = replay(self._folder.store.events(session))
        of, left_out = self._handover(state, wanted), dict[str, str]()
        if wanted.redacted:
            from assistant.export.redacting import redacted

            of, left_out = redacted(of, self._folder.stand_ins.finder, self._folder.store.stand_ins(of.case))
        said = export(
            of,
            wanted.kind or BEST_FOR.get(state.started.journey, "record"),
            form,
            target,
            home=self._folder.home,
            made=self._folder.now(),
            overwrite=overwrite,
            before_writing=before_writing,
        )
        if not wanted.redacted:
            return said
        listed = "; ".join(f"“{name}” is now {stand_in}" for name, stand_in in left_out.items())
        return f"{said} Please check it, also for what was not found. {listed or 'Nothing was found'}."

    def history(self, case: str, *, of_every_kind: bool = False) -> History:
        """My readable sessions of a case, oldest first, with what was put right by hand.

        A team's and a group's are about no case, and only there where they're asked for.
        """
        from assistant.export.handover import History

        states = []
        for kept in reversed(self._folder.store.sessions(case=case)):
            if kept.mine and (of_every_kind or kept.journey in _ABOUT_A_CASE):
                with suppress(UnreadableSessionError, ValueError):
                    states.append(replay(self._folder.store.events(kept.session)))
        follow_ups = self._folder.follow_ups
        return History(tuple(states), follow_ups.entries(case), follow_ups.members(case))

    def _handover(self, state: State, wanted: Wanted | None = None) -> Handover:
        from assistant.export.gathering import handover
        from assistant.followup.over_time import moved

        started = state.started
        follow_ups = self._folder.follow_ups
        escalations = follow_ups.escalations(case=started.case)
        return handover(
            state,
            self._folder.prompts,
            actions=follow_ups.actions(case=started.case),
            escalation=next((one for one in escalations if one.session == started.session), None),
            moved=moved(earlier, state) if (earlier := self._review_before(started)) else (),
            titles=self._titles(started.subject),
            wanted=wanted,
            history=self.history(started.case) if started.journey in _ABOUT_A_CASE else None,
        )

    def _titles(self, subject: str | None) -> dict[str, str]:
        """The title of the review a session is about; a scenario's own name says enough."""
        if subject is None or subject in self._folder.prompts.scenarios:
            return {}
        review = self._folder.learning.library.reviews.get(subject)
        return {review.id: review.title} if review else {}

    def _review_before(self, started: e.Started) -> State | None:
        """The last review of the same document by the same team before this one."""
        if started.role != "team":
            return None
        for kept in self._folder.store.sessions(case=started.case):
            if kept.role == "team" and kept.started < started.at:
                with suppress(UnreadableSessionError, ValueError):
                    state = replay(self._folder.store.events(kept.session))
                    if state.started.subject == started.subject:
                        return state
        return None
