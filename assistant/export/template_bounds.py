"""What a template may use up: passes through its loops, how long a text in it gets, how deep it goes.

Templates are people's own, and a slip in one (a loop in a loop, a macro that calls itself, a text doubled forty times)
must end in a sentence and not in a computer that stands still. Everything is counted, nothing is timed, so that the
same template always ends in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from jinja2 import TemplateRuntimeError, nodes, pass_context
from jinja2.filters import do_format
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

PASSES = 100_000
"""Of all loops and macros together; a session of ten thousand answers takes about 40,000."""
LETTERS = 5_000_000
"""Of one text, and of a whole document; ten thousand answers of two lines are a third of it."""
NUMBER = 1_000_000
"""The largest that is calculated with or handed to a filter."""
TEMPLATE_LETTERS = 500_000


_COUNT, _JOIN = "count a pass", "join texts"
"""Filters that no template can name, because of the spaces."""


class TooMuchError(TemplateRuntimeError):
    """A template uses more than any document needs."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox, which counts."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._passes = 0
        del self.globals["lipsum"]  # paragraphs of nonsense, without end
        self.filters = {name: _bounded(use) for name, use in self.filters.items()}
        self.filters |= {_COUNT: self._count_pass, _JOIN: self._joined}

    @pass_context  # or it would be worked out once, when the template is compiled
    def _count_pass(self, _: Context, __: Any) -> None:
        """One more pass through a loop or a macro."""
        self._passes += 1
        if self._passes > PASSES:
            raise TooMuchError("it goes round and round; is a loop inside another, or a macro calling itself?")

    def _joined(self, *parts: Any) -> str:
        """Texts one after another."""
        texts = [str(part) for part in parts]
        _short_enough(sum(map(len, texts)))
        return "".join(texts)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate, where the result can't grow without end."""
        if operator == "**":
            raise TooMuchError("powers can't be calculated in a template")
        if operator == "*":
            _short_enough(_size(left) * _size(right))
        elif operator == "+":
            _short_enough(_size(left) + _size(right))
        elif operator == "%" and isinstance(left, str):
            raise TooMuchError("use ~ to put texts together, not %")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A text is not filled in by `format`: its fields may be a thousand million letters wide."""
        if isinstance(obj, str) and attribute in {"format", "format_map"}:
            raise TooMuchError("use ~ to put texts together, not format")
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 (as in the sandbox)
        """Call a method of a text or a list."""
        _moderate(args, kwargs)
        return _checked(super().call(__context, __obj, *args, **kwargs))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > TEMPLATE_LETTERS:
            raise TooMuchError("it is far too long for a template")
        tree = super()._parse(source, name, filename)
        found: list[Any] = [*tree.find_all((nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block))]
        for loop in found:
            counting = nodes.Filter(nodes.Const(0), _COUNT, [], [], None, None)
            loop.body.insert(0, nodes.ExprStmt(counting).set_lineno(loop.lineno))
        for joined in [*tree.find_all(nodes.Concat)]:
            first, *rest = joined.nodes
            _put_in_place(tree, joined, nodes.Filter(first, _JOIN, rest, [], None, None).set_lineno(joined.lineno))
        return tree.set_environment(self)  # type: ignore[return-value]  # it gives itself


def in_bounds(parts: Iterator[str]) -> str:
    """A document from its parts, while it is no longer than any document is."""
    kept, letters = list[str](), 0
    for part in parts:
        letters += len(part)
        _short_enough(letters)
        kept.append(part)
    return "".join(kept)


def _put_in_place(tree: nodes.Node, old: nodes.Node, new: nodes.Node) -> None:
    for parent in [tree, *tree.find_all(nodes.Node)]:
        for field, value in parent.iter_fields():
            if value is old:
                setattr(parent, field, new)
            elif isinstance(value, list) and any(one is old for one in value):
                value[:] = [new if one is old else one for one in value]


def _bounded(use: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(use)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        _moderate(args, kwargs)
        if use is do_format:
            _only_narrow_fields(*args)
        return _checked(use(*args, **kwargs))

    return bounded


def _only_narrow_fields(text: Any, *_: Any) -> None:
    if re.search(r"\d{5}", str(text)):
        raise TooMuchError("a field in it is far too wide")


def _moderate(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    texts = [one for one in (*args, *kwargs.values()) if isinstance(one, str)]
    numbers = [one for one in (*args, *kwargs.values()) if isinstance(one, int)]
    if any(abs(number) > NUMBER for number in numbers) or sum(map(len, texts)) > LETTERS:
        raise TooMuchError("a number or a text in it is far too large")


def _checked(result: Any) -> Any:
    if isinstance(result, str | list | tuple):
        _short_enough(len(result))
    return result


def _short_enough(letters: int) -> None:
    if letters > LETTERS:
        raise TooMuchError("a text in it becomes longer than any document is")


def _size(value: Any) -> int:
    return abs(value) if isinstance(value, int) else len(value) if hasattr(value, "__len__") else 1
