"""Layers of the encoder as PyTorch has them, and the loop that teaches them with what reads them.

Owns how fast they learn over the steps, and what of a text each head looks at. Knows nothing of what is taught.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.noticing.danger_reader import SCALE
from assistant.retrieval.layers import WIDTH, layer_tensors

Array = NDArray[Any]
Step = TypeVar("Step")
Prepared = TypeVar("Prepared", bound="_WithStates")
WARMING, DECAY = 0.08, 0.01
TOLD = 50
"""Steps after which it's said again how far it is."""
DROPPED, DROPPED_OF_POOLED = 0.1, 0.15


class Layers(nn.Module):  # type: ignore[misc]
    """Some layers of the encoder, as assistant/retrieval/encoder.py has them in NumPy."""

    def __init__(self, weights: Mapping[str, Array], layers: Sequence[int]) -> None:
        super().__init__()
        self.layers = layers
        self.tensors = nn.ParameterDict(
            {
                name.replace(".", "/"): nn.Parameter(torch.tensor(np.array(weights[name])))
                for name in layer_tensors(layers)
            }
        )

    def forward(self, hidden: Tensor, here: Tensor) -> Tensor:
        for layer in self.layers:
            hidden = self.one(hidden, hidden, here[:, None, None, :].bool(), f"encoder.layer.{layer}")
        return hidden

    def one(self, hidden: Tensor, seen: Tensor, mask: Tensor, name: str) -> Tensor:
        """One layer, in which each piece looks at those `seen`."""
        return self.beside(hidden, *self.keys(seen, name), mask, name)

    def keys(self, seen: Tensor, name: str) -> tuple[Tensor, Tensor]:
        """What each head of a layer looks at in some states, and what it takes from them."""
        return self._heads(seen, f"{name}.attention.self.key"), self._heads(seen, f"{name}.attention.self.value")

    def _heads(self, states: Tensor, part: str) -> Tensor:
        return self._dense(states, part).view(*states.shape[:2], 12, WIDTH // 12).transpose(1, 2)

    def beside(self, hidden: Tensor, key: Tensor, value: Tensor, mask: Tensor, name: str) -> Tensor:
        """One layer, in which each piece looks at what `keys` has of others."""
        query = self._heads(hidden, f"{name}.attention.self.query")
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = self._dense(attended.transpose(1, 2).reshape(hidden.shape), f"{name}.attention.output.dense")
        hidden = self._normed(hidden + self._dropped(attended), f"{name}.attention.output.LayerNorm")
        wide = functional.gelu(self._dense(hidden, f"{name}.intermediate.dense"))
        return self._normed(
            hidden + self._dropped(self._dense(wide, f"{name}.output.dense")), f"{name}.output.LayerNorm"
        )

    def _dropped(self, values: Tensor) -> Tensor:
        return functional.dropout(values, DROPPED, self.training)

    def taught(self) -> dict[str, Array]:
        """The tensors as they are now, by their published names."""
        return {name: self._tensor(name).detach().numpy() for name in layer_tensors(self.layers)}

    def _tensor(self, name: str) -> Tensor:
        return self.tensors[name.replace(".", "/")]

    def _dense(self, values: Tensor, name: str) -> Tensor:
        return functional.linear(values, self._tensor(f"{name}.weight"), self._tensor(f"{name}.bias"))

    def _normed(self, values: Tensor, name: str) -> Tensor:
        return functional.layer_norm(
            values, (WIDTH,), self._tensor(f"{name}.weight"), self._tensor(f"{name}.bias"), 1e-12
        )


def warmed(optimizer: torch.optim.Optimizer, steps: int, warming: float) -> torch.optim.lr_scheduler.LambdaLR:
    """Rates that rise over a share `warming` of the steps, and fall along half a cosine over all of them."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / (warming * steps)) * 0.5 * (1 + math.cos(math.pi * step / steps)),
    )


def learn(
    layers: Layers,
    heads: Iterable[nn.Parameter],
    steps: Sequence[Step],
    off: Callable[[Step], Tensor],
    rates: tuple[float, float],
) -> None:
    """Teach some layers and what reads them, each at its own rate, by how far `off` they are in each step.

    How far it has come goes to stderr.
    """
    of_layers, of_heads = rates
    optimizer = torch.optim.AdamW(
        [{"params": layers.parameters(), "lr": of_layers}, {"params": heads, "lr": of_heads}], weight_decay=DECAY
    )
    falling = warmed(optimizer, len(steps), WARMING)
    for number, step in enumerate(steps):
        by = off(step)
        optimizer.zero_grad()
        by.backward()
        nn.utils.clip_grad_norm_(layers.parameters(), 1.0)
        optimizer.step()
        falling.step()
        if number % TOLD == 0:
            print(f"{number} of {len(steps)}: {by.item():.3f}", file=sys.stderr, flush=True)


class _WithStates(Protocol):
    @property
    def states(self) -> Tensor: ...


def like_length(ready: Sequence[Prepared], together: int, chance: random.Random) -> list[list[Prepared]]:
    """What was made ready in batches of like length, in any order."""
    order = sorted(ready, key=lambda one: len(one.states) + chance.random() * 20)
    batches = [order[at : at + together] for at in range(0, len(order), together)]
    chance.shuffle(batches)
    return batches


def looked_for(hidden: Tensor, here: Tensor, looks_for: Tensor, *, training: bool) -> tuple[Tensor, Tensor, Tensor]:
    """The mean of some states, where each head looks, and what it finds there."""
    mean = (hidden * here[:, :, None]).sum(1) / here.sum(1, keepdim=True)
    mean = functional.dropout(functional.normalize(mean, dim=1) * SCALE, DROPPED_OF_POOLED, training)
    looked = torch.einsum("btd,kd->bkt", hidden, looks_for) / SCALE
    looked = looked.masked_fill(here[:, None, :] == 0, -1e9).softmax(-1)
    found = functional.normalize(torch.einsum("bkt,btd->bkd", looked, hidden), dim=2) * SCALE
    return mean, looked, functional.dropout(found, DROPPED_OF_POOLED, training)
