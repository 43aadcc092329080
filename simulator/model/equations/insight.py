"""Insight: what the organisation knows about what its customers want."""

from __future__ import annotations

from simulator.model.equations.connectedness import response
from simulator.model.register import Parameters


def insight_inflow(
    research: float,
    listening: float,
    openness: float,
    connected_customers: float,
    connected_partners: float,
    revenue: float,
    p: Parameters,
) -> float:
    """Inflow into insight, per month.

    Research and listening are in currency per year; ``revenue`` is today's. Three sources:
    research; listening to connected customers, worth ``social_listening_substitution`` of research
    for the same money and less when nobody really listens or hardly anybody is there to be heard;
    and dialogue with connected customers and partners, which costs no budget but needs openness
    (asking, co-creating).
    """
    reference = revenue * p.market_research_share_of_revenue
    reach = connected_customers / (connected_customers + p.listening_half_reach)
    heard = reach * (1.0 - p.openness_weight * (1.0 - openness))
    studied = response(research / reference, p)
    listened = p.social_listening_substitution * heard * response(listening / reference, p)
    dialogue = openness * (
        p.dialogue_insight_rate * connected_customers
        + p.cocreation_insight_rate * connected_partners
    )
    return p.research_insight_rate * (studied + listened) + dialogue
