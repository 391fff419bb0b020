"""What serves citizens loads no library that only learning needs, and what looks after it none that searches."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from server.settings import ROOT
from tests.made_once import intents_are_learned

ANSWER = """
import json, sys
from pathlib import Path
import server.cli, server.serve
from server.bootstrap import open_house
from server.settings import Settings
from service_hall.conversation.context import Context
from service_hall.shared.ids import VisitorId
house = open_house(Settings(var=Path(sys.argv[1]), database_url="", secret_key="", admin_password="only for tests"))
turn = house.hall.reception.respond_alone(VisitorId("v"), "身份证丢了怎么补办", Context())
heavy = ("sklearn", "joblib", "torch", "sentence_transformers", "rasa", "tensorflow")
print(json.dumps([turn.outcome, [name for name in heavy if name in sys.modules]]))
"""


def test_a_service_that_answers_has_loaded_nothing_that_learns(tmp_path: Path) -> None:
    intents_are_learned()
    command = [sys.executable, "-c", ANSWER, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == ["answered", []]


def test_who_looks_after_the_service_loads_nothing_that_searches() -> None:
    asks = "import sys, server.cli; print([each for each in ('faiss', 'scipy', 'onnxruntime') if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
