"""The model: quantities, equations, their wiring, the register of assumptions."""
