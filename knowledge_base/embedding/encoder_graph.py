"""The encoder as an ONNX graph in 8 bits, node by node, for ONNX Runtime. Only what makes the model imports this.

Texts of one call have the same number of pieces, so that none is filled up and no mask is needed. Matrices are whole
numbers of seven bits with a scale for each output: with eight, processors without VNNI would overflow, and the vectors
would differ from machine to machine. The table of pieces has a scale for each row.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from knowledge_base.embedding.encoder_model import HEADS, LAYERS, WIDTH

GRAPH, TOKENIZER = "encoder.onnx", "tokenizer.json"
_EPSILON = 1e-12
_LARGEST_WEIGHT, _LARGEST_PIECE = 63, 127
Floats = NDArray[np.float32]


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], out: str, domain: str = "", **settings: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [out], name=out, domain=domain, **settings))
        return out

    def product(self, states: str, weights: Floats, bias: Floats, name: str) -> str:
        """`weights`: a row for each output, as torch has them."""
        whole, scale = _whole(weights, _LARGEST_WEIGHT)
        inputs = [
            states,
            self.constant(f"{name}.w", whole.T),
            self.constant(f"{name}.s", scale.reshape(-1)),
            "",
            self.constant(f"{name}.b", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, "com.microsoft")

    def joined(self, states: str, added: str, weights: Floats, bias: Floats, name: str) -> str:
        """Their sum, brought to a common scale."""
        inputs = [states, added, self.constant(f"{name}.w", weights), self.constant(f"{name}.b", bias)]
        return self.node("SkipLayerNormalization", inputs, name, "com.microsoft", epsilon=_EPSILON)


def write_encoder(model: Any, tokenizer: Tokenizer, folder: Path) -> None:
    """`model`: of `encoder_model`."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save_model(graph_of(model), str(folder / GRAPH))
    tokenizer.save(str(folder / TOKENIZER), pretty=False)


def graph_of(model: Any) -> Any:
    of = {name: weights.detach().float().numpy() for name, weights in model.state_dict().items()}
    graph = _Graph()
    states = _pieces(graph, of)
    for layer in range(LAYERS):
        states = _layer(graph, of, states, layer)
    mean = graph.node("ReduceMean", [states, graph.constant("over_pieces", np.array([1]))], "mean", keepdims=0)
    graph.node("LpNormalization", [mean], "vectors", axis=-1, p=2)
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["texts", "length"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])],
        graph.constants,
    )
    versions = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=9, producer_name="wenban")


def _pieces(graph: _Graph, of: dict[str, Floats]) -> str:
    whole, scale = _whole(of["embeddings.word_embeddings.weight"], _LARGEST_PIECE)
    rows = graph.node("Gather", [graph.constant("table", whole), "pieces"], "rows")
    scales = graph.node("Gather", [graph.constant("table.s", scale), "pieces"], "scales")
    words = graph.node("Mul", [graph.node("Cast", [rows], "as_floats", to=TensorProto.FLOAT), scales], "words")
    places = of["embeddings.position_embeddings.weight"] + of["embeddings.token_type_embeddings.weight"]
    shape = graph.node("Shape", ["pieces"], "length", start=1, end=2)
    from_first = [graph.constant("places", places), graph.constant("first", np.array([0])), shape]
    taken = graph.node("Slice", [*from_first, graph.constant("along", np.array([0]))], "places_taken")
    normal = [
        graph.node("Add", [words, taken], "placed"),
        graph.constant("pieces.ln.w", of["embeddings.LayerNorm.weight"]),
        graph.constant("pieces.ln.b", of["embeddings.LayerNorm.bias"]),
    ]
    return graph.node("LayerNormalization", normal, "pieces.ln", axis=-1, epsilon=_EPSILON)


def _layer(graph: _Graph, of: dict[str, Floats], states: str, layer: int) -> str:
    def weights(name: str) -> tuple[Floats, Floats]:
        module = f"encoder.layer.{layer}.{name}"
        return of[f"{module}.weight"], of[f"{module}.bias"]

    three = [weights(f"attention.self.{name}") for name in ("query", "key", "value")]
    together = [np.concatenate(each) for each in zip(*three, strict=True)]
    asked = graph.product(states, together[0], together[1], f"l{layer}.qkv")
    parts = [f"l{layer}.{name}" for name in "qkv"]
    graph.nodes.append(helper.make_node("Split", [asked], parts, axis=-1, num_outputs=3, name=f"l{layer}.split"))
    seen = graph.node("MultiHeadAttention", parts, f"l{layer}.attention", "com.microsoft", num_heads=HEADS)
    brought = graph.product(seen, *weights("attention.output.dense"), f"l{layer}.ao")
    states = graph.joined(states, brought, *weights("attention.output.LayerNorm"), f"l{layer}.aln")
    inner = graph.product(states, *weights("intermediate.dense"), f"l{layer}.fi")
    bent = graph.node("Gelu", [inner], f"l{layer}.gelu", "com.microsoft")
    out = graph.product(bent, *weights("output.dense"), f"l{layer}.fo")
    return graph.joined(states, out, *weights("output.LayerNorm"), f"l{layer}.oln")


def _whole(values: Floats, largest: int) -> tuple[NDArray[np.int8], Floats]:
    """Rows of whole numbers up to `largest`, and the scale of each row."""
    scale = np.abs(values).max(axis=1, keepdims=True) / largest
    scale[scale == 0] = 1
    return np.rint(values / scale).astype(np.int8), scale.astype(np.float32)
