"""Links: a scenario as the query string of an address, and back.

A link tells what differs from a shipped scenario, in short names that people can read::

    v=2&from=balanced-shift.k3v7q2ma&training=0.3&a.trust_asymmetry=1,1.5,5&check=5fq2wz7d

``v`` is the version of the file format, ``from`` the scenario that the rest is added to. A number
is written as in a file, ``null`` is null; lists are ``low,central,high`` and, for a split,
``listening,community,content,networking,social,savings``, and for stages
``depth,month,figure,side,back,on,always,step,people,records,rebuilding``; ``a.<id>=register`` takes
back what the shipped scenario overrides. ``check`` is a checksum of all that the link says, so that
one that lost a part or was changed is found out instead of opening as something else.

What a plan started from, which resets lead back to and changes are explained by, is the shipped
scenario in ``from``, unless ``base`` says otherwise: the name of another one, or ``here``. Then it
is the scenario that the link opens, but for parameters such as ``base.training=0.3``.

A link of ``from`` alone, with the bare name of a shipped scenario, opens that as it is today.

**For ever.** A link opens what it was made of, whatever the simulator ships by then. Before a
shipped scenario changes, or the version of the format goes up, its file is therefore copied to
``scenarios/former/v<version of the format>/<its name>.<any word>.json``; that, not the new one, is
what older links start from. Names of a version are never changed either: a new version of the
format gets a file of its own beside ``names_v2``, and what an older link holds goes through
:mod:`simulator.scenario.format_migrations` as a file does. ``tests/golden/links.json`` holds
links to prove it.
"""

from simulator.links.decode import MOST_PARAMETERS, MOST_READ, Link, decode, is_link, speaks
from simulator.links.encode import MAX_LENGTH, encode, fits, shortened
from simulator.links.presets import FORMER, preset_of, references
from simulator.links.versions import PAGE_PARAMETERS, names

__all__ = [
    "FORMER",
    "MAX_LENGTH",
    "MOST_PARAMETERS",
    "MOST_READ",
    "PAGE_PARAMETERS",
    "Link",
    "decode",
    "encode",
    "fits",
    "is_link",
    "names",
    "preset_of",
    "references",
    "shortened",
    "speaks",
]
