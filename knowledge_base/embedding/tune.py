"""Tuning the encoder: each question to the statement that answers it, and the items apart.

A step takes a few items and what is easily taken for them, and of each some questions with their statements. Two
losses: a question finds its statement among all of the step, its guide's others and its neighbours' before all; and
what belongs to one item stands nearer together than to any other item. General pairs beside them keep what was known.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from tokenizers import Tokenizer

from knowledge_base.embedding.encoder_examples import AskedOf, OfGuides
from knowledge_base.embedding.encoder_model import encode

SEEDS, NEAR, EACH = 4, 2, 3
"""Items of a step; of each so many that are taken for it; of each of all these so many questions."""
BESIDE = {"paraphrases": 8, "question_passage": 2, "citizen_messages": 2}
SCALE, RATE, WARM_UP, FROZEN = 30.0, 1e-4, 0.1, 4
"""1 / temperature; the highest learning rate; share of the steps until it; layers from below that stay as they are.
Pieces and places stay as well: most pieces are seen too seldom to be moved well."""
NAMED = 0.15
"""How often a name of the item stands in a question's place."""
SLIP = 0.1
"""How often a question loses a character or swaps two, as hurried fingers do."""


def tune(
    model: Any,
    tokenizer: Tokenizer,
    guides: OfGuides,
    pairs: dict[str, list[tuple[str, str]]],
    steps: int,
    chance: random.Random,
    each_hundred: Callable[[int, float], None],
) -> None:
    """In place. `each_hundred`: called with the step and the mean loss since the last call."""
    for name, weights in model.named_parameters():
        weights.requires_grad = not _stays(name)
    moved = [weights for weights in model.parameters() if weights.requires_grad]
    optimiser = torch.optim.AdamW(moved, lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _slope(step, steps))
    losses: list[float] = []
    model.eval()  # no dropout: few steps, and the mean with the untuned weights is what keeps it general
    for step, (asked, named) in enumerate(_drawn(guides, steps, chance), 1):
        value = _of_guides(model, tokenizer, asked, named) + 0.5 * _of_pairs(model, tokenizer, pairs, chance)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(moved, 1.0)
        optimiser.step()
        schedule.step()
        losses.append(value.item())
        if step % 100 == 0 or step == steps:
            each_hundred(step, sum(losses) / len(losses))
            losses = []


def _stays(name: str) -> bool:
    return name.startswith("embeddings.") or any(name.startswith(f"encoder.layer.{at}.") for at in range(FROZEN))


def _slope(step: int, steps: int) -> float:
    warm = max(1.0, WARM_UP * steps)
    return min(1.0, (step + 1) / warm) * max(0.05, 1 - step / (steps + 1))


def _drawn(guides: OfGuides, steps: int, chance: random.Random) -> Iterator[tuple[list[AskedOf], list[str]]]:
    """Questions of a step and how they are put: as they stand, by a name, with a slip."""
    of_item: dict[str, list[AskedOf]] = defaultdict(list)
    for each in guides.asked:
        if not each.is_kept_back:
            of_item[each.item].append(each)
    waiting: list[str] = []
    for _ in range(steps):
        chosen: list[str] = []
        while len(chosen) < SEEDS * (NEAR + 1):
            if not waiting:
                waiting = sorted(of_item)
                chance.shuffle(waiting)
            seed = waiting.pop()
            beside = [near for near in guides.near[seed][:8] if near in of_item]
            chosen = list(dict.fromkeys([*chosen, seed, *chance.sample(beside, min(NEAR, len(beside)))]))
        asked = [one for item in chosen for one in _of_different_statements(of_item[item], chance)]
        yield asked, [_put(one, guides, chance) for one in asked]


def _of_different_statements(asked: Sequence[AskedOf], chance: random.Random) -> list[AskedOf]:
    shuffled = chance.sample(list(asked), len(asked))
    return list({each.statement: each for each in shuffled}.values())[:EACH]


def _put(one: AskedOf, guides: OfGuides, chance: random.Random) -> str:
    if chance.random() < NAMED:
        return chance.choice(guides.names[one.item])
    text = one.question
    if len(text) > 6 and chance.random() < SLIP:
        at = chance.randrange(len(text) - 1)
        text = text[:at] + (text[at + 1] + text[at] + text[at + 2 :] if chance.random() < 0.5 else text[at + 1 :])
    return text


def _of_guides(model: Any, tokenizer: Tokenizer, asked: Sequence[AskedOf], put: Sequence[str]) -> Any:
    questions = encode(model, tokenizer, put)
    statements = encode(model, tokenizer, [each.says for each in asked])
    near = SCALE * questions @ statements.T
    one_item = torch.tensor([[a.item == b.item for b in asked] for a in asked])
    own = torch.eye(len(asked), dtype=torch.bool)
    # What a guide comes down to says what its other statements say too, and a name asks for none of them.
    names_all = torch.tensor([one.is_summary or text != one.question for one, text in zip(asked, put, strict=True)])
    near = near.masked_fill(one_item & ~own & names_all[:, None], -1e4)
    finds = torch.nn.functional.cross_entropy(near, torch.arange(len(asked)))
    every = torch.cat([questions, statements])
    alike = (SCALE * questions @ every.T).masked_fill(torch.cat([own, torch.zeros_like(own)], 1), -1e4)
    of_item = torch.cat([one_item & ~own, one_item], 1)
    chances = torch.log_softmax(alike, 1)
    together = -(chances * of_item).sum(1) / of_item.sum(1).clamp(min=1)
    return finds + 0.5 * together.mean()


def _of_pairs(model: Any, tokenizer: Tokenizer, pairs: dict[str, list[tuple[str, str]]], chance: random.Random) -> Any:
    drawn = [pair for name, count in BESIDE.items() for pair in chance.sample(pairs[name], count)]
    first, second = (encode(model, tokenizer, [pair[side] for pair in drawn]) for side in (0, 1))
    return torch.nn.functional.cross_entropy(SCALE * first @ second.T, torch.arange(len(drawn)))
