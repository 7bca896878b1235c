"""Which questions of the bank somebody who knows supervision would be glad to ask after an answer.

Owns the use of what was learnt from `tools/training/next-questions/` (`python -m tools.train_finder`): talks in which
such people chose, after each answer, the best questions of the whole bank. The encoder's last layers, taught further,
read the answer with what was said before it in view; each question has a place in the same space, worked out once, so
that a thousand questions cost what one does. Knows nothing of sessions, and not whether a question may be asked. Where
nothing is learnt, or the encoder's weights are not installed, it is silent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.conversation.reranker import ANSWER, ASKED, BEFORE, LAYERS, Exchange, Placed
from assistant.conversation.themes import Question
from assistant.noticing.danger_reader import SCALE
from assistant.resources import shipped
from assistant.retrieval.taught_layers import kept_as, taught_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieval.encoder import Encoder
    from assistant.retrieval.layers import LookedAt
    from assistant.retrieval.protocols import Vectors

LEARNT = "finder.learnt"
MOST_OF_ASKED, MOST_OF_ANSWER, MOST_OF_THE_FIRST, MOST_OF_ONE_BEFORE = 28, 120, 60, 28
"""Pieces of words read: of the question answered, its answer, the first answer of all, and each of the last."""
LAST_BEFORE = 3
"""Earlier answers looked at beside the first."""
MOST_CHARACTERS = 800
"""Enough to hold so many pieces, and few enough for the tokenizer to read all."""
LOOKS_SHARP = 4.0
PARTS = ("part", "looks-for", "said", "said.bias", "asked", "asked.bias", "mix", "sharp", "trust")
QUESTIONS = ("questions", "liked", "keys")
"""Of each question its place, how often it's chosen whatever was said, and whether it still stands as it was."""
_NAMED = {"{child}": "the child", "{parent}": "the parent", "{words}": "that"}


def plain(question: Question) -> tuple[str, str]:
    """A question as it is compared, without and with what it is asked for."""
    text = question.text
    for name, word in _NAMED.items():
        text = text.replace(name, word)
    return text, f"{text} {question.intent}"


def key_of(question: Question) -> bytes:
    """Sixteen bytes that any change to a question's words or examples changes."""
    return hashlib.sha256("\n".join((*plain(question), *question.after)).encode()).digest()[:16]


def before_as_read(encoder: Encoder, exchange: Exchange) -> tuple[tuple[int, ...], ...]:
    """The first answer and the last, without their questions."""
    from assistant.retrieval.encoder import CLOSES, OPENS

    answers = [answer for _, answer in exchange.before]
    limits = [MOST_OF_THE_FIRST, *[MOST_OF_ONE_BEFORE] * LAST_BEFORE]
    return tuple(
        (OPENS, *encoder.placed(answer[:MOST_CHARACTERS])[0][:most], CLOSES)
        for answer, most in zip([*answers[:1], *answers[1:][-LAST_BEFORE:]], limits, strict=False)
    )


def answer_as_read(encoder: Encoder, exchange: Exchange) -> Placed:
    """An answer after its question; of a long one its beginning and its end."""
    from assistant.retrieval.encoder import CLOSES, OPENS

    asked = encoder.placed(exchange.asked)[0][-MOST_OF_ASKED:]
    pieces = _begun_and_ended(encoder, exchange.answer)
    whole = (OPENS, *asked, CLOSES, *pieces, CLOSES)
    return Placed(whole, (*[ASKED] * (len(asked) + 2), *[ANSWER] * (len(pieces) + 1)))


def _begun_and_ended(encoder: Encoder, answer: str) -> list[int]:
    if len(answer) <= MOST_CHARACTERS:
        pieces = encoder.placed(answer)[0]
        if len(pieces) <= MOST_OF_ANSWER:
            return list(pieces)
    half = MOST_OF_ANSWER // 2
    begun, places = encoder.placed(answer[: MOST_CHARACTERS // 2])
    start = max(len(answer) - MOST_CHARACTERS // 2, places[:half][-1][1] if places else 0)
    return [*begun[:half], *encoder.placed(answer[start:])[0][-half:]]


class TaughtFinder:
    """The taught layers, and the questions' places."""

    def __init__(self, published: Encoder, arrays: Mapping[str, NDArray[Any]], questions: Sequence[Question]) -> None:
        self._published = published
        self._encoder = taught_encoder(published, arrays, LAYERS)
        self._arrays = arrays
        self._looked_at: dict[tuple[int, ...], tuple[LookedAt, ...]] = {}
        self.places = self._placed(questions)
        """One row a question, and how often each is chosen whatever was said."""

    def found(self, exchange: Exchange) -> tuple[float, ...]:
        """For every question how surely it would be chosen, from 0 to 1."""
        import numpy as np

        looks = self._looks(self._read(answer_as_read(self._encoder, exchange), exchange))
        questions, liked = self.places
        each = looks @ questions.T * self._arrays["sharp"]
        highest = each.max(axis=0)
        score = np.log(np.exp(each - highest).mean(axis=0)) + highest + liked
        score -= np.log(np.exp(score - score.max()).sum()) + score.max()
        slope, offset = self._arrays["trust"]
        fits: list[float] = (1 / (1 + np.exp(-(slope * score + offset)))).tolist()
        return tuple(fits)

    def make_ready(self, exchange: Exchange) -> tuple[tuple[int, ...], ...]:
        """See what was said before, which its answer is read upon; gives it as it's read."""
        texts = before_as_read(self._encoder, exchange)
        known = self._looked_at  # 0.2 MB each, so only those of the last exchange
        self._looked_at = {one: known.get(one) or self._seen(one) for one in texts}
        return texts

    def _read(self, text: Placed, exchange: Exchange) -> Vectors:
        """The answer's states, read with what was said before it in view."""
        from assistant.retrieval.layers import together

        texts = self.make_ready(exchange)
        hidden: Vectors = self._encoder.below(LAYERS[0], [text.pieces])[0] + self._arrays["part"][list(text.belongs)]
        beside = [together(of_one) for of_one in zip(*(self._looked_at[one] for one in texts), strict=True)]
        return self._encoder.layers.through(LAYERS, [hidden], [beside] if beside else ())[0]

    def _seen(self, pieces: tuple[int, ...]) -> tuple[LookedAt, ...]:
        """What each taught layer sees of an earlier answer, which looks at nothing but itself."""
        layers = self._encoder.layers
        hidden = self._encoder.below(LAYERS[0], [pieces])[0] + self._arrays["part"][BEFORE]
        lower = layers.looked_at(LAYERS[0], hidden)
        return lower, layers.looked_at(LAYERS[1], layers.through(LAYERS[:1], [hidden])[0])

    def _looks(self, states: Vectors) -> Vectors:
        """What the answer calls for, several things and all of it together, as places in the questions' space."""
        import numpy as np

        looked = states @ self._arrays["looks-for"].T * np.float32(LOOKS_SHARP / SCALE)
        looked = np.exp(looked - looked.max(axis=0))
        looked /= looked.sum(axis=0)
        return self._drawn(np.vstack([looked.T @ states, states.mean(axis=0, keepdims=True)]), "said")

    def _placed(self, questions: Sequence[Question]) -> tuple[Vectors, Vectors]:
        """One row a question: kept where it stands as it was when they were learnt, else worked out (50 ms each)."""
        import numpy as np

        arrays = self._arrays
        kept = {
            key.tobytes(): row
            for key, row in zip(arrays["keys"], zip(arrays["questions"], arrays["liked"], strict=True), strict=True)
        }
        usual = float(np.median(arrays["liked"]))
        rows = [kept.get(key_of(question)) or (self._place_of(question), usual) for question in questions]
        return (
            np.array([row for row, _ in rows], dtype=np.float32),
            np.array([liked for _, liked in rows], dtype=np.float32),
        )

    def _place_of(self, question: Question) -> Vectors:
        vectors = self._published.encode([*plain(question), *question.after])
        together = (mixed(vectors) * self._arrays["mix"][:, None]).sum(axis=0, keepdims=True)
        place: Vectors = self._drawn(together, "asked")[0]
        return place

    def _drawn(self, vectors: Vectors, side: str) -> Vectors:
        import numpy as np

        drawn = vectors @ self._arrays[side].T.astype(np.float32) + self._arrays[f"{side}.bias"]
        length: Vectors = drawn / np.maximum(np.linalg.norm(drawn, axis=1, keepdims=True), 1e-12)
        return length


def open_finder(encoder: Encoder, questions: Sequence[Question]) -> TaughtFinder | None:
    """The finder that is shipped; None where what was learnt is of another encoder."""
    from assistant.retrieval import index_file

    arrays = index_file.peek(shipped("models") / LEARNT, *kept_names(), made_from={"encoder": encoder.checksum})
    return TaughtFinder(encoder, arrays, questions) if arrays else None


def mixed(vectors: Vectors) -> Vectors:
    """Of a question's vectors those that are mixed: its words, its words with what it's for, and its examples' mean."""
    import numpy as np

    examples = vectors[2:].sum(axis=0)
    return np.vstack([vectors[:2], examples / max(float(np.linalg.norm(examples)), 1e-12)])


def kept_names() -> tuple[str, ...]:
    """The arrays that hold what was learnt."""
    return (*kept_as(LAYERS), *PARTS, *QUESTIONS)
