"""What the style sheets of a saved page hide: those inside it, and those that a browser saved beside it.

Owns the few declarations that take words from sight, and the simple selectors that pages use for them. Nothing is ever
fetched: a sheet that was not saved with the page is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Sheets = Callable[[str], str | None]
"""The style sheet that a page calls by an address, where it was saved with the page."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"(?P<selectors>[^{}]{1,2000})\{(?P<said>[^{}]{0,4000})\}")
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:(?P<sign>[.#])(?P<name>[\w-]+))?\Z", re.IGNORECASE)
_SHOWING = re.compile(r"(?:^|;)\s*(?:display:(?!none)\w|visibility:visible|opacity:(?:1|0?\.\d))", re.IGNORECASE)
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display:none|visibility:hidden|opacity:0(?:\.0+)?|font-size:0(?:px|pt|em)?"
    r"|(?:left|top|text-indent|margin-left):-\d{3,}(?:px|em)?|clip:rect\([01])(?:!important)?\s*(?:;|$|[\d, p])",
    re.IGNORECASE,
)


def hides(style: str) -> bool:
    """Whether declarations take words from sight."""
    return bool(style) and _HIDING.search(re.sub(r"\s+", "", style)) is not None


def hidden_by_styles(root: Any, sheets: Sheets | None = None) -> Iterator[Any]:
    """The elements that the page's style sheets hide; what holds only for print or small screens does not count.

    Of two rules for an element the later one holds.
    """
    hidden: dict[Any, None] = {}
    for sheet in _sheets(root, sheets):
        for rule in _RULE.finditer(_outside_media(_COMMENT.sub("", sheet))):
            hiding = hides(rule["said"])
            if not hiding and not _SHOWING.search(re.sub(r"\s+", "", rule["said"])):
                continue
            for selector in rule["selectors"].split(","):
                for element in _chosen(root, selector.strip()):
                    if hiding:
                        hidden[element] = None
                    else:
                        hidden.pop(element, None)
    yield from hidden


def sheets_elsewhere(root: Any, sheets: Sheets | None = None) -> int:
    """How many of a page's style sheets are in files that were not saved with it."""
    return sum(sheets is None or sheets(address) is None for address in map(_address, root.xpath("//link")) if address)


def _sheets(root: Any, sheets: Sheets | None) -> Iterator[str]:
    """The words of the sheets for the screen, in the order of the page."""
    for element in root.xpath("//style | //link"):
        if element.tag == "style":
            if _for_screens(element):
                yield element.text or ""
        elif sheets is not None and (address := _address(element)):
            yield sheets(address) or ""


def _address(link: Any) -> str:
    """Where a sheet for the screen is, of an element that calls one."""
    calls = "stylesheet" in (link.get("rel") or "").lower().split() and _for_screens(link)
    return (link.get("href") or "").strip() if calls else ""


def _for_screens(element: Any) -> bool:
    return (element.get("media") or "all").strip().lower() in {"all", "screen"}


def _outside_media(sheet: str) -> str:
    """A sheet without the blocks that hold under a condition."""
    kept: list[str] = []
    depth = begin = 0
    for sign in re.finditer(r"[{}]", sheet):
        if sign[0] == "{":
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                block = sheet[begin : sign.end()]
                if not block.lstrip().startswith("@"):
                    kept.append(block)
                begin = sign.end()
    return "".join(kept)


def _chosen(root: Any, selector: str) -> Iterator[Any]:
    match = _SIMPLE.fullmatch(selector)
    if match is None or not selector or (match["tag"] or "").lower() in {"html", "body"}:
        return
    tag = (match["tag"] or "*").lower()
    if match["sign"] == "#":
        yield from root.xpath(f"//{tag}[@id=$name]", name=match["name"])
    elif match["sign"] == ".":
        yield from root.xpath(
            f"//{tag}[contains(concat(' ', normalize-space(@class), ' '), concat(' ', $name, ' '))]", name=match["name"]
        )
    elif tag != "*":
        yield from root.xpath(f"//{tag}")
