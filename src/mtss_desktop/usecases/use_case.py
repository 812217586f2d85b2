"""Every use case and question by name: what the window, the terminal and the tests find them by."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Concatenate, ParamSpec, TypeVar

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.records import Permission
from mtss_desktop.store.work import Work

P = ParamSpec("P")
T = TypeVar("T")
Function = Callable[Concatenate[Work, P], T]


_RAISES = re.compile(r"Raises [^.]*\.(?=\s|$)")
_QUOTED = re.compile(r"`{1,2}([^`]+)`{1,2}")


@dataclass(frozen=True)
class Described:
    """``name`` is ``topic.verb`` as in the terminal; ``label`` is what Undo calls it; ``kind`` the journal's word for its step."""

    name: str
    label: str
    function: Callable[..., Any]
    writes: bool
    needs: Permission
    kind: str = "edit"
    undoable: bool = True

    @property
    def summary(self) -> str:
        """The first words of its docstring as the terminal says them: without the errors, which speak for themselves."""
        first = (inspect.getdoc(self.function) or self.label).split("\n\n")[0].replace("\n", " ")
        return _QUOTED.sub(r"“\1”", _RAISES.sub("", first)).strip() or f"{self.label}."

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """All but the work itself, with annotations resolved."""
        hints = typing.get_type_hints(self.function)
        found = list(inspect.signature(self.function).parameters.values())[1:]
        return {each.name: each.replace(annotation=hints.get(each.name, str)) for each in found}


_BY_FUNCTION: dict[Any, Described] = {}


def use_case(
    label: str, *, needs: Permission = Permission.COACH, kind: str = "edit", undoable: bool = True, topic: str = ""
) -> Callable[[Function[P, T]], Function[P, T]]:
    """Registers something a person can do. The function never commits. ``topic`` where its module is a part of a topic."""
    return _register(label, writes=True, needs=needs, kind=kind, undoable=undoable, topic=topic)


def question(
    label: str, *, needs: Permission = Permission.READER, topic: str = ""
) -> Callable[[Function[P, T]], Function[P, T]]:
    """Registers something a person can ask. The function never writes."""
    return _register(label, writes=False, needs=needs, kind="edit", undoable=False, topic=topic)


def _register(
    label: str, *, writes: bool, needs: Permission, kind: str, undoable: bool, topic: str
) -> Callable[[Function[P, T]], Function[P, T]]:
    def register(function: Function[P, T]) -> Function[P, T]:
        name = f"{topic or function.__module__.rsplit('.', 1)[-1]}.{function.__name__.strip('_')}"
        _BY_FUNCTION[function] = Described(name, label, function, writes, needs, kind, undoable)
        return function

    return register


def described(function: Callable[..., Any]) -> Described:
    """Raises ``KeyError`` for a function that is neither use case nor question."""
    return _BY_FUNCTION[function]


def registry() -> dict[str, Described]:
    """Every use case and question by name; reads all topic modules first."""
    from mtss_desktop import usecases

    for module in iter_modules(usecases.__path__):
        import_module(f"{usecases.__name__}.{module.name}")
    own = (each for each in _BY_FUNCTION.values() if each.function.__module__.startswith(f"{usecases.__name__}."))
    return {each.name: each for each in sorted(own, key=lambda each: each.name)}


def by_name(name: str) -> Described:
    """Raises ``UserError`` naming what comes near."""
    found = registry()
    if name in found:
        return found[name]
    topic = name.split(".", maxsplit=1)[0]
    near = [each for each in found if each.startswith(f"{topic}.")]
    raise UserError(f"There is no “{name}”.", f"Known here: {', '.join(near) or ', '.join(_topics(found))}.")


def _topics(found: dict[str, Described]) -> Iterator[str]:
    seen: dict[str, None] = {}
    for name in found:
        seen.setdefault(name.split(".")[0])
    yield from seen
