"""What the style sheets inside a saved page hide.

Owns the few declarations that take words from sight, and the simple selectors that pages use for them. A sheet that
stands in another file is never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"(?P<selectors>[^{}]{1,2000})\{(?P<said>[^{}]{0,4000})\}")
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:(?P<sign>[.#])(?P<name>[\w-]+))?\Z", re.IGNORECASE)
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display:none|visibility:hidden|opacity:0(?:\.0+)?|font-size:0(?:px|pt|em)?"
    r"|(?:left|top|text-indent|margin-left):-\d{3,}(?:px|em)?|clip:rect\([01])(?:!important)?\s*(?:;|$|[\d, p])",
    re.IGNORECASE,
)


def hides(style: str) -> bool:
    """Whether declarations take words from sight."""
    return bool(style) and _HIDING.search(re.sub(r"\s+", "", style)) is not None


def hidden_by_styles(root: Any) -> Iterator[Any]:
    """The elements that the page's own style sheets hide; what holds only for print or small screens does not count."""
    for sheet in root.xpath("//style"):
        if (sheet.get("media") or "all").strip().lower() not in {"all", "screen"}:
            continue
        for rule in _RULE.finditer(_outside_media(_COMMENT.sub("", sheet.text or ""))):
            if hides(rule["said"]):
                for selector in rule["selectors"].split(","):
                    yield from _chosen(root, selector.strip())


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
