"""YAML text as nodes, which have both the values and the line of every value.

Scalars stay what they look like to a person: only `true`, `false`, `null` and plain numbers are converted, so `no`,
`12:30` and dates stay words. Apart from `yaml_files`, because a file that was read before needs none of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import DataFileError, Problem

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Location = tuple[int | str, ...]

LARGEST = 8_000_000
"""Characters; the shipped lexicon has 700,000."""
DEEPEST = 40
"""Levels of lists and keys; the shipped files have nine, and libyaml ends the process somewhere in the thousands."""
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?\Z")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def composed(path: Path, text: str) -> yaml.Node | None:
    """The nodes of `text`, which stands in `path`; None where it says nothing.

    Raises DataFileError where it is not YAML, or would keep the program busy for ever or end it.
    """
    try:
        return _composed(path, text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise DataFileError([Problem(path, mark.line + 1 if mark else 1, f"not YAML: {message}")]) from error
    except yaml.YAMLError as error:
        raise DataFileError([Problem(path, 1, f"not YAML: {error}")]) from error


def line_of(node: yaml.Node | None, location: Location) -> int:
    """The line, from 1, of the value at `location`, or of the nearest thing that holds it."""
    if node is None:
        return 1
    line = node.start_mark.line + 1
    for step in location:
        key, child = _child(node, step)
        if child is None:
            break
        node = child
        line = (key or child).start_mark.line + 1
    return int(line)


def values(node: yaml.Node | None, path: Path) -> tuple[Any, list[Problem]]:
    """What the nodes say, and what of it cannot stand."""
    problems: list[Problem] = []
    return (None if node is None else _value(node, path, problems)), problems


def _composed(path: Path, text: str) -> yaml.Node | None:
    """The nodes of the one document in `text`, in a single reading; libyaml's own way builds first and asks afterwards.

    Raises DataFileError for what would keep the program busy for ever or end it: a file too large, nested too deep, or
    using aliases, which can stand for themselves or for more than a computer holds.
    """
    if len(text) > LARGEST:
        raise DataFileError([Problem(path, 1, f"too large: more than {LARGEST // 1_000_000} million characters")])
    document: yaml.Node | None = None
    within: list[tuple[yaml.Node, list[yaml.Node]]] = []
    events: Iterator[Any] = yaml.parse(text, Loader=Loader)
    for event in events:
        node: yaml.Node
        mark: Any = event.start_mark
        if isinstance(event, yaml.ScalarEvent):
            node = yaml.ScalarNode("", event.value, mark, style=event.style)
        elif isinstance(event, yaml.CollectionStartEvent):
            kind = yaml.MappingNode if isinstance(event, yaml.MappingStartEvent) else yaml.SequenceNode
            node = kind("", [], mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            ended, children = within.pop()
            ended.value = (
                list(zip(children[::2], children[1::2], strict=True))
                if isinstance(ended, yaml.MappingNode)
                else children
            )
            continue
        elif isinstance(event, yaml.AliasEvent):
            raise _refused(path, event, "write it out: aliases (*) are not read")
        elif isinstance(event, yaml.DocumentStartEvent) and document is not None:
            raise _refused(path, event, "not YAML: a second document begins here; a file has one")
        else:
            continue
        if within:
            within[-1][1].append(node)
        else:
            document = node
        if not isinstance(node, yaml.ScalarNode):
            within.append((node, []))
            if len(within) > DEEPEST:
                raise _refused(path, event, f"nested too deep: more than {DEEPEST} levels")
    return document


def _refused(path: Path, event: Any, message: str) -> DataFileError:
    return DataFileError([Problem(path, event.start_mark.line + 1, message)])


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if key.value == str(step):
                return key, child
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None


def _value(node: yaml.Node, path: Path, problems: list[Problem]) -> Any:
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        first_line: dict[str, int] = {}
        for key, child in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in values:
                problems.append(Problem(path, line, f"'{name}' is given twice, first at line {first_line[name]}"))
            first_line.setdefault(name, line)
            values[name] = _value(child, path, problems)
        return values
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, path, problems) for child in node.value]
    text = str(node.value)
    if isinstance(node, yaml.ScalarNode) and node.style:  # quoted or a block: always words
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _NUMBER.match(text):
        return float(text) if "." in text else int(text)
    return text
