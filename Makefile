# `make help` lists every errand.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
WORKERS ?= 2
PYTEST = $(PYTHON) -m pytest --numprocesses $(WORKERS) --durations 10
RASA := RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1 PYTHONWARNINGS=ignore TF_CPP_MIN_LOG_LEVEL=3 .venv-rasa/bin/rasa
export PYTHONDONTWRITEBYTECODE ?=

##@ Run
run: ## Build what is missing, start Rasa and the service, print the address; Ctrl-C stops both
	@python3 server/environments.py && exec $(PYTHON) -m server.cli run

setup: ## Build both Python environments, with what tests need
	@python3 server/environments.py --tests

##@ Check
test: setup ## Everything that must hold: content, code, both databases, Rasa, the page in a browser
	@tests/prepare.sh
	@$(PYTEST)

test-fast: setup ## The loop at the desk, two minutes at most: all but Rasa, the browser and PostgreSQL
	@$(PYTEST) -m "not rasa and not browser and not postgres"

soak: setup ## What could go on for ever, at length: processes killed, random ways through the hall
	@tests/prepare.sh
	@WENBAN_TEST_SOAK=1 $(PYTEST) tests/stateful

lint: setup ## Format check, lint, types, import rules
	@$(PYTHON) -m ruff format --check . && $(PYTHON) -m ruff check . && $(PYTHON) -m mypy && .venv/bin/lint-imports

format: setup ## Format and mend what ruff can mend
	@$(PYTHON) -m ruff format . && $(PYTHON) -m ruff check --fix .

##@ Measure
evaluate: setup ## Ask every held-out question and play every dialogue; table and var/evaluation/report.html; LETTERS=file: real letters, too
	@$(PYTHON) -m server.training && $(PYTHON) -m evaluation $(if $(LETTERS),--letters $(LETTERS))

bench: setup ## Throughput, latency, memory and start time beside a stock Rasa bot
	@$(PYTHON) -m server.training && $(PYTHON) -m evaluation.load.bench

peers: setup ## BM25, TF-IDF, e5, USE and a stock Rasa bot beside the search, on the same texts; then each of its parts left out
	@$(PYTHON) -m server.training && $(PYTHON) -m evaluation.peers.compare && $(PYTHON) -m evaluation.retrieval.ablation

compare-classifiers: setup ## Accuracy, milliseconds and memory of three intent classifiers; cross-validation
	@$(PYTHON) -m evaluation.nlu.compare

calibrate: setup ## Fit weights and thresholds of the search on the development questions
	@$(PYTHON) -m evaluation.retrieval.calibrate && $(PYTHON) -m evaluation.retrieval.calibrate_told
	@$(PYTHON) -m evaluation.retrieval.calibrate_hall && $(PYTHON) -m evaluation.wrongs.calibrate
	@$(PYTHON) -m evaluation.statements.calibrate && $(PYTHON) -m evaluation.statements.calibrate_aspects && $(PYTHON) -m evaluation.scenarios.calibrate
	@$(PYTHON) -m evaluation.scenarios.calibrate_answers
	@$(PYTHON) -m evaluation.dialogue.calibrate_tracking && $(PYTHON) -m evaluation.retrieval.calibrate_follow_ups && $(PYTHON) -m evaluation.retrieval.calibrate_choosing

##@ Knowledge
content-report: setup ## How whole and how true the guides are: by theme, by kind of fact, what ends within 60 days
	@$(PYTHON) -m evaluation.knowledge.report

scenario-report: setup ## What is wrong with the scenarios, every way walked: make scenario-report [ID=open-restaurant]
	@$(PYTHON) -m evaluation.scenarios.report $(ID)

scenario-graphs: setup ## Draw the scenarios into docs/scenarios/
	@$(PYTHON) -m evaluation.scenarios.graph

check-laws: setup ## Hold every article of the sources against statute texts: make check-laws LAWS="laws.jsonl.gz rules.jsonl.gz"
	@$(PYTHON) -m evaluation.knowledge.check_laws $(LAWS)

train-embedding: setup ## Train the shipped sentence model: make train-embedding DATA=folder
	@$(PYTHON) -m knowledge_base.embedding.train --data $(DATA) --out knowledge_base/embedding/model

train-encoder: setup ## Make the shipped encoder: make train-encoder DATA=folder
	@$(PYTHON) -m pip install --quiet --no-deps --upgrade --target var/encoder/site onnx==1.23.2 ml_dtypes==0.6.0
	@PYTHONPATH=var/encoder/site $(PYTHON) -m knowledge_base.embedding.make_encoder --data $(DATA)

explain: setup ## Why a sentence is answered as it is: make explain Q="身份证丢了怎么补"
	@$(PYTHON) -m server.cli explain "$(Q)"

##@ Rasa
rasa-train: setup ## Train the Rasa model
	@$(PYTHON) -m server.training

bot-rules: setup ## Write Rasa's rules from the table of rooms
	@$(PYTHON) -m server.bot_rules

rasa-validate: setup ## Rasa's own check of domain, rules and training data
	@$(RASA) data validate --domain bot/domain --fail-on-warnings

rasa-test: setup ## Rasa's own test of the conversation rules and of understanding
	@$(RASA) test core --model models/wenban.tar.gz --stories tests/dialogue/test_stories.yml --e2e --fail-on-prediction-errors --no-plot --out var/rasa-test
	@$(RASA) test nlu --model models/wenban.tar.gz --nlu tests/dialogue/held_out_nlu.yml --no-plot --out var/rasa-test

rasa-shell: setup ## Talk to the bot in a terminal (needs `make run` in another, for the actions)
	@$(RASA) shell

##@ Pages
screenshots: setup ## Every state of the pages as a picture in var/screenshots; make screenshots ARGS=--docs: those of the READMEs anew
	@$(PYTHON) -m tests.browser.screenshots $(ARGS)

##@ WeChat
wechat-menu: setup ## Put the custom menu of channels/wechat/menu.yml in place of the official account's
	@$(PYTHON) -m server.wechat_menu

##@ Upkeep
lock: setup ## Write the lock files from what is installed
	@$(PYTHON) -m server.locking

clean: ## Remove caches; models, environments and data stay
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} + ; rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run setup test test-fast soak lint format evaluate bench peers explain compare-classifiers calibrate content-report check-laws train-embedding train-encoder rasa-train bot-rules rasa-validate rasa-test rasa-shell screenshots wechat-menu lock clean help
