"""The encoder as a torch module: the public one's weights over our pieces. Only what makes the model imports this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from knowledge_base.embedding.packed import PackedEncoder
from knowledge_base.embedding.vocabulary import LONGEST, PADDING

WIDTH, LAYERS, HEADS, INNER = 384, 12, 12, 1536
_TOGETHER = 12
_OF_LAYER = {
    "attention.self.query": "q", "attention.self.key": "k", "attention.self.value": "v",
    "attention.output.dense": "ao", "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi", "output.dense": "fo", "output.LayerNorm": "oln",
}  # fmt: skip


def encoder_of(packed: PackedEncoder, kept: Sequence[int]) -> Any:
    """A BertModel over the pieces `kept` alone."""
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=INNER,
        max_position_embeddings=LONGEST,
        type_vocab_size=1,
        layer_norm_eps=1e-12,
        hidden_act="gelu",
        pad_token_id=PADDING,
    )
    model = BertModel(config, add_pooling_layer=False)
    of = {name: torch.from_numpy(values) for name, values in packed.tensors.items()}
    weights = {
        "embeddings.word_embeddings.weight": of["emb.word"].view(-1, WIDTH)[list(kept)],
        "embeddings.position_embeddings.weight": of["emb.pos"].view(-1, WIDTH)[:LONGEST],
        "embeddings.token_type_embeddings.weight": of["emb.type"].view(-1, WIDTH)[:1],
        "embeddings.LayerNorm.weight": of["emb.ln.w"],
        "embeddings.LayerNorm.bias": of["emb.ln.b"],
    }
    for layer in range(LAYERS):
        for module, short in _OF_LAYER.items():
            for kind, letter in (("weight", "w"), ("bias", "b")):
                name = f"encoder.layer.{layer}.{module}.{kind}"
                weights[name] = of[f"l{layer}.{short}.{letter}"].view(model.get_parameter(name).shape)
    with torch.no_grad():
        for name, values in weights.items():
            model.get_parameter(name).copy_(values)
    return model.eval()


def encode(model: Any, tokenizer: Tokenizer, texts: Sequence[str]) -> Any:
    """(n, WIDTH) unit vectors, a torch tensor: the mean of what stands for each piece."""
    ids = [each.ids[:LONGEST] for each in tokenizer.encode_batch_fast(list(texts))]
    order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    # Texts of like length together: what a short one is filled up with costs as much as a long one.
    parts = [order[at : at + _TOGETHER] for at in range(0, len(order), _TOGETHER)]
    found = torch.cat([_of_like_length(model, [ids[at] for at in part]) for part in parts])
    return found[torch.tensor(order).argsort()]


def _of_like_length(model: Any, ids: Sequence[list[int]]) -> Any:
    longest = max(map(len, ids))
    padded = torch.tensor([each + [PADDING] * (longest - len(each)) for each in ids])
    mask = torch.tensor([[1] * len(each) + [0] * (longest - len(each)) for each in ids])
    states = model(input_ids=padded, attention_mask=mask).last_hidden_state
    weights = mask.unsqueeze(-1).to(states.dtype)
    mean = (states * weights).sum(1) / weights.sum(1)
    return torch.nn.functional.normalize(mean.float(), dim=-1)


def encode_all(model: Any, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    """The same for many, without gradients."""
    with torch.inference_mode():
        return np.concatenate(
            [encode(model, tokenizer, texts[at : at + 960]).numpy() for at in range(0, len(texts), 960)]
        )
