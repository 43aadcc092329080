"""The equations of the model, one file a sector.

Every function here is pure and scalar: floats and NamedTuples of floats in, the same out.
Only arithmetic, comparisons, conditional expressions, ``min``, ``max`` and, from ``math``,
``exp``, ``log``, ``pow`` and ``sqrt`` are used, so that one source can be read, tested,
compiled for speed and translated. ``tests/model/test_equations.py`` holds the code to that grammar.

Signs and units: time in months unless a name says otherwise, money and contacts as rates per
year, shares and intangible stocks between 0 and 1.
"""
