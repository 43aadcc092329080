"""Insight: what the organisation knows about what its customers want."""

from __future__ import annotations

from simulator.model.equations.connectedness import curve, readers
from simulator.model.register import Parameters


def peer_research(labour_bill: float, p: Parameters) -> float:
    """What a peer of this size spends on market research, currency per year."""
    return labour_bill * p.market_research_share_of_labour_cost


def insight_inflow(
    research: float,
    listening: float,
    reference: float,
    exponent: float,
    openness: float,
    reach: float,
    connected_customers: float,
    connected_partners: float,
    p: Parameters,
) -> float:
    """Inflow into insight, per month.

    Research and listening are in currency per year, as is their ``reference``
    (:func:`peer_research`); ``exponent`` is the curvature of the response. Three sources: research;
    listening to those who can be met, worth ``social_listening_substitution`` of research for
    the same money and less when nobody really listens or hardly anybody is there to be heard; and
    dialogue with customers and partners, which costs no budget but needs openness (asking,
    co-creating), whose hours are counted.
    """
    met = readers(reach, p)
    heard_of = met / (met + p.listening_half_reach)
    heard = heard_of * (1.0 - p.openness_weight * (1.0 - openness))
    studied = curve(research / reference, exponent, p)
    listened = p.social_listening_substitution * heard * curve(listening / reference, exponent, p)
    dialogue = openness * (
        p.dialogue_insight_rate * connected_customers
        + p.cocreation_insight_rate * connected_partners
    )
    return p.research_insight_rate * (studied + listened) + dialogue
