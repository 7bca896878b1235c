"""Reading YAML files that people write, so that every mistake has a line.

Owns the way from a file to pydantic models: the text is composed once into YAML nodes, the nodes give both the values
and the line of every value, and each fault pydantic finds is walked back to its line. Scalars stay what they look like
to a person: only `true`, `false`, `null` and plain numbers are converted, so `no`, `12:30` and dates stay words.
Knows nothing of what the files are about.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from assistant.errors import DataFileError, Problem

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Model = TypeVar("Model")
Location = tuple[int | str, ...]

LARGEST = 8_000_000
"""Characters; the shipped lexicon has 700,000."""
DEEPEST = 40
"""Levels of lists and keys; the shipped files have nine, and libyaml ends the process somewhere in the thousands."""
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?\Z")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class PackModel(BaseModel):
    """A model read from a data file: unknown keys are faults and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Marks:
    """The line of every value in one YAML file, so that checks made after reading can say where."""

    def __init__(self, path: Path, node: yaml.Node | None) -> None:
        self.path = path
        self._node = node

    def line(self, location: Location = ()) -> int:
        """The line, from 1, of the value at `location`, or of the nearest thing that holds it."""
        node = self._node
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

    def problem(self, message: str, location: Location = ()) -> Problem:
        """A fault in the value at `location`."""
        return Problem(self.path, self.line(location), message)


def read_pack(path: Path, model: type[Model]) -> tuple[Model, Marks]:
    """Read a YAML file as `model` (any type pydantic can check, `list[Concept]` too), with the lines of its values.

    Raises DataFileError with every fault found: not UTF-8, not YAML, a key doubled, unknown, missing or wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataFileError([Problem(path, line, "not UTF-8 text; save the file as UTF-8")]) from error
    except OSError as error:
        raise DataFileError([Problem(path, 1, f"cannot be read ({error.strerror})")]) from error
    return check_pack(path, text, model)


def check_pack(path: Path, text: str, model: type[Model]) -> tuple[Model, Marks]:
    """Read YAML `text` that stands in `path`, as `read_pack` does: for YAML that is only part of a file."""
    try:
        node = _composed(path, text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise DataFileError([Problem(path, mark.line + 1 if mark else 1, f"not YAML: {message}")]) from error
    except yaml.YAMLError as error:
        raise DataFileError([Problem(path, 1, f"not YAML: {error}")]) from error
    marks = Marks(path, node)
    problems: list[Problem] = []
    value = _value(node, path, problems) if node is not None else None
    try:
        checked = TypeAdapter(model).validate_python(value, strict=False)
    except ValidationError as error:
        problems += [marks.problem(_sentence(fault, model), fault["loc"]) for fault in error.errors()]
        raise DataFileError(problems) from error
    if problems:
        raise DataFileError(problems)
    return checked, marks


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


def read_packs(paths: Iterable[Path], model: type[Model]) -> list[tuple[Model, Marks]]:
    """Read several files; the faults of all of them are raised together."""
    read: list[tuple[Model, Marks]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            read.append(read_pack(path, model))
        except DataFileError as error:
            problems += error.problems
    if problems:
        raise DataFileError(problems)
    return read


def closest(word: str, known: Iterable[str]) -> str:
    """`, did you mean 'x'?` when something known is near, else nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f", did you mean '{near[0]}'?" if near else ""


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


def _sentence(fault: ErrorDetails, model: Any) -> str:
    where = ".".join(str(step) for step in fault["loc"]) or "the file"
    match fault["type"]:
        case "missing":
            return f"{where}: missing"
        case "extra_forbidden":
            name = str(fault["loc"][-1])
            return f"{where}: unknown key{closest(name, [key for key in _keys(model) if key != name])}"
        case "literal_error" | "enum":
            return (
                f"{where}: {fault['input']!r} is not one of {fault.get('ctx', {}).get('expected', 'the known words')}"
            )
        case _:
            return f"{where}: {fault['msg'][:1].lower()}{fault['msg'][1:]}"


def _keys(model: Any) -> Sequence[str]:
    """Every key that any model inside `model` knows, for the 'did you mean'."""
    text = str(TypeAdapter(model).json_schema())
    return sorted(set(re.findall(r"'([a-z_]+)': \{", text)))
