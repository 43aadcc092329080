"""How property tests run: the same examples every time, unless asked to look for new ones."""

import os

from hypothesis import HealthCheck, settings

# No deadline: the first call into compiled code, and a busy machine, are slow without being wrong.
settings.register_profile("default", derandomize=True, deadline=None)
# HYPOTHESIS_PROFILE=explore looks for new counterexamples, far longer.
settings.register_profile(
    "explore", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
