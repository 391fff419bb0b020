"""The part that runs in Rasa's own environment: train the stock bot, ask it.

`.venv-rasa/bin/python -m evaluation.peers.within_rasa train|ask …`, Python 3.10; called by `diet`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.utils.log_utils import configure_structlog
from rasa.utils.tensorflow.environment import setup_tf_environment


def train(project: Path, name: str) -> None:
    made = train_nlu(
        str(project / "config.yml"),
        str(project / "nlu.yml"),
        str(project / "models"),
        fixed_model_name=name,
        domain=str(project / "domain.yml"),
    )
    if not made:
        raise SystemExit("the stock bot was not trained")


def ask(model: Path, questions: Path, out: Path) -> None:
    """`questions`: a JSON list of texts; `out`: of each the intents and the responses, likeliest first."""
    setup_tf_environment()
    configure_structlog(logging.WARNING)  # or each message is printed, which costs more than reading it
    agent = Agent.load(str(model))
    texts = json.loads(questions.read_text("utf-8"))
    out.write_text(json.dumps(asyncio.run(_ask_all(agent, texts)), ensure_ascii=False), "utf-8")


async def _ask_all(agent: Agent, texts: list[str]) -> list[dict[str, Any]]:
    found = []
    for text in texts:
        parsed = await agent.parse_message(text)
        selected = next(each for name, each in parsed["response_selector"].items() if name != "all_retrieval_intents")
        found.append(
            {
                "intents": _named(parsed["intent_ranking"], "name"),
                "responses": _named(selected["ranking"], "intent_response_key"),
            }
        )
    return found


def _named(ranking: list[dict[str, Any]], name: str) -> list[list[Any]]:
    return [[each[name], float(each["confidence"])] for each in ranking]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    errands = options.add_subparsers(dest="errand", required=True)
    training, asking = errands.add_parser("train"), errands.add_parser("ask")
    training.add_argument("project", type=Path)
    training.add_argument("name")
    training.set_defaults(carry_out=train)
    for each in ("model", "questions", "out"):
        asking.add_argument(each, type=Path)
    asking.set_defaults(carry_out=ask)
    chosen = vars(options.parse_args())
    carry_out = chosen.pop("carry_out")
    chosen.pop("errand")
    carry_out(**chosen)


if __name__ == "__main__":
    main()
