"""The patterns that are written in calls: `re.sub(r"…", …)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from evaluation.patterns.found import Found, once_each, ways_of
from evaluation.patterns.modules import modules, tree_of_module

_ASKS = frozenset({"compile", "search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer"})


@dataclass(frozen=True)
class MadeMeanwhile:
    """A call whose pattern is not known before it runs."""

    module: str
    function: str
    """'' at the module's own level: what is made there, the module keeps."""

    @property
    def where(self) -> str:
        return f"{self.module}.{self.function}"


@cache
def patterns_in_calls() -> tuple[tuple[Found, ...], tuple[MadeMeanwhile, ...]]:
    """`re.sub(r"\\s", …)` and the like, anywhere; and those whose pattern only the moment knows."""
    found: list[Found] = []
    unknown: list[MadeMeanwhile] = []
    for module in modules():
        for call, within in calls_of_re(tree_of_module(module)):
            way = call.func.attr  # type: ignore[attr-defined]
            try:
                pattern = _evaluated(call, module)
            except NameError:
                unknown.append(MadeMeanwhile(module.__name__, within))
                continue
            if within or way != "compile":
                found.append(Found(f"{module.__name__}:{call.lineno}", pattern, ways_of([way])))
    return once_each(found), tuple(dict.fromkeys(unknown))


def calls_of_re(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Each call of `re.…` with a pattern, and the function that it stands in; '' at the module's own level."""

    def walk(node: ast.AST, within: str) -> Iterator[tuple[ast.Call, str]]:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            within = f"{within}.{node.name}".lstrip(".")
        _check_import(node)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _ASKS
        ):
            yield node, within
        for child in ast.iter_child_nodes(node):
            yield from walk(child, within)

    yield from walk(tree, "")


def _check_import(node: ast.AST) -> None:
    bad: set[str] = set()
    if isinstance(node, ast.ImportFrom) and node.module == "re":
        bad = {each.name for each in node.names} - {"Match", "Pattern"}
    if isinstance(node, ast.Import):
        bad = {each.asname for each in node.names if each.name == "re" and each.asname}
    assert not bad, f"import re, and write re.…, so that it is found: {bad}"


def _evaluated(call: ast.Call, module: ModuleType) -> re.Pattern[str]:
    """Raises NameError where the pattern is put together from what the moment brings."""
    said = eval(compile(ast.Expression(call.args[0]), "<pattern>", "eval"), dict(vars(module)))
    given = [each.value for each in call.keywords if each.arg == "flags"] + (
        call.args[1:] if call.func.attr == "compile" else []  # type: ignore[attr-defined]
    )
    flags = eval(compile(ast.Expression(given[0]), "<flags>", "eval"), {"re": re}) if given else 0
    return said if isinstance(said, re.Pattern) else re.compile(said, flags)
