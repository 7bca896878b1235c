"""What can be done in a session by its name, in the order it is told of."""

from __future__ import annotations

from assistant.app.commands import Command

COMMANDS = (
    Command("skip", "Skip", "Skip this question", "skip"),
    Command("back", "Change an answer", "Go back and change your last answer", "back"),
    Command("why", "Why?", "Why is this question asked?", "why"),
    Command("notes", "Notes", "Show or hide notes for whoever leads the group", "notes"),
    Command("add-action", "Add an action", "Write down who does what: /add-action The school will ring Nan by Friday",
            "add_action"),
    Command("who", "Who speaks", "Say who's speaking, supervisor or practitioner (Ctrl+T)", "voice"),
    Command("people", "People", "Put right who is in this case", "people"),
    Command("agenda", "Agenda", "The plan for this session, what's next and what's parked", "agenda"),
    Command("theme", "Add a theme", "Put another theme on the agenda", "theme"),
    Command("note", "Private note", "Write a note that only you see", "note"),
    Command("pause", "Pause", "Stop the clock until you type again", "pause"),
    Command("longer", "Longer", "Make the session 15 minutes longer", "longer"),
    Command("shorter", "Shorter", "Make the session 15 minutes shorter", "shorter"),
    Command("present", "Present", "One thing at a time, for a group to read", "present"),
    Command("finish", "Finish", "End the session and keep the record", "finish"),
    Command("leave", "Leave", "Leave for now (everything is kept)", "leave"),
)  # fmt: skip
WAITS = {"skip", "back", "why", "finish"}
"""Those about the question on the table: none is done while that's still on its way."""
TAKES_WORDS = {"add-action"}
"""Those with which something is said in the same line."""
