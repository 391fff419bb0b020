"""The patterns that modules keep: by themselves, in tables, classes and closures."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from functools import cache, partial
from types import BuiltinMethodType, FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any

from evaluation.patterns.found import ANYWHERE, Found, once_each, ways_of
from evaluation.patterns.modules import ROOMS, modules, tree_of_module


@cache
def patterns_kept() -> tuple[Found, ...]:
    """In what the modules hold once they are loaded."""
    uses = _uses_by_name()
    seen: set[int] = set()
    return once_each(
        [
            Found(f"{module.__name__}.{path}", pattern, uses.get((module.__name__, path), ANYWHERE))
            for module in modules()
            for path, pattern in _within(module, seen)
        ]
    )


def patterns_in(thing: object, called: str) -> list[Found]:
    """In something that is made while the product runs."""
    return [Found(f"{called}{path}", pattern, ANYWHERE) for path, pattern in _reach(thing, "", set(), 0)]


def _within(module: ModuleType, seen: set[int]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, thing in vars(module).items():
        if not name.startswith("__") and not isinstance(thing, ModuleType):
            yield from _reach(thing, name, seen, 0)


def _reach(thing: object, path: str, seen: set[int], depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(thing, re.Pattern):
        if isinstance(thing.pattern, str):
            yield path, thing
        return
    if isinstance(thing, (str, bytes, int, float, ModuleType)) or thing is None or id(thing) in seen or depth > 8:
        return
    seen.add(id(thing))
    for name, part in _parts(thing):
        yield from _reach(part, f"{path}{name}", seen, depth + 1)


def _parts(thing: Any) -> Iterator[tuple[str, object]]:
    if isinstance(thing, partial):
        yield from ((f"({number})", value) for number, value in enumerate(thing.args))
    elif isinstance(thing, BuiltinMethodType):
        yield "", thing.__self__
    elif isinstance(thing, (Mapping, MappingProxyType)):
        yield from ((f"[{key!r}]", value) for key, value in thing.items())
    elif isinstance(thing, (list, tuple, set, frozenset)):
        yield from ((f"[{number}]", value) for number, value in enumerate(thing))
    elif isinstance(thing, (FunctionType, MethodType)) or hasattr(thing, "__wrapped__"):
        inner = getattr(thing, "__wrapped__", thing)
        for cell in getattr(inner, "__closure__", None) or ():
            try:
                yield "()", cell.cell_contents
            except ValueError:  # still empty
                continue
        yield from ((f"({number})", value) for number, value in enumerate(getattr(inner, "__defaults__", None) or ()))
    elif isinstance(thing, type):
        if thing.__module__.split(".")[0] in ROOMS:
            yield from ((f".{name}", value) for name, value in vars(thing).items() if not name.startswith("__"))
    elif isinstance(thing, property):
        yield ".fget", thing.fget
    elif is_dataclass(thing):
        yield from ((f".{each.name}", getattr(thing, each.name, None)) for each in fields(thing))
    elif type(thing).__module__.split(".")[0] in ROOMS and hasattr(thing, "__dict__"):
        yield from ((f".{name}", value) for name, value in vars(thing).items())


@cache
def _uses_by_name() -> Mapping[tuple[str, str], Set[str]]:
    """(module, name) → ways, for the names that are only ever asked, and never handed on."""
    asked: dict[tuple[str, str], set[str]] = {}
    for module in modules():
        tree = tree_of_module(module)
        owner = {name: (module.__name__, name) for name in vars(module)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                owner.update({each.asname or each.name: (node.module, each.name) for each in node.names})
        bare = _names_alone(tree)
        for name, key in owner.items():
            if name in bare:
                asked.setdefault(key, set()).add("handed on")
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in owner:
                asked.setdefault(owner[node.value.id], set()).add(node.attr)
    return {key: ways_of(ways) for key, ways in asked.items()}


def _names_alone(tree: ast.AST) -> set[str]:
    """Read otherwise than to ask it something."""
    asked = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in asked
    }
