"""How a review's points are written down for a person to read against the document."""

from __future__ import annotations

from assistant.library.parsing import Parsed


def listing(parsed: Parsed) -> str:
    """Each point with its lines, kind, audience and words, under its section; then what is left out."""
    lines: list[str] = []
    path: tuple[str, ...] = ()
    for point in parsed.points:
        if point.path != path:
            path = point.path
            lines += ["", "## " + " > ".join(path)]
        first, last = point.lines
        where = f"{first}" if first == last else f"{first}-{last}"
        lines.append(f"{where:>7}  {point.kind:<14} {point.audience:<12} {' '.join(point.text.split())}")
        if point.under:
            lines.append(f"{'':>9}under {point.under}")
        lines += [f"{'':>9}names {resource}" for resource in point.resources]
    lines += ["", "## Left out"]
    for left in parsed.left_out:
        lines += [f"{left.lines[0]:>7}  {' '.join(left.text.split())}", f"{'':>9}{left.reason}"]
    return "\n".join(lines).strip() + "\n"
