"""One key has one meaning, on every screen, and a laptop needs none of the function keys."""

from __future__ import annotations

import importlib
import pkgutil

from textual.binding import Binding, BindingsMap
from textual.widget import Widget

import assistant.app.screens
import assistant.app.widgets
from assistant.app.app import ReflectApp

MEANS = {
    "f1": "help: help close",
    "f2": "copy what is in front of me: copy",
    "f5": "the step this page is for: send save keep begin next go_on open restore sign_in change",
    "f6": "the other part of the page: side read answer panel",
    "escape": (
        "close the nearest thing: close leave back stop no skip clear app.pop_screen app.go_home app.quit leave_session"
    ),
    "delete": "put away: delete take_out leave_out park",
    "ctrl+z": "take back the last change: undo",
    "ctrl+f": "find: find",
    "ctrl+n": "something new: new",
    "ctrl+p": "everything by name: command_palette app.command_palette",
    "ctrl+l": "lock: lock",
    "ctrl+q": "leave the program: quit app.quit",
    "ctrl+t": "who speaks: voice",
    "ctrl+a": "select everything: mark_everything",
    "ctrl+j": "begin a line: line",
    "space": "tick, or the next slide: done reveal",
}
TWINS = {"f1": "ctrl+g", "f2": "ctrl+y", "f5": "ctrl+s", "f6": "ctrl+b", "delete": "ctrl+d"}


def every_binding() -> list[tuple[str, str, str]]:
    """The class, the key and the action of each that this program gives."""
    found = []
    for package in (assistant.app.screens, assistant.app.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for each in vars(importlib.import_module(module.name)).values():
                if isinstance(each, type) and issubclass(each, Widget) and each.__module__ == module.name:
                    found += of_class(each)
    return found + of_class(ReflectApp)


def of_class(each: type) -> list[tuple[str, str, str]]:
    given = [binding for binding in vars(each).get("BINDINGS", []) if isinstance(binding, Binding)]
    keyed = BindingsMap(given).key_to_bindings
    return [(each.__name__, key, one.action.split("(")[0]) for key, bindings in keyed.items() for one in bindings]


def actions_of(key: str) -> set[str]:
    return set(MEANS[key].split(": ")[1].split())


def test_a_key_means_the_same_wherever_it_does_something():
    same = {twin: key for key, twin in TWINS.items()}
    for name, key, action in every_binding():
        if same.get(key, key) in MEANS:
            meant = {one.removeprefix("app.") for one in actions_of(same.get(key, key))}
            assert action.removeprefix("app.") in meant, (name, key, action)


def test_there_are_four_function_keys_and_each_has_a_ctrl_twin():
    given = every_binding()
    for name, key, action in given:
        if not key.startswith("f") or not key[1:].isdigit():
            continue
        assert key in TWINS, (name, key)
        assert (name, TWINS[key], action) in given, (name, key, action)


def test_no_action_has_two_keys_on_different_screens():
    keys = {action: key for key, meant in MEANS.items() for action in meant.split(": ")[1].split()}
    ours = {"copy", "undo", "find", "new", "voice", "delete", "take_out"}
    for name, key, action in every_binding():
        if action in ours:
            assert key in {keys[action], TWINS.get(keys[action])}, (name, key, action)
