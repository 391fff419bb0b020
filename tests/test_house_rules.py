"""The house's own rules, checked like code: who imports whom, types, form, and that what is offered is described."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import yaml
from pydantic import BaseModel

from knowledge_base.model import HangsOn, Neighbour, ServiceGuide
from knowledge_base.sources import Article, LegalText
from knowledge_base.statements import Asked, Statement
from server.app import make_app
from server.settings import ROOT, Settings
from tests.standins.wechat.account import settings_of
from tests.town_house import TownHouse

TOOLS = Path(sys.executable).parent
READMES = ("README.md", "README.zh-CN.md")
MOST_LINES = 400
VENDOR = "vendor"
"""What others wrote stands in folders of that name, unchanged."""
# What is made here and never kept (.gitignore), and what is no text.
MADE_HERE = {".git", ".venv", ".venv-rasa", "var", "models", ".rasa", ".hypothesis", "__pycache__", "reports"}
NO_TEXT = {".npz", ".safetensors", ".onnx", ".png", ".jpg", ".ico", ".woff2", ".gz", ".xlsx", ".pyc"}
ADDRESS = re.compile(r"https?://\S+")  # of a page on the web, which may be kept in any folder
MACHINE_PATHS = re.compile("|".join(map(re.escape, ("/" + "work/", "/" + "root/", "/" + "home/", "." + "library/"))))


def run(tool: str, *arguments: str) -> None:
    ended = subprocess.run([str(TOOLS / tool), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, (ended.stdout + ended.stderr)[-5000:]


class TestTheCode:
    def test_rooms_look_down_never_up_or_sideways(self) -> None:
        run("lint-imports", "--no-cache")

    def test_types_hold(self) -> None:
        run("mypy")

    def test_nothing_is_left_to_mend(self) -> None:
        run("ruff", "check", ".")

    def test_everything_is_in_form(self) -> None:
        run("ruff", "format", "--check", ".")

    def test_doors_ask_the_hall_and_take_nothing_from_behind_it(self) -> None:
        """`hall.appointments.book(…)`, never `book(hall.means, …)`."""
        behind = [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for folder in ("channels", "actions")
            for path in sorted((ROOT / folder).rglob("*.py"))
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute | ast.ImportFrom)
            if (isinstance(node, ast.Attribute) and node.attr in ("means", "ledger"))
            or (isinstance(node, ast.ImportFrom) and any(each.name in ("Means", "Ledger") for each in node.names))
        ]
        assert behind == []

    def test_no_module_is_too_long(self) -> None:
        long = {
            path.relative_to(ROOT).as_posix(): lines
            for path in files()
            if path.suffix in (".py", ".js") and VENDOR not in path.parts
            if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
        }
        assert long == {}

    def test_no_file_names_a_place_on_somebodys_machine(self) -> None:
        named = [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
            for path in files()
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
            if MACHINE_PATHS.search(ADDRESS.sub("", line))
        ]
        assert named == []


class TestWhatIsDescribed:
    @pytest.mark.parametrize("readme", READMES)
    def test_every_setting_stands_in_the_readme(self, readme: str) -> None:
        text = page(readme)
        settings = [f"WENBAN_{name.upper()}" for name in Settings.model_fields]
        assert [name for name in settings if not re.search(rf"\b{name}\b", text)] == []

    @pytest.mark.parametrize("readme", READMES)
    def test_no_setting_is_described_that_there_is_not(self, readme: str) -> None:
        known = {f"WENBAN_{name.upper()}" for name in Settings.model_fields} | set(variables_of_scripts())
        assert set(re.findall(r"\bWENBAN_[A-Z_]+\b", page(readme))) - known == set()

    def test_every_setting_says_what_it_means(self) -> None:
        assert [name for name, field in Settings.model_fields.items() if not field.description] == []

    def test_every_setting_stands_in_the_example(self) -> None:
        text = page(".env.example")
        assert [name for name in Settings.model_fields if f"WENBAN_{name.upper()}=" not in text] == []

    def test_every_errand_of_make_has_a_line_of_help(self) -> None:
        listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert [name for name in errands() if not re.search(rf"make {name} +\S", listed)] == []

    @pytest.mark.parametrize("readme", READMES)
    def test_every_errand_of_make_stands_in_the_readme(self, readme: str) -> None:
        text = page(readme)
        assert [name for name in errands() if not re.search(rf"make {name}\b(?!-)", text)] == []

    def test_every_errand_of_make_has_a_page(self) -> None:
        pages = "\n".join(path.read_text("utf-8") for path in (ROOT / "docs" / "tasks").glob("*.md"))
        assert [name for name in errands() if not re.search(rf"make {name}\b(?!-)", pages)] == []

    def test_every_field_of_a_guide_stands_in_the_glossary(self) -> None:
        text = page("docs/glossary.md")
        kinds = get_args(get_args(Statement)[0])
        parts: tuple[type[BaseModel], ...] = (ServiceGuide, *kinds, Asked, Neighbour, HangsOn, LegalText, Article)
        names = {name for part in parts for name in part.model_fields}
        assert [name for name in sorted(names) if not re.search(rf"[`.]{name}`", text)] == []
        assert [kind.model_fields["kind"].annotation for kind in kinds if f"`{_kind(kind)}`" not in text] == []

    def test_every_public_endpoint_is_described(self, tmp_path: Path) -> None:
        text = "\n".join(page(name) for name in (*READMES, "docs/http.md") if (ROOT / name).is_file())
        paths = make_app(TownHouse(tmp_path, **settings_of("http://127.0.0.1:9")).house).openapi()["paths"]
        assert len(paths) > 8 and "/wechat" in paths
        assert [path for path in paths if not re.search(rf"{re.escape(path)}[\s?`]", text)] == []

    def test_the_examples_name_offices_that_there_are(self) -> None:
        named = set(re.findall(r'"office_id": "([^"…]+)"', page("docs/http.md")))
        there = {
            office["id"]
            for path in (ROOT / "knowledge_base/content/offices").glob("*.yml")
            for office in yaml.safe_load(path.read_text("utf-8"))["offices"]
        }
        assert named and named <= there

    def test_every_link_between_pages_leads_somewhere(self) -> None:
        broken = [
            f"{source.relative_to(ROOT)}: {target}"
            for source in files()
            if source.suffix == ".md"
            for target in re.findall(r"\]\((?!https?://|mailto:|#)([^)#\s]+)", source.read_text("utf-8"))
            if not (source.parent / target).exists()
        ]
        assert broken == []


def _kind(statement: type[BaseModel]) -> str:
    return str(get_args(statement.model_fields["kind"].annotation)[0])


def files() -> Iterator[Path]:
    """Every text file of the repository."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in MADE_HERE and not name.endswith("_cache"))
        for name in sorted(names):
            # In a second working tree `.git` is a file.
            if Path(name).suffix not in NO_TEXT and name not in (".env", ".git"):
                yield Path(folder, name)


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def errands() -> list[str]:
    return re.findall(r"^([a-z][a-z-]*):", page("Makefile"), re.MULTILINE)


def variables_of_scripts() -> list[str]:
    """Read by set-up and tests, before or beside the settings."""
    read = "\n".join(path.read_text("utf-8") for path in files() if path.suffix in (".py", ".sh"))
    return re.findall(r"""["'$](WENBAN_[A-Z_]+)\b""", read)


def test_no_two_decisions_have_one_number() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")]
    assert len(numbers) == len({*numbers})
