"""Learn `models/act-now.learnt` afresh from `tools/training/`.

    .venv/bin/python -m pip install torch scikit-learn     # the group `learn` of pyproject.toml
    .venv/bin/python -m tools.train_danger_model
    .venv/bin/python -m tools.train_danger_model --keep-layers
    .venv/bin/python -m tools.train_danger_model --further 15

Run after changing what it is learnt from. The encoder's last layers are taught first (teach_danger_reader.py), twice: a
reader that knows nothing of some writers says what it makes of them, which `tools/training/left-out.npy` keeps, and
the one that is shipped knows every writer (an hour and more on two quiet cores); with --keep-layers both stay as they
are. What runs of words and signs say is a logistic regression for each kind. How far each source may be trusted, for
danger at all and for which danger it is, and where each level begins, is set on the writers left out, by what was
learnt without them.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from sklearn.linear_model import LogisticRegression

from assistant.language.sentences import spoken_sentences
from assistant.noticing.danger_columns import ANY, KINDS
from assistant.noticing.danger_decision import Look, Spoken, Trust
from assistant.noticing.danger_finder import DangerFinder, open_danger_finder
from assistant.noticing.danger_model import LEARNT, as_read, heard_in, meant_by, trust_of
from assistant.noticing.danger_reader import reader_of, taught_names
from assistant.noticing.observations import ABOUT_THE_WORKER, TO_SUPPOSE
from assistant.noticing.sign_weights import SignWeights, numbers_of
from assistant.noticing.word_weights import WordWeights, runs
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import CHECKSUM
from tools.danger_answers import (
    LEFT_OUT,
    LEFT_OUT_FIGURES,
    OWN,
    SENTENCES,
    WRITERS,
    Answer,
    answers,
    answers_file,
    single_sentences,
)
from tools.labelled_sentences import LABELLED
from tools.manifests import record
from tools.published import published_encoder
from tools.teach_danger_reader import SEED, teach, teach_further

Array = NDArray[Any]

OTHERS = tuple(writer for writer in WRITERS if writer not in LEFT_OUT)
LEAST_OFTEN = 2
"""Answers that must hold a run for anything to be learnt of it."""
LOOSENESS = 20.0
"""Of the regressions; 3 found 69 of a hundred dangers where 20 finds 74, and 60 no more."""
OF_A_SENTENCE = 0.3
"""What a single sentence counts against an answer: 1 is worse than leaving them out."""
SIGN_LEAST_OFTEN, SIGN_LOOSENESS = 3, 0.3
INVITED = {"suppose": (TO_SUPPOSE,), "wellbeing": (ABOUT_THE_WORKER,), "workload": (ABOUT_THE_WORKER,)}
"""What the questions of the answers learnt from invite. The edges are set without: an answer may come without one."""
RATES = {"sure": 0.003, "doubtful": 0.015, "faint": 0.15}
"""Shares of ordinary answers of the writers left out that reach each level. People who write otherwise reach it more
often (the middle one 1 to 5 in a hundred, in sets that nothing was learnt from), and the reader that is shipped
knows more writers than the one they were measured by, and speaks a tenth louder for danger and against it. With
the first at 0.002 half the dangers of the writers left out get the full card of their kind, and 0.3% of their ordinary
answers one; with 0.003 it is 57% and 0.5%, with 0.005 60% and 0.5%. Of four sets by four writers that nothing was
learnt from (640 ordinary answers, 320 with danger told sideways) a middle one of 0.01 interrupts 1.6% and shows or asks
about 87.5%, 0.015 1.9 and 89%, 0.02 2.2 and 90%, 0.025 2.5 and 92%, 0.03 2.7 and 93%; but of a fifth 0.025 interrupts
4.7%, and 0.015 fewer than 3."""
BARE = -6.0
"""Where a sign is raised though hardly anything else is said. The answers learnt from have thirty words, and what says
no more than "He is not breathing." stands at -3, "My heart stopped." at -7.7, "Drowning, absolutely drowning" at -8.5.
Of a thousand ordinary answers of twelve words or fewer 23 hold a sign that the rules are sure of."""
PLAIN, MARKED = -2.15, -4.0
"""Where a plain sign is asked about among more words, and a mark on a known baby. Of the writers left out 15 ordinary
answers of more than twelve words were asked about for a sign alone, from nowhere upwards, and nine are; dangers,
seven. At -1.3 it would be six, but "She took an overdose this morning and she's at home with the little one" stands
at -2.1."""
TOLD, MEANT, WHICHEVER = -1.5, 2.0, 1.4
"""What the words, or their meaning, must say for a kind without a sign of its own before it's asked about; and where
none is told so, how surely there is danger. Of 678 ordinary answers nothing was learnt from 23 were interrupted and 19
are, of 300 dangers 284 were shown or asked about and 281 are; with the last at 2.6 it would be 14 and 273, at .95 (the
middle edge) as before."""
CARD, BESIDE, BORNE_OUT, GROUND = 0.5, 0.4, 0.6, -2.7
"""Shares of the likelihood: of a kind that gets its full card, of one that stands beside the likeliest, and of one that
a faint sign's question may be about; and what the words must say for it. Of faint dangers of the writers left out the
question is about the right kind in 83% where these are reached, and in 38% of the rest."""


TO_SPARE = 0.5
"""How much less than any danger of the writers left out words and signs must say for the meaning not to be read."""


def cut(words: str) -> list[str]:
    return as_read(words, list(spoken_sentences(words, at_turns=True)))


class Runs:
    """Texts as the runs they hold, known runs only."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        often = Counter(run for text in texts for run in set(runs(text)))
        self.known = np.array(sorted(run for run, times in often.items() if times >= LEAST_OFTEN), dtype=np.uint32)
        rarity = [1 + math.log((1 + len(texts)) / (1 + often[run])) for run in self.known.tolist()]
        self.rarity = np.array(rarity, dtype=np.float16)
        self.table = self.of(texts)

    def of(self, texts: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        empty = np.zeros((len(self.known), 0))
        reads = WordWeights(self.known, self.rarity, empty, empty[0])
        found = [reads.shares(text) for text in texts]
        columns = np.concatenate([rows for rows, _ in found])
        values = np.concatenate([shares for _, shares in found])
        ends = np.cumsum([0, *(len(rows) for rows, _ in found)])
        return sparse.csr_matrix((values, columns, ends), shape=(len(texts), len(self.known)))


def truth(kinds: Sequence[str | None]) -> Array:
    """For each text (row), each kind and any (columns)."""
    so = np.array([[kind == one for one in KINDS] for kind in kinds])
    return np.hstack([so, so.any(axis=1, keepdims=True)])


def learn_words(held: Runs, so: Array, counts: Array) -> WordWeights:
    weights, bias = np.zeros((len(held.known), ANY + 1), np.float16), np.zeros(ANY + 1, np.float32)
    for column in range(ANY + 1):
        model = LogisticRegression(C=LOOSENESS, solver="liblinear", random_state=0)
        model.fit(held.table, so[:, column], sample_weight=counts)
        weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return WordWeights(held.known, held.rarity, weights, bias)


def learn_signs(looks: Sequence[Look], so: Array) -> SignWeights:
    often = Counter(trait for look in looks for trait in look.traits)
    known = np.array(numbers_of({trait for trait, times in often.items() if times >= SIGN_LEAST_OFTEN}), np.uint32)
    table = np.array([np.isin(known, numbers_of(look.traits)) for look in looks], dtype=np.float64)
    weights, bias = np.zeros((ANY + 1, len(known)), np.float32), np.zeros(ANY + 1, np.float32)
    for column in range(ANY + 1):
        model = LogisticRegression(C=SIGN_LOOSENESS, solver="liblinear", random_state=0)
        model.fit(table, so[:, column])
        weights[column], bias[column] = model.coef_[0], model.intercept_[0]
    return SignWeights(known, weights, bias)


def learn_trust(spoken: Sequence[Spoken], so: Array) -> Array:
    """The row of figures of `danger_model.trust_of`."""
    tables = np.array([one.of_any() for one in spoken])
    of_any = LogisticRegression(C=1.0, max_iter=1000).fit(tables, so[:, ANY])
    loudest_first = np.sort(of_any.decision_function(tables)[~so[:, ANY]])[::-1]
    edges = [loudest_first[int(rate * len(loudest_first))] for rate in RATES.values()]
    danger = so[:, ANY]
    of_kind = learn_which(np.array([one.of_kinds() for one in spoken])[danger], so[danger, :ANY].argmax(axis=1))
    more = BARE, CARD, BESIDE, BORNE_OUT, GROUND, PLAIN, MARKED, TOLD, MEANT, WHICHEVER
    row = [*of_any.coef_[0], *of_any.intercept_, *of_kind, *edges, *more]
    return np.array(row, dtype=np.float64)


def least_heard(hears: Trust, words: Sequence[Spoken], trust: Trust, both: Sequence[Spoken], so: Array) -> float:
    """What words and signs say at the least of a danger of the writers left out that meaning bears out."""
    heard = [
        hears.danger(of_words)
        for of_words, of_both, kinds in zip(words, both, so, strict=True)
        if kinds[ANY] and trust.danger(of_both) >= trust.edges.faint
    ]
    return min(heard) - TO_SPARE


def learn_which(tables: Array, kinds: Array) -> Array:
    """The factors by which the sources of each kind, weighed against those of the others, tell which danger it is."""

    def wrong(factors: Array) -> tuple[float, Array]:
        figures = tables @ factors
        likely = np.exp(figures - figures.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        told = np.arange(len(kinds)), kinds
        off = -float(np.log(likely[told]).sum())
        likely[told] -= 1
        return off, np.einsum("nk,nks->s", likely, tables)

    return np.asarray(optimize.minimize(wrong, np.zeros(tables.shape[2]), jac=True, method="L-BFGS-B").x)


def curve(danger: Array, real: Array) -> dict[str, float]:
    """Share of danger found where so many ordinary answers are interrupted."""
    loudest_first = np.sort(danger[~real])[::-1]
    rates = (0.003, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2)
    return {
        f"{rate:.1%}": round(float((danger[real] > loudest_first[int(rate * len(loudest_first))]).mean()), 3)
        for rate in rates
    }


def measures(row: Array, spoken: Sequence[Spoken], so: Array) -> dict[str, Any]:
    """The curve, and how often the likeliest kind is the right one."""
    trust, real = trust_of(row), so[:, ANY]
    danger = np.array([trust.danger(one) for one in spoken])
    right = [trust.shares(one).argmax() == kinds.argmax() for one, kinds in zip(spoken, so, strict=True)]
    return {**curve(danger, real), "right kind likeliest": round(float(np.array(right)[real].mean()), 3)}


def measured_by_writer(spoken: Sequence[Spoken], so: Array, writers: Array) -> dict[str, Any]:
    """For each writer left out, what trust learnt from the others makes of them."""
    measured = {}
    for writer in LEFT_OUT:
        own = writers == writer
        theirs = [one for one, is_own in zip(spoken, own, strict=True) if is_own]
        row = learn_trust([one for one, is_own in zip(spoken, own, strict=True) if not is_own], so[~own])
        measured[f"writer {writer}"] = measures(row, theirs, so[own])
    return measured


def made_from() -> dict[str, str]:
    """Checksums of everything that is learnt from."""
    files = [*map(answers_file, WRITERS), SENTENCES, LEFT_OUT_FIGURES, *(LABELLED / name for name in OWN)]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def layers_there() -> dict[str, Array]:
    """The taught layers and heads of the file as it is."""
    there = index_file.peek(shipped("models") / LEARNT, *taught_names(), made_from={"encoder": CHECKSUM})
    if not there:
        raise SystemExit("There are no layers to keep.")
    return {name: values.copy() for name, values in there.items()}


def main() -> None:
    if "--keep-layers" in sys.argv[1:]:
        write(layers_there())
        return
    if "--further" in sys.argv[1:]:
        write(teach_further(layers_there(), int(sys.argv[-1])))
        return
    reader = reader_of(published_encoder(), teach(OTHERS))
    figures = [meant_by(cut(row.words), reader) for row in answers(*LEFT_OUT)]
    np.save(LEFT_OUT_FIGURES, np.array(figures, dtype=np.float16))
    write(teach(WRITERS))


def look_at(finder: DangerFinder, rows: Sequence[Answer]) -> list[Look]:
    """With what each question invites, where it is known to invite anything."""
    return [finder.look(finder.read(row.words), INVITED.get(row.asked, ())) for row in rows]


def words_from(rows: Sequence[Answer]) -> WordWeights:
    sentences = single_sentences()
    held = Runs([cut(text) for text in (*(row.words for row in rows), *(text for text, _ in sentences))])
    so = truth([*(row.kind for row in rows), *(kind for _, kind in sentences)])
    return learn_words(held, so, np.array([1.0] * len(rows) + [OF_A_SENTENCE] * len(sentences)))


def learnt_from(writers: Sequence[int], finder: DangerFinder) -> tuple[WordWeights, SignWeights]:
    """What the words and the signs of some writers' answers say."""
    rows = answers(*writers)
    return words_from(rows), learn_signs(look_at(finder, rows), truth([row.kind for row in rows]))


def spoken_of_the_left_out(finder: DangerFinder) -> list[Spoken]:
    """What is made of the writers left out by what was learnt from the others."""
    weights, signs = learnt_from(OTHERS, finder)
    figures = np.load(LEFT_OUT_FIGURES).astype(np.float32)
    spoken = []
    for row, meaning in zip(answers(*LEFT_OUT), figures, strict=True):
        look = finder.look(finder.read(row.words))
        spoken.append(heard_in(row.words, look, weights, signs).spoken._replace(meaning=meaning))
    return spoken


def write(taught: Mapping[str, Array]) -> None:
    """Learn words and signs beside a reader that has been taught, set trust and edges, and keep it all."""
    finder = open_danger_finder(Path("/nonexistent"))
    unknown = answers(*LEFT_OUT)
    so, writers = truth([row.kind for row in unknown]), np.array([row.writer for row in unknown])
    both = spoken_of_the_left_out(finder)
    sources = {"words": [one._replace(meaning=np.zeros(ANY + 1)) for one in both], "both": both}
    trust = {name: learn_trust(spoken, so) for name, spoken in sources.items()}
    measured: dict[str, Any] = {name: measured_by_writer(spoken, so, writers) for name, spoken in sources.items()}
    for source, place in (("meaning alone", 0), ("words alone", 1), ("signs alone", 2)):
        measured[source] = curve(np.array([one[place][ANY] for one in both]), so[:, ANY])
    weights, signs = learnt_from(WRITERS, finder)
    least = least_heard(trust_of(trust["words"]), sources["words"], trust_of(trust["both"]), both, so)
    rows = {**{f"trust.{name}": row for name, row in trust.items()}, "least-heard": np.array([least])}
    arrays = {**weights.kept(), **signs.kept(), **rows, **taught}
    path = shipped("models") / LEARNT
    versions = {name: importlib.metadata.version(name) for name in ("numpy", "scikit-learn", "torch")}
    manifest = {"encoder": CHECKSUM, "seed": str(SEED), "measured": json.dumps(measured, sort_keys=True)}
    index_file.write(path, arrays, {**made_from(), **versions, **manifest})
    path.chmod(0o644)
    record(LEARNT, seed=SEED, measured=measured)
    print(json.dumps({**measured, "trust": {name: row.round(3).tolist() for name, row in trust.items()}}, indent=1))
    print(path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
