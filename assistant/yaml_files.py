"""Reading YAML files that people write, so that every mistake has a line.

Owns the way from a file to pydantic models: the text is composed into nodes (`yaml_nodes`), or what it said when it was
last read is taken (`yaml_kept`), and each fault pydantic finds is walked back to its line. Knows nothing of what the
files are about.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from assistant.errors import DataFileError, Problem
from assistant.yaml_kept import Kept

if TYPE_CHECKING:
    import yaml

Model = TypeVar("Model")
Location = tuple[int | str, ...]


class PackModel(BaseModel):
    """A model read from a data file: unknown keys are faults and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)  # most are only ever read inside another


class Marks:
    """The line of every value in one YAML file, so that checks made after reading can say where."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._text = text

    @cached_property
    def _node(self) -> yaml.Node | None:
        from assistant.yaml_nodes import composed

        return composed(self.path, self._text)

    def line(self, location: Location = ()) -> int:
        """The line, from 1, of the value at `location`, or of the nearest thing that holds it."""
        from assistant.yaml_nodes import line_of

        return line_of(self._node, location)

    def values(self) -> tuple[Any, list[Problem]]:
        """What the file says, and what of it cannot stand. Raises DataFileError where it is not YAML."""
        from assistant.yaml_nodes import values

        return values(self._node, self.path)

    def problem(self, message: str, location: Location = ()) -> Problem:
        """A fault in the value at `location`."""
        return Problem(self.path, self.line(location), message)


def read_pack(path: Path, model: type[Model], kept: Kept | None = None) -> tuple[Model, Marks]:
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
    return check_pack(path, text, model, kept)


def check_pack(path: Path, text: str, model: type[Model], kept: Kept | None = None) -> tuple[Model, Marks]:
    """Read YAML `text` that stands in `path`, as `read_pack` does: for YAML that is only part of a file."""
    marks = Marks(path, text)
    problems: list[Problem] = []
    value = kept.value(text) if kept else None
    if value is None:
        value, problems = marks.values()
        if kept and not problems:
            kept.keep(text, value)
    try:
        checked: Model = _adapter(model).validate_python(value, strict=False)  # type: ignore[arg-type]  # a class is hashable
    except ValidationError as error:
        problems += [marks.problem(_sentence(fault, model), fault["loc"]) for fault in error.errors()]
        raise DataFileError(problems) from error
    if problems:
        raise DataFileError(problems)
    return checked, marks


def read_packs(paths: Iterable[Path], model: type[Model], kept: Kept | None = None) -> list[tuple[Model, Marks]]:
    """Read several files; the faults of all of them are raised together."""
    read: list[tuple[Model, Marks]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            read.append(read_pack(path, model, kept))
        except DataFileError as error:
            problems += error.problems
    if problems:
        raise DataFileError(problems)
    return read


def closest(word: str, known: Iterable[str]) -> str:
    """`, did you mean 'x'?` when something known is near, else nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f", did you mean '{near[0]}'?" if near else ""


@lru_cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    """What checks a model, or any other type: made once for all its files."""
    return TypeAdapter(model)


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
    text = str(_adapter(model).json_schema())
    return sorted(set(re.findall(r"'([a-z_]+)': \{", text)))
