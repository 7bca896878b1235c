"""Phrases laid out as numbers in a row, as they are looked through.

Owns the layout and the walk through it. The tens of thousands of places of all phrases would be as many small objects,
and in a process forked from another each one that is looked at copies a page of memory: a browser's tab kept 4 MB more
to itself. Knows nothing of how phrases are written.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

Spans = dict[int, list[int]]
"""For each position a match begins at, where it may end."""

Way = Sequence[tuple[Collection[int], int]]
"""A phrase: for each place the options, as numbers, or how many words may stand there."""

_END = 0
"""After the last place of a phrase. Each before it is how many options it has, and those; or a gap, below nothing."""


class PackedPhrases:
    """Every phrase of some vocabularies. A phrase is known by where it stands in the row."""

    def __init__(self, ways: Iterable[tuple[int, Way]], often: Mapping[int, int]) -> None:
        """`ways` are phrases with the rank of the vocabulary each belongs to, `often` how often each option is used."""
        self._row = array("i")
        uses: list[list[tuple[int, int]]] = [[] for _ in range(max(often, default=-1) + 1)]
        for rank, way in ways:
            rarest, *needed = sorted(
                (place for place, (options, _) in enumerate(way) if options),
                key=lambda place: sum(often[option] for option in way[place][0]),
            )
            phrase = self._laid_out(way, needed)
            for option in way[rarest][0]:
                uses[option].append((rank, phrase))
        self._uses = array("i", (number for some in uses for use in some for number in use))
        self._uses_from = array("i", accumulate((2 * len(some) for some in uses), initial=0))

    def begun_by(self, option: int) -> Iterator[tuple[int, int]]:
        """The phrases an option is the rarest place of, each after the rank of its vocabulary."""
        numbers = iter(self._uses[self._uses_from[option] : self._uses_from[option + 1]])
        return zip(numbers, numbers, strict=True)

    def match(self, phrase: int, found: Mapping[int, Spans], into: Spans) -> None:
        """Where a phrase is said, given where its options are; nowhere unless one of each place is."""
        row = self._row
        places = phrase + 1 + row[phrase]
        for needed in row[phrase + 1 : places]:
            if found.keys().isdisjoint(row[needed + 1 : needed + 1 + row[needed]]):
                return
        for start, end, then in self._said(places, found):
            known = into.setdefault(start, [])
            for last in self._rest(then, end, found):
                if last not in known:
                    known.append(last)
            if not known:
                del into[start]

    def _laid_out(self, way: Way, needed: Sequence[int]) -> int:
        """Where a phrase now stands: where the places are without which it isn't looked for, then all places."""
        row, phrase = self._row, len(self._row)
        lengths = (1 + len(options) for options, _ in way)
        places = list(accumulate(lengths, initial=phrase + 1 + len(needed)))
        row.append(len(needed))
        row.extend(places[place] for place in needed)
        for options, gap in way:
            row.append(-gap if gap else len(options))
            row.extend(options)
        row.append(_END)
        return phrase

    def _said(self, place: int, found: Mapping[int, Spans]) -> Iterator[tuple[int, int, int]]:
        """Where a place is said: its start, its end, and the next place."""
        then = place + 1 + self._row[place]
        for option in self._row[place + 1 : then]:
            for start, ends in found.get(option, {}).items():
                for end in ends:
                    yield start, end, then

    def _rest(self, place: int, position: int, found: Mapping[int, Spans]) -> Sequence[int]:
        """Where what is left of a phrase may end, from a position on: place after place, each for all that came so
        far, since most phrases are given up at the next word."""
        row, reached = self._row, [position]
        while (many := row[place]) != _END:
            place += 1
            if many < 0:
                reached = sorted({at + step for at in reached for step in range(1 - many)})
                continue
            then = place + many
            further: list[int] = []
            for option in row[place:then]:
                if spans := found.get(option):
                    for at in reached:
                        further += spans.get(at, ())
            if not further:
                return ()
            place, reached = then, further
        return reached
