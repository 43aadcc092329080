"""The best plan: what is asked, the search, and the proof of the answer.

:mod:`~simulator.optimise.search` looks for the best point of a box and knows nothing of plans;
:mod:`~simulator.optimise.levers` makes points of plans, :mod:`~simulator.optimise.evaluation` runs
them in the same draws, :mod:`~simulator.optimise.study` asks both piece by piece, and
:mod:`~simulator.optimise.proof` checks what comes of it by plain simulation.
"""

from simulator.optimise.answer import Answer, Infeasible
from simulator.optimise.question import OBJECTIVES, Limit, Move, Question, read_limit, read_move
from simulator.optimise.study import DRAWS, Study

__all__ = [
    "DRAWS",
    "OBJECTIVES",
    "Answer",
    "Infeasible",
    "Limit",
    "Move",
    "Question",
    "Study",
    "read_limit",
    "read_move",
]
