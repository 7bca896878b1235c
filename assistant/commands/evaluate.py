"""`reflect evaluate`: whether what people type finds what bears on it, by judged queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.resources import PACKAGE, data_dir

if TYPE_CHECKING:  # loaded when the command runs, as for `reflect search`
    from assistant.retrieval.evaluation import Found, JudgedQuery, Measures
    from assistant.retrieval.ranking import Retriever

LABELLED = PACKAGE.parent / "tests" / "conversation" / "labelled"
_HEAD = f"{'':<34}{'nDCG@10':>9}{'recall@10':>11}{'MRR@10':>8}{'success@3':>11}"


@click.command()
@click.option(
    "--queries",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judged queries, one JSON object a line.",
)
@click.option(
    "--collection",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder in BEIR's layout to search in place of the library, by words alone.",
)
@click.option(
    "--noticing",
    "labelled",
    is_flag=False,
    flag_value=str(LABELLED),
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Labelled accounts (act-now-*.jsonl, noticing-*.jsonl) in a folder; without one, those of the checkout.",
)
@click.option("--against", type=click.Choice(["bm25"]), help="Plain BM25 beside it.")
@click.option("--worst", type=click.IntRange(min=0), default=5, show_default=True, help="How many to list.")
def evaluate(file: Path | None, folder: Path | None, labelled: Path | None, against: str | None, worst: int) -> None:
    """Measure whether judged queries find what bears on them: overall, by topic, and the worst of them.

    Give --queries for the library, --collection for a plain collection (corpus.jsonl, queries.jsonl, qrels.tsv), or
    --noticing for what is noticed in accounts: precision and recall of each kind.
    """
    if [file, folder, labelled].count(None) != 2:
        raise click.UsageError("Give one of --queries, --collection and --noticing.")
    if labelled is not None:
        _print_noticing(labelled)
        return
    from assistant.language.tokens import Tokenizer, read_spellings
    from assistant.retrieval.baseline import plain_bm25
    from assistant.retrieval.evaluation import PlainCollection, read_judged, read_qrels
    from assistant.retrieval.evaluation import evaluate as measures_of
    from assistant.retrieval.index_building import Collection, build
    from assistant.retrieval.open_search import open_search
    from assistant.retrieval.ranking import Retriever

    home = data_dir()
    tokenizer = Tokenizer(read_spellings(home))
    collection: Collection
    if folder is not None:
        queries, collection = read_qrels(folder), PlainCollection(folder)
        retriever = Retriever(collection, build(collection, tokenizer=tokenizer), tokenizer=tokenizer)
    elif file is not None:
        from assistant.library.library import open_library

        queries, collection = read_judged(file), open_library(home)
        retriever = open_search(collection, home)

    judged = [query for query in queries if query.relevant]
    found = measures_of(queries, lambda query: _found(retriever, query))
    _print_table(f"All {len(judged)} queries", judged, found)
    off_topic = [query for query in queries if not query.relevant]
    if off_topic:
        silent = sum(retriever.search(query.query).nothing_bears for query in off_topic)
        click.echo(f"Silent on {silent} of the {len(off_topic)} queries that have no relevant learning.")
    if worst and judged:
        click.echo("\nWorst")
        for query in sorted(judged, key=lambda query: (found[query.id].ndcg, query.id))[:worst]:
            click.echo(f"  {_figure(found[query.id].ndcg)}  {query.id}  {query.query}")
    if against:
        click.echo()
        _print_table("Plain BM25", judged, measures_of(queries, plain_bm25(collection, tokenizer)))


def _print_noticing(folder: Path) -> None:
    from assistant.noticing.noticer import open_noticer
    from assistant.noticing.scoring import danger_scores, read_labelled, report, said_scores

    notice = open_noticer(data_dir()).notice
    files = [*sorted(folder.glob("act-now-*.jsonl")), *sorted(folder.glob("noticing-*.jsonl"))]
    if not files:
        raise click.UsageError("--noticing: the folder holds no act-now-*.jsonl and no noticing-*.jsonl.")
    for path in files:
        rows = read_labelled(path)
        click.echo(f"{path.name}, {len(rows)} accounts")
        is_danger = path.name.startswith("act-now")
        lines = report(danger_scores(rows, notice), None) if is_danger else report(None, said_scores(rows, notice))
        click.echo("\n".join(lines))


def _found(retriever: Retriever, query: str) -> Sequence[Found]:
    from assistant.retrieval.evaluation import DEPTH, Found

    return [Found(hit.id, hit.text) for hit in retriever.search(query, limit=DEPTH).hits]


def _print_table(name: str, judged: Sequence[JudgedQuery], found: Mapping[str, Measures]) -> None:
    click.echo(_HEAD)
    click.echo(_row(name, [found[query.id] for query in judged]))
    topics = sorted({query.topic for query in judged})
    for topic in topics if len(topics) > 1 else ():
        of_topic = [found[query.id] for query in judged if query.topic == topic]
        click.echo(_row(f"  {topic} ({len(of_topic)})", of_topic))


def _row(name: str, found: Sequence[Measures]) -> str:
    from assistant.retrieval.evaluation import Measures

    mean = Measures.mean(found)
    figures = (mean.ndcg, mean.recall, mean.mrr, mean.success)
    return f"{name:<34}" + "".join(
        f"{_figure(figure):>{width}}" for figure, width in zip(figures, (9, 11, 8, 11), strict=True)
    )


def _figure(value: float) -> str:
    return f"{value:.2f}".removeprefix("0") if value < 1 else f"{value:.2f}"
