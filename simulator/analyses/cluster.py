"""Work in pieces on a Dask cluster: the same pieces as here, so the same numbers to the last bit.

What is spread are the runs of the model (:mod:`simulator.analyses.held`), a piece a task; what is
made of their results stays here. The workers need this version of the product. Dask is an extra
that has to be installed (``cluster``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from simulator.analyses import held
from simulator.errors import Message, Problem, ScenarioError, shorten
from simulator.model.register import FloatArray

_PATIENCE_S = 10
"""For a scheduler to answer."""


@contextmanager
def on_cluster(address: str) -> Iterator[None]:
    """Inside, pieces are worked on by the workers of the scheduler at ``address``
    (``tcp://host:8786``).

    Raises:
        ScenarioError: there is no Dask here, or no scheduler there.
    """
    client = _client(address)
    try:

        def spread(
            work: Callable[[Any], FloatArray], pieces: Sequence[Any]
        ) -> Iterator[FloatArray]:
            futures = client.map(work, pieces, pure=False)
            try:
                for future in futures:
                    yield future.result()
            finally:
                client.cancel(futures)  # those that are left when nobody waits any more

        with held.worked_on_by(spread):
            yield
    finally:
        client.close()


def _client(address: str) -> Any:
    """A connection to the scheduler there."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise ScenarioError(
            [
                Problem(
                    "cluster",
                    Message("no Dask is installed here"),
                    Message("after: pip install budget-shift-simulator[cluster]"),
                )
            ]
        ) from None
    try:
        return distributed.Client(address, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError, TypeError):
        raise ScenarioError(
            [
                Problem(
                    "cluster",
                    Message("no scheduler answers at {address}", address=shorten(address)),
                    Message("the address of a Dask scheduler, tcp://host:8786"),
                )
            ]
        ) from None
