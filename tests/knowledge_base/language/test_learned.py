"""One file, learned once, read alike in both environments."""

from __future__ import annotations

import io
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge_base.language.learned import NotLearned, digest_of, load_learned, read_learned, sources_in
from knowledge_base.language.learning import learn
from server.settings import ROOT
from server.training import RASA
from tests.made_once import intents_are_learned

FEW = [("身份证多少钱", "ask_fee"), ("要带什么材料", "ask_materials"), ("你好", "greet"), ("您好呀", "greet")]
READ = """
import json, sys
from knowledge_base.language.learned import load_learned
learned = load_learned()
print(json.dumps([[(name, chance.hex()) for name, chance in learned.ranking(text, 99)] for text in json.load(sys.stdin)]))
print(json.dumps(sorted(name for name in ("sklearn", "joblib", "rasa", "tensorflow") if name in sys.modules)))
"""


def test_the_ranking_is_the_same_to_the_last_bit_in_both_environments() -> None:
    intents_are_learned()
    texts = [
        *(json.loads(line)["text"] for line in _questions().splitlines()[:300]),
        "", "。。。", "ＡＢＣ身份证", "身份证" * 300, "鿿㐀", "hello 123",
    ]  # fmt: skip
    here, there = (_read_by(python, texts) for python in (sys.executable, str(RASA.with_name("python"))))
    assert here == there
    [rankings, loaded] = here
    assert loaded == [] and rankings[-6:-4] == [[], []] and len(rankings[0]) == len(load_learned().intents)


def test_the_same_examples_give_the_same_bytes_in_another_process() -> None:
    write = "import sys; from tests.knowledge_base.language.test_learned import FEW, learn; sys.stdout.buffer.write(learn(FEW).content())"
    elsewhere = subprocess.run([sys.executable, "-c", write], cwd=ROOT, capture_output=True, check=True).stdout
    assert elsewhere == learn(FEW).content()


def test_what_is_written_is_read_back() -> None:
    learned = learn(FEW, sources="abc")
    again = read_learned(learned.content())
    assert again.ranking("多少钱", 3) == learned.ranking("多少钱", 3)
    assert (again.learned_from, again.sources) == (digest_of(reversed(FEW)), "abc")


def test_what_is_told_is_heard_before_what_is_asked() -> None:
    learned = learn([*FEW, ("身份证办到哪了", "progress"), ("护照办到哪了", "progress")])
    assert learned.ranking("身份证办到哪了", 1)[0][0] == "progress" and learned.ranking("多少钱", 1)[0][0] == "ask_fee"
    assert math.isclose(sum(chance for _, chance in learned.ranking("身份证多少钱", 9)), 1)


def test_what_is_told_moves_nothing_among_what_is_asked() -> None:
    more = learn([*FEW, ("身份证办到哪了", "progress")])
    assert more.asked.chances("身份证多少钱") == learn(FEW).asked.chances("身份证多少钱")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 but no more", b"\x93NUMPY"], ids=["empty", "zip", "array"])
def test_what_is_no_such_file_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(NotLearned):
        read_learned(content)
    (tmp_path / "intents.npz").write_bytes(content)
    assert sources_in(tmp_path / "intents.npz") == ""


def test_no_object_is_taken_out_of_the_file() -> None:
    """A pickle could do anything to whoever reads it."""
    file = io.BytesIO()
    np.savez(file, told_labels=np.array([{"not": "plain"}], dtype=object), told_grams=np.array(["a"]))
    with pytest.raises(NotLearned):
        read_learned(file.getvalue())


def _questions() -> str:
    return (ROOT / "evaluation" / "retrieval" / "questions.dev.jsonl").read_text("utf-8")


def _read_by(python: str, texts: list[str]) -> Any:
    done = subprocess.run(
        [python, "-c", READ], cwd=ROOT, input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
