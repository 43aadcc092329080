"""The claims of the articles that started the model: what independent evidence says of each, and
where in the model it can turn out wrong. The numbered rows of ``docs/CLAIMS.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.i18n.language import N_

VERDICT_WORDS: Mapping[str, str] = {
    "S": N_("independent evidence supports it"),
    "P": N_("independent evidence supports it in part"),
    "S/P": N_("independent evidence supports the first half, and the second in part"),
    "X": N_("independent evidence contradicts it"),
    "speed": N_("independent evidence contradicts how fast"),
    "0": N_("no independent evidence was found"),
    "P/X": N_("independent evidence supports it in part and contradicts it in part"),
    "direction": N_("independent evidence supports the direction"),
    "weak": N_("independent evidence for it is weak"),
    "–": N_("a way of looking at it, not a claim about facts"),
}
"""What each verdict of the table says."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What an article claims."""

    text: str
    """A message to be translated."""
    verdict: str
    """Of independent evidence: a key of :data:`VERDICT_WORDS`."""
    answer: str
    """What the model makes of it, in one sentence; a message to be translated."""
    where: tuple[str, ...]
    """Variables of the model whose equations decide it; none where it is no matter of one."""


CLAIMS: Mapping[int, Claim] = {
    1: Claim(
        N_("The cost is clear, the return uncertain; nobody can guarantee it."),
        "S",
        N_("Every outcome is a range over many draws, never one number."),
        (),
    ),
    2: Claim(
        N_("Social media cost little money and about ten minutes a day."),
        "P",
        N_("Minutes are a lever; every hour is paid, and conduct takes some of them."),
        ("involvement_hours", "hours_cost", "conduct_hours"),
    ),
    3: Claim(
        N_("“The investment feels like nothing.”"),
        "X",
        N_("Hours have a cost line of their own in every result."),
        ("hours_cost",),
    ),
    4: Claim(
        N_("Asking brings many perspectives; following from a distance teaches."),
        "S/P",
        N_("Openness feeds insight, connected colleagues feed capability."),
        ("insight_inflow", "capability_inflow"),
    ),
    5: Claim(
        N_("Strangers ask; some become customers."),
        "P",
        N_("Word of mouth and those who read along bring new customers."),
        ("acquisition", "word_of_mouth"),
    ),
    6: Claim(
        N_("Hits and followers are no goal."),
        "S",
        N_("Likes do nothing; reading along brings customers as far as content does."),
        ("reach", "acquisition"),
    ),
    7: Claim(
        N_("Connectedness with customers, employees, suppliers and the public is a resource."),
        "P",
        N_("Four stocks that build slowly and fade without effort."),
        ("connected_customers", "connected_employees", "connected_partners", "public_goodwill"),
    ),
    8: Claim(
        N_("Connectedness cannot be bought; it takes time and enthusiasm."),
        "P",
        N_("Money and time need each other; either at zero gives nothing."),
        ("combined_effort_to_customers",),
    ),
    9: Claim(
        N_("Policy first, then budgets."),
        "0",
        N_("A mandate sets how fast people begin to take part."),
        ("change_in_participation",),
    ),
    10: Claim(
        N_("Research money moves to social media, because listening gives insight."),
        "P",
        N_("Listening is worth a part of research; what cut research returned is missed."),
        ("insight_inflow",),
    ),
    11: Claim(
        N_("Presence is not enough: listen, ask, create together."),
        "S",
        N_("Openness multiplies effort and insight, as far as there are hours for it."),
        ("conduct_factor", "insight_inflow", "realised"),
    ),
    12: Claim(
        N_("Training money moves to networking; courses lose relevance."),
        "P/X",
        N_("Courses and peers both teach; how much courses lose is an assumption."),
        ("capability_inflow", "course_relevance"),
    ),
    13: Claim(
        N_("Customer service gets quieter; everyone serves customers."),
        "P/X",
        N_("Customers help each other, which may also raise contacts; employees' time is paid."),
        ("self_help_factor", "social_capacity"),
    ),
    14: Claim(
        N_("The effect comes in the long run."),
        "S",
        N_("Changes ramp up, and stocks follow with delays."),
        ("connected_customers", "trust"),
    ),
    15: Claim(
        N_("Connection leads to loyalty, supply and demand match better."),
        "P",
        N_("Taking part may bind customers; insight makes the offer fit better."),
        ("churn_hazard", "fit_factor"),
    ),
    16: Claim(
        N_("An airline earned 25 million via social channels, 4 to 5 of it by social payment."),
        "S",
        N_("Both are shown gross; only what would not have come anyway counts."),
        ("social_revenue", "social_payment", "social_payment_incremental"),
    ),
    17: Claim(
        N_("Judging each channel by ROI leads to dropping them one by one."),
        "P",
        N_("What dropping each instrument would do stands beside the verdict for the whole."),
        (),
    ),
    18: Claim(
        N_("Not joining costs money: Return on Ignoring."),
        "weak",
        N_("Carrying on is compared with a world that stands still, and with waiting a year."),
        (),
    ),
    19: Claim(
        N_("Preferred channels shift."),
        "speed",
        N_("They do, at a pace that is a wide assumption; where people are answered matters too."),
        ("change_in_channel_preference", "tried_share"),
    ),
    20: Claim(
        N_("Sending customers to another channel is no service."),
        "S",
        N_("Redirected contacts lower quality, and quality decides who leaves."),
        ("contacts_redirected", "delivered_quality", "churn_hazard"),
    ),
    21: Claim(
        N_("ROI means return on involvement."),
        "–",
        N_("Return on Involvement stands beside ROI, with hours counted as money."),
        (),
    ),
    22: Claim(
        N_("Treating social media as a lead channel kills it."),
        "direction",
        N_("The more of what is published sells, the less genuine it is felt to be."),
        ("authenticity",),
    ),
    23: Claim(
        N_("A paid product may be mentioned when it meets a need."),
        "S",
        N_("Some promotion helps: with nothing on offer little is sold."),
        ("offer",),
    ),
    24: Claim(
        N_("Credibility sells more and at a higher price."),
        "P",
        N_("Trust permits a higher price and makes word of mouth better."),
        ("trust_premium", "word_of_mouth"),
    ),
    25: Claim(
        N_("Look after your customers or a competitor will."),
        "weak",
        N_("Bad service makes customers leave; competitors are not modelled."),
        ("churn_hazard",),
    ),
    26: Claim(
        N_("Results come later, out of the relation."),
        "S",
        N_("Relations are stocks, and stocks take time."),
        ("connected_customers", "trust"),
    ),
    27: Claim(
        N_("Listening is the key, even with small means."),
        "P",
        N_("Returns diminish above a small start, so small means count most."),
        ("insight_inflow", "conduct_factor"),
    ),
    28: Claim(
        N_("Collecting likes is push marketing."),
        "S",
        N_("Likes have no effect of their own."),
        (),
    ),
    29: Claim(
        N_("Rest and regularity, a solid base first."),
        "P",
        N_("Regularity raises what effort brings; trust rises slowly and falls fast."),
        ("conduct_factor", "change_in_trust"),
    ),
    30: Claim(
        N_("Involvement is learnt by trial and error."),
        "S",
        N_("Skill grows with practice and fades without."),
        ("competence", "competence_inflow"),
    ),
    31: Claim(
        N_("Publishing always at the same moment keeps people (0.01 % a week leave a list)."),
        "0",
        N_("Regularity is a lever; mailing lists are not modelled."),
        ("conduct_factor",),
    ),
    32: Claim(
        N_("From lean and mean to lean and meaningful."),
        "P",
        N_("Connected employees become more capable."),
        ("capability_inflow", "forgetting"),
    ),
}
"""By their number."""
