"""What pages call things whose name in the model is a technical term. Terms stay in the register,
in documents and in code; whoever opens an assumption on a page reads its term there."""

from __future__ import annotations

from collections.abc import Mapping

PLAIN: Mapping[str, str] = {
    "Curvature of research": "How much more research money still teaches",
    "Curvature of training": "How much more training money still teaches",
    "Saturation of self-help": "Where customers' help for each other levels off",
    "Contagion of leaving": "How far leaving spreads to others",
    "Form of leaving": "Whether leaving spreads to others",
    "Form of a community": "How a community grows with effort",
    "Weight: contagion": "Weight: leaving spreads to others",
    "Slack of conduct": "How far conduct falls behind the time for it",
    "Scale of hosting and content": "How hosting and content grow with people",
    "Heads of the reference": "Number of people behind the references",
    "Indifference between channels": "Where customers take either channel",
    "Elasticity of substitution between money and people's time in relational effort; below 1"
    " they are complements": (
        "How far money can stand in for people's time in building relations; below 1 each "
        "needs the other (elasticity of substitution)"
    ),
    "Elasticity to effort of the inflow into relations, reach and skill in connecting": (
        "How much faster relations, reach and skill in connecting grow with more effort: 1 in"
        " proportion, below 1 ever less (elasticity)"
    ),
    "Elasticity of what is learnt to the research budget at a peer's: the lower, the more "
    "abolishing the budget loses beside what its last euro brings": (
        "How many per cent more is learnt for a per cent more of research budget at a peer's "
        "(elasticity): the lower, the more abolishing the budget loses beside what its last "
        "euro brings"
    ),
    "Elasticity of what is learnt to the training budget at a peer's: the lower, the more "
    "abolishing the budget loses beside what its last euro brings": (
        "How many per cent more is learnt for a per cent more of training budget at a peer's "
        "(elasticity): the lower, the more abolishing the budget loses beside what its last "
        "euro brings"
    ),
    "Drawn only where the organisation does not know it, and cut by the transfer of effects. Both "
    "ends as published: self-service can raise contacts. giffgaff has half of its questions "
    "answered that way; a company like that knows its own figure.": (
        "The source is about self-service on the web, not about customers who answer each other: "
        "for that nobody has measured this range, and its middle is judgement. Drawn only where "
        "the organisation does not know it, and cut by the transfer of effects. Both ends as "
        "published: self-service can raise contacts. giffgaff has half of its questions answered "
        "that way; a company like that knows its own figure."
    ),
    "Fall in the log hazard of leaving per unit of perceived service quality": (
        "How much less customers leave the better they find service (fall in the log hazard "
        "of leaving per unit of quality)"
    ),
    "Log of the hazard of leaving that taking part takes away; below 0: it adds": (
        "How much less customers leave who take part; below 0: more (log of the hazard of "
        "leaving that it takes away)"
    ),
}
"""By the text in the register: what is shown in its place, and translated. Where a range was read
from a study of something else, its note says so first."""
