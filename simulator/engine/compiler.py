"""Compiles the model's own source, which itself stays as it is and runs as plain Python, too."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.engine.fastmath import VECTORISABLE, jit


class Compiler:
    """Compiles plain functions, and what they call, under the engine's rules."""

    def __init__(self) -> None:
        self.done: dict[Any, Any] = {**VECTORISABLE}

    def __call__(self, function: Callable[..., Any]) -> Any:
        """The compiled twin of ``function``, which itself stays as it is."""
        if function not in self.done:
            known = function.__globals__
            called = {
                name: self(known[name])
                for name in function.__code__.co_names
                if name in known and self._compiles(known[name])
            }
            twin = types.FunctionType(
                function.__code__, {**known, **called}, function.__name__, function.__defaults__
            )
            self.done[function] = jit(twin)
        return self.done[function]

    def _compiles(self, value: Any) -> bool:
        return isinstance(value, types.FunctionType) or (
            isinstance(value, types.BuiltinFunctionType) and value in self.done
        )


def from_source(body: Sequence[str], parameters: str, names: Mapping[str, Any]) -> Any:
    """Compile a function with this body; for the repetitive parts, one line a field."""
    scope = dict(names)
    text = f"def generated({parameters}):\n" + "\n".join(f"    {line}" for line in body) + "\n"
    exec(text, scope)  # holds numbers counted here, nothing from outside
    return jit(scope["generated"])
