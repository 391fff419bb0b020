"""The shipped sentence encoder, in 8 bits by ONNX Runtime: one thread, offline, without torch (docs/adr/0047)."""

from __future__ import annotations

from collections import defaultdict
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
TOGETHER = 16
"""Texts of one length that are encoded at once: 3 ms a text against 5 one by one."""
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
        pieces = [each.ids for each in self._tokenizer.encode_batch_fast(list(texts))]
        of_length: dict[int, list[int]] = defaultdict(list)
        for at, ids in enumerate(pieces):
            of_length[len(ids)].append(at)
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for places in of_length.values():
            for start in range(0, len(places), TOGETHER):
                part = places[start : start + TOGETHER]
                found[part] = self._session.run(None, {"pieces": np.array([pieces[at] for at in part], np.int64)})[0]
        return found
