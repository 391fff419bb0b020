"""How the search grows from a city's 230 services to a province's 234,000: `python -m evaluation.load.scale`.

Vectors that lie as the shipped encoder's do, and names and questions that read like ours. For each number of documents:
the search among all sentences with eight at a time (encoding apart), recall against a search through all, memory and
seconds of a process that loads the index, one edit laid beside, and suggestions while typing. Writes
var/evaluation/scale.json; the largest takes some minutes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import faiss
import numpy as np
import psutil

from evaluation.library import open_library
from evaluation.load.blocks import percentile
from evaluation.load.masses import (
    SENTENCES,
    made_texts,
    moved,
    nearest_of_all,
    owners,
    shipped_sentences,
    write_sentences,
)
from evaluation.questions import load_questions
from evaluation.results import RESULTS, read_json, write_json
from evaluation.tables import Table
from knowledge_base.search.coarse import vector_index
from knowledge_base.search.encoder import Encoder
from knowledge_base.search.index import IndexedText
from knowledge_base.search.meanings import REACH, MeaningIndex, Meanings, MeantText
from knowledge_base.search.parted import PROBED, VERY_MANY, probe
from knowledge_base.search.suggest import Suggestions
from knowledge_base.search.vector_index import VectorIndex, Vectors

RESULT = RESULTS / "scale.json"
DOCUMENTS = (230, 2_300, 23_000, 234_000)
AT_A_TIME, CORES = 8, 2
NEAREST = 10
QUESTIONS = 400
SHARES = (1 / 64, 1 / 32, 1 / 16, PROBED, 1 / 4)
"""Of the cells, for the curve of recall against milliseconds."""
MOST_MB, MOST_LOAD_S, MOST_EDIT_S, LEAST_RECALL, MOST_SEARCH_MS, MOST_SUGGEST_MS = 2500, 10.0, 1.0, 0.98, 15.0, 20.0
T = TypeVar("T")


@dataclass(frozen=True)
class Grown:
    documents: int
    sentences: int
    build_s: float
    load_s: float
    resident_mb: float
    recall: float
    p50_ms: float
    p95_ms: float
    """With AT_A_TIME at once, on the clock: whatever else the machine does is in it."""
    work_ms: float
    """Of the processor, a search, 95th percentile, with as many at once as there are cores."""
    edit_s: float
    suggest_p95_ms: float
    suggest_mb: float
    suggest_edit_s: float


@dataclass(frozen=True)
class Probed:
    share: float
    recall: float
    work_ms: float


def measure(documents: Sequence[int], questions: int = QUESTIONS) -> dict[str, Any]:
    shipped = shipped_sentences()
    texts = [each.text for each in load_questions("dev")][: questions // 2]
    asked = Encoder().vectors(texts)
    # Half as they were asked, half as they would be asked of a made document.
    asked = np.concatenate([asked, moved(asked, shipped, np.random.default_rng(1))])
    known = [text for text in open_library().index.texts if text.has_guide]
    grown: list[Grown] = []
    curve: list[Probed] = []
    with tempfile.TemporaryDirectory(prefix="wenban-scale-") as folder:
        for count in documents:
            one, probed = grow(count, shipped, asked, known, Path(folder))
            grown.append(one)
            curve = probed or curve
            print(_line(one), file=sys.stderr, flush=True)
    return {"grown": [asdict(each) for each in grown], "curve": [asdict(each) for each in curve]}


def grow(
    documents: int,
    shipped: Vectors,
    asked: Vectors,
    known: Sequence[IndexedText],
    folder: Path,
    alone: Callable[..., Any] | None = None,
) -> tuple[Grown, list[Probed]]:
    """`shipped`: what the sentences are made of; `known`: likewise the texts. `alone`: runs what is measured; None: in
    a process of its own, so that nothing else counts as its memory."""
    alone = alone or _in_a_process
    sentences = write_sentences(folder / "sentences.npy", round(documents * SENTENCES), shipped)
    nearest = nearest_of_all(asked, sentences, NEAREST)
    began = time.perf_counter()
    faiss.write_index(vector_index(sentences, REACH, {}, half=True), str(folder / "index"))
    build_s = time.perf_counter() - began
    served = alone(_serve, folder, documents, asked, nearest)
    suggested = alone(_suggest, documents, known)
    return Grown(documents, len(sentences), build_s, **served["grown"], **suggested), [
        Probed(**each) for each in served["curve"]
    ]


def _in_a_process(work: Callable[..., T], *given: Any) -> T:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


class _AskedBefore:
    """Stands in for the encoder: its questions are numbers of vectors that are there."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    @property
    def dimensions(self) -> int:
        return int(self._vectors.shape[1])

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return self._vectors[[int(text) for text in texts]]


def _serve(folder: Path, documents: int, asked: Vectors, nearest: Any) -> dict[str, Any]:
    before = psutil.Process().memory_info().rss
    began = time.perf_counter()
    main = faiss.read_index(str(folder / "index"))
    items = [f"item-{each}" for each in owners(main.ntotal, documents).tolist()]
    index = MeaningIndex(items, VectorIndex(main), Meanings(_AskedBefore(asked)))
    load_s = time.perf_counter() - began
    del items
    took, _ = _asked_at_once(lambda number: index.of_items(str(number)), len(asked))
    _, worked = _asked_at_once(lambda number: index.of_items(str(number)), len(asked), at_a_time=CORES)
    resident_mb = psutil.Process().memory_info().rss / 2**20
    vectors = VectorIndex(main)
    recall = _recall(vectors, asked, nearest)
    began = time.perf_counter()
    edited = [MeantText("item-1", str(number)) for number in range(5)]
    amended = index.amended({"item-0", "item-1"}, edited)
    edit_s = time.perf_counter() - began
    assert "item-0" not in amended.of_items("0")
    curve = []
    if main.ntotal >= VERY_MANY:
        for share in SHARES:
            probe(main, share)
            look = partial(_look, vectors, asked)
            _, spent = _asked_at_once(look, len(asked), at_a_time=CORES)
            curve.append(asdict(Probed(share, _recall(vectors, asked, nearest), percentile(spent, 50))))
    grown = {
        "load_s": load_s,
        "resident_mb": resident_mb - before / 2**20,
        "recall": recall,
        "p50_ms": percentile(took, 50),
        "p95_ms": percentile(took, 95),
        "work_ms": percentile(worked, 95),
        "edit_s": edit_s,
    }
    return {"grown": grown, "curve": curve}


def _look(vectors: VectorIndex, asked: Vectors, number: int) -> object:
    return vectors.nearest(asked[number : number + 1], REACH)


def _suggest(documents: int, known: Sequence[IndexedText]) -> dict[str, float]:
    before = psutil.Process().memory_info().rss
    suggestions = Suggestions(made_texts(documents, known))
    suggest_mb = (psutil.Process().memory_info().rss - before) / 2**20
    typed = [text.text[:length] for text in known[:: max(1, len(known) // 80)] for length in (1, 2, 3, 5)]
    typed += ["sfz", "shenfenzheng", "身份z", "gjj", "zh", "s", "jiashizheng", "juzhuzheng", "yyzz", "hukou"] * 4
    took, _ = _asked_at_once(lambda number: suggestions.fitting(typed[number], 8), len(typed), at_a_time=1)
    began = time.perf_counter()
    suggestions.amended({"item-1"}, [IndexedText("item-1", "无人机登记", True, True)])
    return {
        "suggest_p95_ms": percentile(took, 95),
        "suggest_mb": suggest_mb,
        "suggest_edit_s": time.perf_counter() - began,
    }


def _asked_at_once(
    ask: Callable[[int], object], count: int, at_a_time: int = AT_A_TIME
) -> tuple[list[float], list[float]]:
    """Milliseconds of each, on the clock and of the processor, after some that warm."""

    def timed(number: int) -> tuple[float, float]:
        began, worked = time.perf_counter(), time.thread_time()
        ask(number)
        return (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000

    with ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(timed, range(min(count, 20))))
        found = list(pool.map(timed, range(count)))
    return [took for took, _ in found], [worked for _, worked in found]


def _recall(index: VectorIndex, asked: Vectors, nearest: Any) -> float:
    found = [set(index.nearest(each[None], REACH)[1][:NEAREST].tolist()) for each in asked]
    return float(np.mean([len(one & set(other)) / NEAREST for one, other in zip(found, nearest.tolist(), strict=True)]))


def growth_table(result: Mapping[str, Any]) -> Table:
    columns = ("documents", "sentences", "recall@10", "p50 ms", "p95 ms", "work ms", "MB", "load s", "build s", "edit")
    rows = [
        (
            each.documents,
            each.sentences,
            f"{each.recall:.3f}",
            each.p50_ms,
            each.p95_ms,
            f"{each.work_ms:.2f}",
            round(each.resident_mb),
            f"{each.load_s:.2f}",
            each.build_s,
            f"{each.edit_s:.2f} s",
        )
        for each in _grown_in(result)
    ]
    return Table(f"Search among all sentences, {AT_A_TIME} at a time, encoding apart", columns, tuple(rows))


def suggestion_table(result: Mapping[str, Any]) -> Table:
    rows = [
        (each.documents, f"{each.suggest_p95_ms:.2f}", round(each.suggest_mb), f"{each.suggest_edit_s:.2f}")
        for each in _grown_in(result)
    ]
    return Table("Suggestions while typing", ("documents", "p95 ms", "MB", "edit s"), tuple(rows))


def curve_table(result: Mapping[str, Any]) -> Table:
    probed = [Probed(**each) for each in result["curve"]]
    rows = [(f"{100 * each.share:.1f} %", f"{each.recall:.3f}", f"{each.work_ms:.2f}") for each in probed]
    return Table("Recall against work, by the share of cells probed", ("share", "recall@10", "work ms"), tuple(rows))


def _grown_in(result: Mapping[str, Any]) -> list[Grown]:
    return [Grown(**each) for each in result["grown"]]


TABLES = (growth_table, suggestion_table, curve_table)


def overruns(result: Mapping[str, Any]) -> list[str]:
    """What is not as it should be, for as many documents as there are."""
    bounds: tuple[tuple[str, float], ...] = (
        # Of the processor, for the clock tells what else the machine does: so long stands who has the others before.
        ("work_ms", MOST_SEARCH_MS * CORES / AT_A_TIME),
        ("resident_mb", MOST_MB),
        ("load_s", MOST_LOAD_S),
        ("edit_s", MOST_EDIT_S),
        ("suggest_p95_ms", MOST_SUGGEST_MS),
        ("suggest_edit_s", MOST_EDIT_S),
    )
    found = [
        f"{each['documents']} documents: {name} is {each[name]:.2f}, at most {most:g}"
        for each in result["grown"]
        for name, most in bounds
        if each[name] > most
    ]
    return found + [
        f"{each['documents']} documents: recall is {each['recall']:.3f}, at least {LEAST_RECALL}"
        for each in result["grown"]
        if each["recall"] < LEAST_RECALL
    ]


def report(documents: Sequence[int] = DOCUMENTS) -> bool:
    """Measures, writes and prints; whether anything is not as it should be."""
    write_json(RESULT, measure(documents))
    result = read_json(RESULT) or {}
    print(*(table(result) for table in TABLES), sep="\n")
    overrun = overruns(result)
    print(*overrun, sep="\n", end="\n" if overrun else "", file=sys.stderr)
    return bool(overrun)


def _line(one: Grown) -> str:
    return f"{one.documents} documents: recall {one.recall:.3f}, p95 {one.p95_ms:.1f} ms, {one.resident_mb:.0f} MB"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, nargs="+", default=DOCUMENTS)
    return 1 if report(options.parse_args().documents) else 0


if __name__ == "__main__":
    sys.exit(main())
