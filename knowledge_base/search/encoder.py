"""The shipped sentence encoder, in 8 bits by ONNX Runtime: one thread, offline, without torch (docs/adr/0047)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge_base.search.kept_meanings import SHIPPED_ENCODER

LONGEST = 64
"""Pieces of a text that are read, as in training."""
Vectors = NDArray[np.float32]


class Encoder:
    def __init__(self, folder: Path = SHIPPED_ENCODER) -> None:
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = settings.inter_op_num_threads = 1  # as everywhere: one thread a message
        settings.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), settings, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)

    @property
    def dimensions(self) -> int:
        return int(self._session.get_outputs()[0].shape[1])

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, dimensions), unit length. `texts`: in simplified characters."""
        # One by one: states are brought to 8 bits by what stands in one call, so company would change the vectors.
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for at, each in enumerate(self._tokenizer.encode_batch_fast(list(texts))):
            found[at] = self._session.run(None, {"pieces": np.array([each.ids], np.int64)})[0][0]
        return found
