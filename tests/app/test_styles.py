"""A style holds for every screen, so one for an id that several have names its screen."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from pathlib import Path

import textual.command
from textual import widgets
from textual.widget import Widget

import assistant.app

APP = Path(assistant.app.__file__).parent
SHARED = "screen.tcss"
"""What is so on every screen."""


def test_a_style_for_an_id_that_several_screens_have_names_the_screen():
    having = defaultdict(set)
    for module in APP.rglob("*.py"):
        for name in re.findall(r'id="([a-z0-9-]+)"', module.read_text(encoding="utf-8")):
            having[name].add(module.name)
    for file in APP.rglob("*.tcss"):
        rules = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for selector in (one.strip() for many in re.findall(r"([^{}]+)\{", rules) for one in many.split(",")):
            if (named := re.match(r"#([a-z0-9-]+)", selector)) and file.name != SHARED:
                assert len(having[named[1]]) < 2, (file.name, selector, having[named[1]])


def test_no_widget_of_ours_takes_the_styles_of_one_of_the_toolkits():
    for module in pkgutil.walk_packages(assistant.app.__path__, f"{assistant.app.__name__}."):
        importlib.import_module(module.name)
    for name in vars(widgets)["__all__"]:
        getattr(widgets, name, None)
    assert issubclass(textual.command.CommandList, Widget)

    def every(kind: type[Widget]) -> set[type[Widget]]:
        below: list[type[Widget]] = kind.__subclasses__()
        return {kind}.union(*map(every, below))

    ours = {each for each in every(Widget) if each.__module__.startswith("assistant.")}
    theirs = {each.__name__: each for each in every(Widget) if each.__module__.startswith("textual.")}
    assert len(ours) > 50 < len(theirs)
    for each in ours:
        assert each.__name__ not in theirs or issubclass(each, theirs[each.__name__]), each
