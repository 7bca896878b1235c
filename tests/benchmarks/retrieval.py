"""How fast a search is, beside the libraries somebody might use in its place.

    python -m tests.benchmarks.retrieval [--sizes 1000 10000 100000 1000000]

Every engine gets the same made-up points as the same tokens, is built in one process and opened and asked in another,
so that neither lends memory to the other. Prints Markdown for the README: one table a size, with how many times slower
than this engine each peer is, and one of how each grows. Nothing here is a test: a busy machine must fail nobody.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from assistant.language.tokens import Tokenizer, read_spellings
from assistant.library.points import LearningPoint, Review
from assistant.retrieval import index_file
from assistant.retrieval.adapted_encoder import AdaptedEncoder
from assistant.retrieval.bm25 import Index, Vocabulary, best, build_index
from assistant.retrieval.encoder import Encoder, find_model
from assistant.retrieval.index_building import Prepared, prepare
from assistant.retrieval.layers import WIDTH
from assistant.retrieval.lexicon_reader import open_concepts
from assistant.retrieval.protocols import ConceptReader, Meant, Mention, Professional, Subject, Vectors
from assistant.retrieval.ranking import Retriever

HITS = 10
QUERIES = 200
SLOW_QUERIES = 5
"""For rank-bm25 from 100,000 points: a query takes it a good part of a second or more."""
MEAN_LENGTH = 20
"""Terms in a learning point of the shipped bulletins, stop words left out."""
_MADE_FROM = {"benchmark": "1"}
Search = Callable[[Sequence[str]], Sequence[int]]


def make_points(folder: Path, size: int) -> None:
    """Points as lines of tokens, with the word frequencies of English (Zipf) and a vocabulary that grows (Heaps)."""
    values = np.random.default_rng(size)
    lengths = np.maximum(3, values.lognormal(np.log(MEAN_LENGTH * 0.85), 0.55, size).astype(int))
    vocabulary = int(12 * lengths.sum() ** 0.55)
    weight = 1 / (np.arange(vocabulary) + 10.0)  # the first ranks are stop words, which are not here
    terms = values.choice(vocabulary, int(lengths.sum()), p=weight / weight.sum())
    ends = np.cumsum(lengths)
    with (folder / "points.txt").open("w", encoding="utf-8") as file:
        for start, end in zip(ends - lengths, ends, strict=True):
            file.write(" ".join(word(term) for term in terms[start:end]) + "\n")
    # A query is what somebody remembers of some point, and a few words of their own.
    with (folder / "queries.txt").open("w", encoding="utf-8") as file:
        for at in values.integers(0, size, QUERIES):
            remembered = values.choice(terms[ends[at] - lengths[at] : ends[at]], 4)
            own = values.choice(vocabulary, 3, p=weight / weight.sum())
            file.write(" ".join(word(term) for term in (*remembered, *own)) + "\n")


def word(number: int) -> str:
    """A made-up word of letters, that no stemmer or list of spellings changes into another."""
    letters = ""
    while number:
        number, letter = divmod(number, 20)
        letters += "bcdfghjklmnpqrtvwxza"[letter]
    return f"o{letters}k"


def lines(path: Path) -> Iterator[list[str]]:
    """The tokens of each line."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield line.split()


class Engine(Protocol):
    """Something that ranks documents for words."""

    def build(self, folder: Path) -> None:
        """Read `points.txt` and save an index."""

    def open(self, folder: Path) -> Search:
        """Open what was saved."""


class ThisIndex:
    """The index of this program on the tokens, as the peers are used."""

    def build(self, folder: Path) -> None:
        index = build_index(Counter(tokens) for tokens in lines(folder / "points.txt"))
        arrays: index_file.Arrays = {
            "text": index.vocabulary.text, "ends": index.vocabulary.ends, "starts": index.starts,
            "documents": index.documents, "impacts": index.impacts, "size": np.array([index.size]),
        }  # fmt: skip
        index_file.write(folder / "this", arrays, _MADE_FROM)

    def open(self, folder: Path) -> Search:
        arrays = index_file.read(folder / "this", _MADE_FROM)
        vocabulary = Vocabulary(arrays["text"], arrays["ends"])
        index = Index(vocabulary, arrays["starts"], arrays["documents"], arrays["impacts"], int(arrays["size"][0]))

        def search(query: Sequence[str]) -> Sequence[int]:
            matches = index.ask(Counter(query)).score()
            found: list[int] = best(matches.positions, matches.scores, HITS).positions.tolist()
            return found

        return search


class MadeUp:
    """The points as a library has them."""

    checksum = "made up"

    def __init__(self, folder: Path) -> None:
        self._texts = (folder / "points.txt").read_text(encoding="utf-8").splitlines()
        self.reviews = {"made-up": Review(id="made-up", title="", subject="", publisher="", source="", text="")}

    def __len__(self) -> int:
        return len(self._texts)

    def point(self, position: int, /) -> LearningPoint:
        text = self._texts[position]
        return LearningPoint(
            id=str(position), review="made-up", text=text, section="", kind="finding", spans=(), lines=(1, 1)
        )


class WholeSearch:
    """Everything `reflect search` does with a query, from typed words to hits with their reasons; no lexicon."""

    def build(self, folder: Path) -> None:
        self._prepare(folder, None)

    def open(self, folder: Path) -> Search:
        points, prepared, tokenizer = self._prepare(folder, None)
        return _positions(Retriever(points, prepared, tokenizer=tokenizer))

    def _prepare(self, folder: Path, concepts: ConceptReader | None) -> tuple[MadeUp, Prepared, Tokenizer]:
        points = MadeUp(folder)
        tokenizer = Tokenizer(read_spellings(folder))
        prepared, _ = prepare(
            points, folder / "whole", tokenizer=tokenizer, concepts=concepts, encoder=None, progress=None
        )
        return points, prepared, tokenizer


class TypicalSentence:
    """Lexicon and encoder as they are, asked about one plain sentence whatever is searched.

    Made-up words carry no concept and cost the encoder four times real ones. Points get three concepts at random.
    """

    TEXT = "she never lets me see the baby without her partner"

    def __init__(self, folder: Path) -> None:
        model = find_model()
        if model is None:
            raise SystemExit("The encoder is not installed; leave out the engine 'meaning'.")
        encoder = Encoder(model, is_checked=True)
        self._encoder = AdaptedEncoder(encoder)
        self._concepts = open_concepts(folder, read_spellings(folder), encoder)
        self._random = random.Random(1)
        self.checksum = self._concepts.checksum
        self.finder = self._concepts.finder

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode([self.TEXT] * len(texts))

    def encode_both(self, texts: Sequence[str], also: Sequence[str] = ()) -> tuple[Vectors, Vectors]:
        return self._encoder.encode_both([self.TEXT] * len(texts), [self.TEXT] * len(also))

    def is_outside(self, vector: Vectors, adapted: Vectors) -> bool:
        return self._encoder.is_outside(vector, adapted)

    def of_query(
        self, text: str, vectors: Vectors | None, held: Collection[str], *, parts: Sequence[str] = ()
    ) -> Meant:
        meant = self._concepts.of_query(self.TEXT, vectors, held)
        mentions = tuple(Mention(mention.concept, mention.weight, ((0, len(text)),)) for mention in meant.mentions)
        return replace(meant, mentions=mentions)

    def professional(self, mentions: Sequence[Mention]) -> Professional:
        return self._concepts.professional(mentions)

    def subjects(self, texts: Sequence[str], vectors: Vectors | None) -> list[tuple[Subject, ...]]:
        return self._concepts.subjects([self.TEXT] * len(texts), vectors)

    def of_points(
        self, texts: Sequence[str], headings: Sequence[str], vectors: Vectors | None
    ) -> list[dict[str, float]]:
        return [dict.fromkeys(self._random.sample(self._concepts.ids, 3), 0.5) for _ in texts]


class WithMeaning(WholeSearch):
    """The same with the lexicon, the encoder, and a vector for each point (at random: encoding would take hours)."""

    def build(self, folder: Path) -> None:
        self._prepare(folder, TypicalSentence(folder))
        size = sum(1 for _ in lines(folder / "points.txt"))
        values = np.random.default_rng(1)
        vectors = np.lib.format.open_memmap(folder / "vectors.npy", mode="w+", dtype=np.float32, shape=(size, WIDTH))
        for start in range(0, size, 10_000):
            rows = values.standard_normal((min(10_000, size - start), WIDTH), dtype=np.float32)
            vectors[start : start + 10_000] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        vectors.flush()

    def open(self, folder: Path) -> Search:
        typical = TypicalSentence(folder)
        points, prepared, tokenizer = self._prepare(folder, typical)
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        with_vectors = replace(prepared, vectors=vectors, adapted=vectors)
        return _positions(Retriever(points, with_vectors, tokenizer=tokenizer, concepts=typical, encoder=typical))


class RankBM25:
    """rank-bm25, which keeps nothing on disk: to open is to build."""

    def build(self, folder: Path) -> None:
        self.open(folder)

    def open(self, folder: Path) -> Search:
        from rank_bm25 import BM25Okapi

        bm25 = BM25Okapi(list(lines(folder / "points.txt")))

        def search(query: Sequence[str]) -> Sequence[int]:
            scores = bm25.get_scores(query)
            return [int(at) for at in np.argsort(scores)[::-1][:HITS]]

        return search


class BM25S:
    """bm25s, opened by memory map."""

    def build(self, folder: Path) -> None:
        import bm25s

        index = bm25s.BM25(k1=1.5, b=0.75)
        index.index(list(lines(folder / "points.txt")), show_progress=False)
        index.save(folder / "bm25s")

    def open(self, folder: Path) -> Search:
        import bm25s

        index = bm25s.BM25.load(folder / "bm25s", mmap=True)

        def search(query: Sequence[str]) -> Sequence[int]:
            found, _ = index.retrieve([list(query)], k=HITS, show_progress=False)
            return [int(at) for at in found[0]]

        return search


class FTS5:
    """SQLite's full-text search, with its bm25()."""

    def build(self, folder: Path) -> None:
        with sqlite3.connect(folder / "fts5.db") as database:
            database.execute("CREATE VIRTUAL TABLE points USING fts5(body, content='')")
            rows = ((at, " ".join(tokens)) for at, tokens in enumerate(lines(folder / "points.txt")))
            database.executemany("INSERT INTO points(rowid, body) VALUES (?, ?)", rows)
            database.execute("INSERT INTO points(points) VALUES ('optimize')")

    def open(self, folder: Path) -> Search:
        database = sqlite3.connect(folder / "fts5.db")
        statement = f"SELECT rowid FROM points WHERE points MATCH ? ORDER BY rank LIMIT {HITS}"

        def search(query: Sequence[str]) -> Sequence[int]:
            return [at for (at,) in database.execute(statement, (" OR ".join(query),))]

        return search


class Tantivy:
    """tantivy, the search engine library in Rust."""

    def build(self, folder: Path) -> None:
        import tantivy

        (folder / "tantivy").mkdir()
        writer = tantivy.Index(self._schema(), path=str(folder / "tantivy")).writer(heap_size=256_000_000)
        for at, tokens in enumerate(lines(folder / "points.txt")):
            writer.add_document(tantivy.Document(body=" ".join(tokens), at=at))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> Search:
        import tantivy

        index = tantivy.Index.open(str(folder / "tantivy"))
        searcher = index.searcher()

        def search(query: Sequence[str]) -> Sequence[int]:
            found = searcher.search(index.parse_query(" ".join(query), ["body"]), HITS).hits
            return [int(searcher.doc(address)["at"][0]) for _, address in found]

        return search

    def _schema(self) -> Any:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("body", stored=False, tokenizer_name="whitespace")
        schema.add_unsigned_field("at", stored=True)
        return schema.build()


ENGINES: dict[str, tuple[str, Callable[[], Engine]]] = {
    "this": ("this engine, index alone", ThisIndex),
    "whole": ("this engine, whole search", WholeSearch),
    "meaning": ("the same with lexicon and meaning", WithMeaning),
    "rank-bm25": ("rank-bm25", RankBM25),
    "bm25s": ("bm25s", BM25S),
    "fts5": ("SQLite FTS5", FTS5),
    "tantivy": ("tantivy", Tantivy),
}


def _positions(retriever: Retriever) -> Search:
    def search(query: Sequence[str]) -> Sequence[int]:
        return [int(hit.id) for hit in retriever.search(" ".join(query), limit=HITS).hits]

    return search


def child(name: str, phase: str, folder: Path, size: int) -> dict[str, float]:
    """What one process does: build, or open and ask."""
    engine = ENGINES[name][1]()
    start = time.perf_counter()
    if phase == "build":
        engine.build(folder)
        return {"build": time.perf_counter() - start}
    search = engine.open(folder)
    opened = time.perf_counter() - start
    queries = list(lines(folder / "queries.txt"))
    if name == "rank-bm25" and size >= 100_000:
        queries = queries[:SLOW_QUERIES]
    else:
        for query in queries[:20]:  # pages of the file, BLAS threads
            search(query)
    took = []
    for query in queries:
        start = time.perf_counter()
        search(query)
        took.append(time.perf_counter() - start)
    p50, p95 = np.percentile(took, [50, 95])
    return {"open": opened, "p50": float(p50), "p95": float(p95), "memory": _most_memory()}


def _most_memory() -> float:
    """The most bytes this process has held. On Linux a child's `ru_maxrss` begins with its parent's."""
    status = Path("/proc/self/status")
    if status.is_file():
        peak = next(row for row in status.read_text(encoding="utf-8").splitlines() if row.startswith("VmHWM"))
        return 1024 * float(peak.split()[1])
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * (1 if sys.platform == "darwin" else 1024)


def scores_agree(folder: Path) -> bool:
    """Whether this engine's scores are rank-bm25's to 1e-9, on these very points."""
    from rank_bm25 import BM25Okapi

    points = list(lines(folder / "points.txt"))
    theirs = BM25Okapi(points)
    ours = build_index(Counter(tokens) for tokens in points)
    for query in list(lines(folder / "queries.txt"))[:10]:
        matches = ours.ask(Counter(query)).score()
        if not np.allclose(matches.scores, theirs.get_scores(query)[matches.positions], rtol=0, atol=1e-9):
            return False
    return True


def measure(name: str, folder: Path, size: int) -> dict[str, float]:
    """Build in one process, ask in another."""
    return in_a_process(name, "build", str(folder), str(size)) | in_a_process(name, "search", str(folder), str(size))


def in_a_process(*part: str) -> dict[str, float]:
    """Run one part in a process of its own, with the one BLAS thread that `reflect` itself asks for (see cli.py)."""
    words = [sys.executable, "-m", __spec__.name, "--child", *part]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def encoder_share() -> dict[str, float]:
    """The encoder's time for a plain sentence."""
    model = find_model()
    if model is None:
        raise SystemExit("The encoder is not installed; leave out the engine 'meaning'.")
    encoder = Encoder(model, is_checked=True)
    took = []
    for _ in range(QUERIES):
        start = time.perf_counter()
        encoder.encode([TypicalSentence.TEXT])
        took.append(time.perf_counter() - start)
    p50, p95 = np.percentile(took, [50, 95])
    return {"p50": float(p50), "p95": float(p95)}


def table(rows: dict[str, dict[str, float]]) -> Iterator[str]:
    """One size as Markdown."""
    yield "| engine | build | open | p50 | p95 | memory | p50 against this engine's |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, row in rows.items():
        ratio = row["p50"] / rows["this"]["p50"]
        yield (
            f"| {ENGINES[name][0]} | {row['build']:.2f} s | {1000 * row['open']:.0f} ms | {1000 * row['p50']:.2f} ms"
            f" | {1000 * row['p95']:.2f} ms | {row['memory'] / 1e6:.0f} MB | {ratio:.1f} |"
        )


def growth(measured: dict[int, dict[str, dict[str, float]]]) -> Iterator[str]:
    """How the 95th percentile grows with the library."""
    yield "| p95 at | " + " | ".join(f"{size:,}" for size in measured) + " |"
    yield "|---|" + "---:|" * len(measured)
    for name in ENGINES:
        cells = [f"{1000 * rows[name]['p95']:.2f} ms" if name in rows else "" for rows in measured.values()]
        yield f"| {ENGINES[name][0]} | " + " | ".join(cells) + " |"


def machine() -> str:
    """What it ran on, in one line."""
    info = Path("/proc/cpuinfo")
    names: list[str] = []
    if info.is_file():
        rows = info.read_text(encoding="utf-8").splitlines()
        names = [row.split(":")[1].strip() for row in rows if row.startswith("model name")]
    processor = names[0] if names else platform.processor() or platform.machine()
    return (
        f"{os.cpu_count()} x {processor}, {platform.system()}, Python {platform.python_version()},"
        f" NumPy {np.__version__}; {QUERIES} queries of seven words, {HITS} hits each"
    )


def main() -> None:
    """Run everything, or be a child that runs one part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    choices = parser.parse_args()
    if choices.child:
        name, phase, folder, size = choices.child
        share = encoder_share() if name == "encoder" else child(name, phase, Path(folder), int(size))
        print(json.dumps(share))
        return
    print(machine())
    measured: dict[int, dict[str, dict[str, float]]] = {}
    for size in choices.sizes:
        folder = Path(tempfile.mkdtemp(prefix="reflect-benchmark-"))
        try:
            make_points(folder, size)
            measured[size] = {name: measure(name, folder, size) for name in choices.engines}
            print(f"\n{size:,} points", *table(measured[size]), sep="\n", flush=True)
            if size <= 10_000:
                print(f"\nScores equal rank-bm25's to 1e-9: {'yes' if scores_agree(folder) else 'NO'}", flush=True)
        finally:
            shutil.rmtree(folder)
    print("", *growth(measured), "", sep="\n")
    if "meaning" in choices.engines:
        share = in_a_process("encoder", "search", "", "0")
        print(f"The encoder's share of a query of ten words: p50 {1000 * share['p50']:.1f} ms,", end=" ")
        print(f"p95 {1000 * share['p95']:.1f} ms.")


if __name__ == "__main__":
    main()
