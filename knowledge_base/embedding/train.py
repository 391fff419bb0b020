"""Train the shipped static model: `python -m knowledge_base.embedding.train --data FOLDER --out FOLDER`.

Three steps, all on a CPU. Piece vectors begin as the singular vectors of the pieces' co-occurrence (PPMI) in
statutes and questions, so that words of the domain stand near each other before any pair is seen. Then
MultipleNegativesRankingLoss inside MatryoshkaLoss pulls paraphrases, questions with their passages, and
the halves of an article together. Last, the ways in which citizens ask for one item are pulled together and
those of different items apart (`knowledge_base/content`; never anything of `evaluation/`).
Figures and provenance: `model/README.md`.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.sparse import csr_matrix
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from sklearn.decomposition import TruncatedSVD
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from knowledge_base.content_files import load_content
from knowledge_base.documents import asked_in
from knowledge_base.embedding.pieces import pieces, spaced
from knowledge_base.language.asking import content_of, whole_question

UNKNOWN = "[UNK]"
DIMENSIONS = 256
VOCABULARY = 40_000
# Sets far from a service hall count less: the share of each that is used.
SHARES = {
    "afqmc_train": 0.3, "afqmc_dev": 0.3, "bq_dev": 0.5, "atec_train": 0.5, "pawsx_zh_dev": 0.0, "pawsx_zh_test": 0.0,
    "stsb_zh_train": 0.5, "qbqtc_dev": 1.0, "beike_housing_qa": 0.3, "drcd_dev": 0.5, "drcd_test": 0.5,
}  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--rounds", type=int, default=300, help="of the last step")
    options.add_argument("--general", type=Path, help="begin from this model, as the second step left it")
    options.add_argument("--batch", type=int, default=1024)
    chosen = options.parse_args()
    random.seed(7)
    torch.manual_seed(7)

    pairs, held_out = _pairs(chosen.data)
    print(f"{len(pairs)} pairs, {len(held_out)} held out", flush=True)
    cut = {text: pieces(text) for pair in pairs for text in pair}
    spaced_pairs = [(" ".join(cut[q]), " ".join(cut[p])) for q, p in pairs]
    if chosen.general:
        model = SentenceTransformer(str(chosen.general), device="cpu").float()
    else:
        model = _initial_model(cut, list(_statute_texts(chosen.data)))
        print("before", _recall(model, held_out), flush=True)
        _train(model, spaced_pairs, chosen.epochs, chosen.batch, held_out)
        model.save(str(chosen.out) + "-general", create_model_card=False)
    _tell_items_apart(model, spaced_pairs, chosen.rounds)
    print("after all", _recall(model, held_out), flush=True)
    static: Any = model[0]

    with torch.no_grad():
        static.embedding.weight[0] = 0  # what is unknown shifts nothing
        static.embedding.weight.data = static.embedding.weight.data.half()
    model.save(str(chosen.out), create_model_card=False)
    (chosen.out / "wenban.json").write_text(json.dumps({"segmentation": "pieces"}) + "\n")


def _initial_model(cut: dict[str, list[str]], statutes: list[str]) -> SentenceTransformer:
    documents = [*cut.values(), *map(pieces, statutes), *map(pieces, itertools.chain(*_ways_of_asking().values()))]
    counts = Counter(piece for found in documents for piece in set(found))
    vocabulary = [UNKNOWN] + [piece for piece, count in counts.most_common(VOCABULARY) if count >= 3]
    ids = {piece: position for position, piece in enumerate(vocabulary)}
    print(f"{len(vocabulary)} pieces", flush=True)
    weights = _first_vectors([[ids[piece] for piece in found if piece in ids] for found in documents], len(ids))
    tokenizer = Tokenizer(WordLevel(ids, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights), Normalize()], device="cpu"
    )


def _ways_of_asking() -> dict[str, list[str]]:
    """Service item → its names and the questions of its guide, each with what it is asked of."""
    content = load_content()
    ways: dict[str, list[str]] = {}
    for item in content.catalogue:
        bodies = [document.body for document in content.documents.get(item.id, ())]
        aliases = (alias for body in bodies for alias in body.get("aliases", ()))
        names = [item.name, *item.also_called, *aliases]
        short = bodies[0]["short_name"] if bodies else item.name
        asked = [question for body in bodies for _, question in asked_in(body)]
        ways[item.id] = [*names, *(whole_question(question, short, names) for question in asked)]
    return ways


def _tell_items_apart(model: SentenceTransformer, pairs: list[tuple[str, str]], rounds: int) -> None:
    """Each round takes two ways of asking for every item; the other items' ways are the negatives. A batch of general
    pairs beside it keeps what was learned before."""
    ways = {item: texts for item, texts in _ways_of_asking().items() if len(texts) > 1}
    loss = MultipleNegativesRankingLoss(model, scale=20.0)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    model.train()
    for number in range(rounds):
        drawn = [random.sample(texts, 2) for texts in ways.values()]
        # Half of the time without the asking (多少钱, 去哪办): the index compares both ways.
        if number % 2:
            drawn = [[content_of(text) or text for text in pair] for pair in drawn]
        batches = ([(spaced(a), spaced(b)) for a, b in drawn], random.sample(pairs, 512))
        value = sum(
            (
                loss([model.preprocess([pair[side] for pair in batch]) for side in (0, 1)], torch.zeros(len(batch)))
                for batch in batches
            ),
            torch.zeros(()),
        )
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
        if number % 100 == 99:
            print(f"round {number + 1}: {value.item():.3f}", flush=True)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _pairs(data: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    pairs: list[tuple[str, str]] = []
    for name, first, second in (
        ("paraphrases", "q", "p"),
        ("question_passage", "q", "a"),
        ("citizen_messages", "title", "text"),
        ("news_title_body", "q", "a"),
    ):
        share_of_file = 0.3 if name == "news_title_body" else 1.0
        for row in _rows(data / f"{name}.jsonl.gz"):
            if random.random() < SHARES.get(row["src"], 1.0) * share_of_file:
                pairs.append((row[first][:200], row[second][:300]))
    seen_laws: Counter[str] = Counter()
    for row in _rows(data / "laws.jsonl.gz"):
        sentences = row["text"].split("。")
        seen_laws[row["law"]] += 1
        if len(row["text"]) > 30 and random.random() < 0.35:
            if len(sentences) > 2 and random.random() < 0.6:
                pairs.append((sentences[0], "。".join(sentences[1:])[:300]))
            else:
                pairs.append((row["law"] + row["chapter"].split("章")[-1], row["text"][:300]))
    random.shuffle(pairs)
    held_out = [pair for pair in pairs if 4 < len(pair[0]) < 40 and 4 < len(pair[1]) < 40][:2000]
    kept_apart = {text for pair in held_out for text in pair}
    return [pair for pair in pairs if not kept_apart & set(pair)], held_out


def _statute_texts(data: Path) -> Iterator[str]:
    for row in _rows(data / "laws.jsonl.gz"):
        if random.random() < 0.5:
            yield row["text"][:300]


def _first_vectors(documents: list[list[int]], size: int) -> np.ndarray:
    """Singular vectors of the positive pointwise mutual information of pieces in one text. (size, DIMENSIONS)"""
    rows: list[int] = []
    columns: list[int] = []
    for position, document in enumerate(documents):
        kept = set(document)
        rows += [position] * len(kept)
        columns += kept
    present = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(documents), size))
    frequency = np.asarray(present.sum(axis=0)).ravel() + 1
    idf = np.log(len(documents) / frequency).astype(np.float32)
    # Long texts say less about any two of their pieces.
    lengths = np.asarray(present.sum(axis=1)).ravel() + 1
    weighted = present.multiply(1 / np.sqrt(lengths)[:, None]).multiply(idf[None, :]).tocsr()
    vectors = TruncatedSVD(DIMENSIONS, n_iter=3, random_state=7).fit(weighted).components_.T
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    # Frequent pieces weigh less in the mean of a text (Arora et al. 2017).
    weight = 1e-3 / (1e-3 + frequency / frequency.sum())
    return np.asarray(vectors * weight[:, None], dtype=np.float32)


def _train(
    model: SentenceTransformer,
    pairs: list[tuple[str, str]],
    epochs: int,
    batch: int,
    held_out: list[tuple[str, str]],
) -> None:
    loss = MatryoshkaLoss(model, MultipleNegativesRankingLoss(model, scale=20.0), [DIMENSIONS, 128, 64])
    steps = epochs * (len(pairs) // batch)
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=5e-3, total_steps=steps + 1, pct_start=0.1)
    model.train()
    for epoch in range(epochs):
        random.shuffle(pairs)
        for batched in _without_repeats(pairs, batch):
            features = [model.preprocess([pair[side] for pair in batched]) for side in (0, 1)]
            value = loss(features, torch.zeros(len(batched)))
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            schedule.step()
        print(f"epoch {epoch + 1}: loss {value.item():.3f}, held-out {_recall(model, held_out)}", flush=True)


def _without_repeats(pairs: list[tuple[str, str]], batch: int) -> Iterator[list[tuple[str, str]]]:
    """Batches in which no text stands twice: a repeated positive would be its own negative."""
    waiting = list(pairs)
    while len(waiting) >= batch:
        taken: list[tuple[str, str]] = []
        put_back: list[tuple[str, str]] = []
        seen: set[str] = set()
        while waiting and len(taken) < batch:
            pair = waiting.pop()
            if pair[0] in seen or pair[1] in seen:
                put_back.append(pair)
            else:
                taken.append(pair)
                seen.update(pair)
        waiting = put_back[: batch // 8] + waiting
        if len(taken) < batch:
            return
        yield taken


def _recall(model: SentenceTransformer, pairs: list[tuple[str, str]]) -> dict[str, float]:
    """Share of held-out questions whose own paraphrase is nearest among all."""
    by_question: dict[str, set[int]] = defaultdict(set)
    for position, (question, _) in enumerate(pairs):
        by_question[question].add(position)
    asked, answers = (model.encode([" ".join(pieces(pair[side])) for pair in pairs], batch_size=512) for side in (0, 1))
    best = (asked @ answers.T).argmax(axis=1)
    return {"recall@1": round(float(np.mean([best[at] in by_question[q] for at, (q, _) in enumerate(pairs)])), 3)}


if __name__ == "__main__":
    main()
