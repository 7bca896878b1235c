"""The decision about danger: from what an answer says to a level and the kinds shown at it.

Owns two judgements kept apart: how surely there is danger, which sets the level, and which danger it then is, which
sets the kinds. A full card needs both. Everything here is figures learnt by `tools/train_danger_model.py`; only the
order of urgency is written by people, and the limits are those of `prompts/act-now.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from assistant.noticing.danger_columns import ANY, KINDS
from assistant.noticing.observations import Danger, DangerKind, Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS: tuple[Level, ...] = get_args(Level)
"""The surest first."""
Limit = Literal["doubtful", "faint", "never", "silent"]
LIMITS: tuple[Limit, ...] = get_args(Limit)
"""The strictest last; of two that hold for one kind the stricter counts."""
NOT_MEANT = frozenset[Limit](("never", "silent"))
LEAST_LEFT = 0.1
"""Of the likelihood, where a kind that can't be meant held the rest. With less no other danger is told either: one
question about the child is left of it, and where the limit is `silent` nothing is."""
HARDLY_MORE = 12
"""Words of an answer that says little beside its sign, and so has little to speak for or against it."""
URGENCY: tuple[DangerKind, ...] = (
    "life-in-danger",
    "injury-non-mobile-baby",
    "suicide-or-serious-self-harm",
    "violence-or-threat-now",
    "poisoning-or-drugs-in-reach",
    "sexual-abuse-disclosure",
    "unsafe-care-now",
    "child-missing-or-unseen",
)


LEAST_MEANT_ON_A_CARD = -2.0
"""What the meaning must say at the least for a kind that has no sign before its full card is shown: without it a long
account of a loved family, a baby and a father just out of prison was told of "a child without a safe adult" by its
words alone. Of 180 dangers one has its card no more (138 have it, 139 had)."""


class Sighting(Danger):
    """A sign of danger as the words show it, before the rest of the answer is weighed."""

    plain: Level | None = None
    """The level it is raised to wherever the rest of the answer does not speak against it, so specific is it."""


class Look(NamedTuple):
    """What the rules of `prompts/act-now.yaml` find in an answer."""

    signs: tuple[Sighting, ...]
    traits: frozenset[str] = frozenset()
    """What speaks for or against danger: signs by how surely they are said, and vocabularies around them."""
    limits: Mapping[DangerKind, Limit] = {}
    length: int = 0
    """Its words."""


class Spoken(NamedTuple):
    """What each source says: a figure for each of KINDS and a last one for any."""

    meaning: NDArray[Any]
    """Noughts without the encoder."""
    words: NDArray[Any]
    signs: NDArray[Any]

    def of_any(self) -> NDArray[Any]:
        """What tells how surely there is danger: the three sources, and the loudest kind of the first two."""
        import numpy as np

        loudest = (self.meaning[:ANY].max(), self.words[:ANY].max())
        told: NDArray[Any] = np.array([self.meaning[ANY], self.words[ANY], self.signs[ANY], *loudest])
        return told

    def of_kinds(self) -> NDArray[Any]:
        """What tells which danger: a row a kind, a column a source."""
        import numpy as np

        told: NDArray[Any] = np.stack([self.meaning[:ANY], self.words[:ANY], self.signs[:ANY]], axis=1)
        return told


@dataclass(frozen=True)
class Edges:
    """Figures from which a level begins; the first three are rates on whole answers of ordinary talk."""

    sure: float
    doubtful: float
    faint: float
    bare: float
    """From here a sign is raised where hardly anything else is said."""
    card: float
    """Share of the likelihood that a kind needs before its full card is shown."""
    beside: float
    """From this share a kind stands beside the likeliest one."""
    borne_out: float
    """Below this share a faint sign says only that there may be danger,"""
    ground: float
    """and below this of what its words say for its own kind, however little they say for the others."""
    plain: float
    """From here a plain sign is asked about among more words;"""
    marked: float
    """and from here a mark on a baby who is known not to move about yet."""
    told: float
    """A kind without a sign of its own is asked about where its words say as much as this,"""
    meant: float
    """or their meaning as much as this;"""
    whichever: float
    """and where no kind is told so, from here up. Below it's faint."""


A_MARK: DangerKind = "injury-non-mobile-baby"
"""Where its sign is plain, a mark on a baby who is known not to move about yet, little else need speak for it: "I
didn't say that she was injured. She had a little mark"."""


@dataclass(frozen=True)
class Raised:
    """What an answer raises."""

    level: Level
    kinds: tuple[DangerKind, ...]
    """The most urgent first."""
    borne_out: bool


@dataclass(frozen=True)
class Trust:
    """How far each source is trusted, for danger at all and for which danger it is."""

    any: NDArray[Any]
    """The factors of `Spoken.of_any` and a constant."""
    kind: NDArray[Any]
    """The factors of `Spoken.of_kinds`, the same for every kind."""
    edges: Edges

    def danger(self, spoken: Spoken) -> float:
        """How surely there is danger of any kind."""
        return float(spoken.of_any() @ self.any[:-1] + self.any[-1])

    def shares(self, spoken: Spoken) -> NDArray[Any]:
        """How likely each kind is, if there is danger; together one."""
        import numpy as np

        figures = spoken.of_kinds() @ self.kind
        likely: NDArray[Any] = np.exp(figures - figures.max())
        likely /= likely.sum()
        return likely

    def raised(self, spoken: Spoken, look: Look) -> Raised | None:
        """The level of an answer and its kinds: the likeliest and those beside it, the most urgent first."""
        danger = self.danger(spoken)
        reached = [level for level, edge in self._edges() if danger >= edge]
        by_itself = self._by_itself(danger, look)
        if not (reached or by_itself):
            return None
        level = min((*reached, *by_itself.values()), key=LEVELS.index)
        shares = self.shares(spoken)
        likely = {
            kind: float(share) if level in reached else float(kind in by_itself)  # it is why the answer is raised
            for kind, share in zip(KINDS, shares, strict=True)
            if look.limits.get(kind) not in NOT_MEANT
        }
        if sum(likely.values()) < LEAST_LEFT:
            silent = "silent" in look.limits.values()
            return None if silent else Raised("faint", (max(likely, key=likely.__getitem__),), borne_out=False)
        surely = bool(by_itself) or danger >= self.edges.whichever
        return self._at(level, likely, spoken, look, surely=surely)

    def _at(
        self, level: Level, likely: Mapping[DangerKind, float], spoken: Spoken, look: Look, *, surely: bool
    ) -> Raised:
        """`surely`: it's asked about also where no kind speaks for itself."""
        least = min(max(likely.values()), self.edges.beside)
        kinds = tuple(kind for kind in URGENCY if likely.get(kind, 0.0) >= least)
        if level == "sure":
            on_card = tuple(
                kind
                for kind in kinds
                if likely[kind] >= self.edges.card and kind not in look.limits and _is_told(kind, spoken, look)
            )
            level, kinds = ("sure", on_card) if on_card else ("doubtful", kinds)
        if level == "doubtful" and any(look.limits.get(kind) != "faint" for kind in kinds):
            kinds = tuple(kind for kind in kinds if look.limits.get(kind) != "faint")
        elif level == "doubtful":
            level = "faint"
        if level == "doubtful":
            shown = tuple(kind for kind in kinds if self._shows(kind, spoken, look))
            level, kinds = ("doubtful", shown or kinds) if shown or surely else ("faint", kinds)
        if level != "faint":
            return Raised(level, kinds, borne_out=level == "sure" or likely[kinds[0]] >= self.edges.borne_out)
        borne_out = tuple(
            kind
            for kind in kinds
            if look.limits.get(kind) != "faint"
            and likely[kind] >= self.edges.borne_out
            and spoken.words[KINDS.index(kind)] >= self.edges.ground
        )
        return Raised(level, borne_out or kinds[:1], bool(borne_out))

    def _shows(self, kind: DangerKind, spoken: Spoken, look: Look) -> bool:
        """A sign, its words or their meaning speak for this kind itself, and not only for danger of any."""
        place = KINDS.index(kind)
        said = spoken.words[place] >= self.edges.told or spoken.meaning[place] >= self.edges.meant
        return bool(said) or any(sign.kind == kind for sign in look.signs)

    def _by_itself(self, danger: float, look: Look) -> dict[DangerKind, Level]:
        """Kinds whose sign is enough: a plain one, and where hardly anything else is said any sure one, to be asked.

        Among more words a plain sign alone makes no full card: of writers left out, "said he was going to die if he has
        to share a room" and five like it did, beside four dangers.
        """
        bare = look.length <= HARDLY_MORE
        enough: dict[DangerKind, Level] = {}
        for sign in look.signs:
            least = self.edges.marked if sign.kind == A_MARK and sign.plain is not None else self.edges.plain
            if danger < (min(least, self.edges.bare) if bare else least):
                continue
            if sign.plain is not None:
                enough[sign.kind] = sign.plain if bare or danger >= self.edges.doubtful else "doubtful"
            elif bare and sign.level == "sure":
                enough[sign.kind] = "faint" if sign.kind in look.limits else "doubtful"
        return enough

    def _edges(self) -> tuple[tuple[Level, float], ...]:
        return ("sure", self.edges.sure), ("doubtful", self.edges.doubtful), ("faint", self.edges.faint)


def _is_told(kind: DangerKind, spoken: Spoken, look: Look) -> bool:
    """A sign of this kind stands there, or the answer hardly speaks against it by what it means."""
    signed = any(sign.kind == kind for sign in look.signs)
    return signed or bool(spoken.meaning[KINDS.index(kind)] >= LEAST_MEANT_ON_A_CARD)
