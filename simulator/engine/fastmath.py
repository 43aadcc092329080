"""``exp``, ``log`` and ``pow`` made of arithmetic and bit operations alone, which vectorise.

A call into the system's library does not, and would keep the loop around it from being turned into
vector instructions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numba
from numba import types as numba_types
from numba.extending import intrinsic

jit: Any = numba.njit(error_model="numpy", forceinline=True, fastmath={"contract"})
"""Compiles a function: no exceptions, everything in one piece, multiply and add in one instruction
where the machine has it (which moves the last digit, no more)."""


def _bitcast(to: Any, source: Any) -> Any:
    @intrinsic
    def cast(context, value):  # type: ignore[no-untyped-def]
        def build(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            return builder.bitcast(arguments[0], context.get_value_type(to))

        return to(source), build

    return cast


_as_bits = _bitcast(numba_types.int64, numba_types.float64)
_as_float = _bitcast(numba_types.float64, numba_types.int64)

_ROUNDER = 6755399441055744.0  # 1.5 * 2**52: adding it rounds to a whole number
_LN2_HIGH = 0.693147180369123816490
_LN2_LOW = 1.90821492927058770002e-10
_MANTISSA = 0x000FFFFFFFFFFFFF
_ONE = 0x3FF0000000000000
# Chebyshev fits over the reduced ranges, to below 1e-16: exp(r) = 1 + r + r^2 (E0 + E1 r + ...) for
# |r| <= ln(2)/2, and atanh(f) = f (1 + f^2 (L0 + L1 f^2 + ...)) for |f| <= 3 - 2 sqrt(2).
_E0 = 0.50000000000000010221
_E1 = 0.16666666666666667453
_E2 = 0.041666666666624127873
_E3 = 0.0083333333333300618325
_E4 = 0.0013888888917213716901
_E5 = 0.00019841269863053616878
_E6 = 0.000024801521295954375131
_E7 = 2.7557268459997064772e-6
_E8 = 2.7620088445409748161e-7
_E9 = 2.5100385495510319078e-8
_L0 = 0.33333333333333348465
_L1 = 0.1999999999994965534
_L2 = 0.14285714313031690182
_L3 = 0.11111105560224649243
_L4 = 0.09091445085156985107
_L5 = 0.076658434343192141265
_L6 = 0.073084394595149103775
_EXPONENT_READER = 0x4330000000000000  # 2**52, to turn a small integer into a float


@jit  # type: ignore[untyped-decorator]
def _exp(x: Any) -> Any:
    x = min(max(x, -700.0), 700.0)
    rounded = x * 1.4426950408889634 + _ROUNDER
    whole = rounded - _ROUNDER
    r = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    low = (_E0 + r * _E1) + r2 * (_E2 + r * _E3)
    high = (_E4 + r * _E5) + r2 * (_E6 + r * _E7)
    series = 1.0 + (r + r2 * (low + r4 * (high + r4 * (_E8 + r * _E9))))
    return series * _as_float((_as_bits(rounded) + 1023) << 52)


@jit  # type: ignore[untyped-decorator]
def _log(x: Any) -> Any:
    bits = _as_bits(x)
    mantissa = _as_float((bits & _MANTISSA) | _ONE)
    exponent = _as_float((bits >> 52) | _EXPONENT_READER) - 4503599627370496.0 - 1023.0
    high = mantissa > 1.4142135623730951
    mantissa = 0.5 * mantissa if high else mantissa
    exponent = exponent + 1.0 if high else exponent
    f = (mantissa - 1.0) / (mantissa + 1.0)
    s = f * f
    s2 = s * s
    s4 = s2 * s2
    low = (_L0 + s * _L1) + s2 * (_L2 + s * _L3)
    series = s * (low + s4 * ((_L4 + s * _L5) + s2 * _L6))
    return exponent * _LN2_HIGH + (2.0 * f + (2.0 * f * series + exponent * _LN2_LOW))


@jit  # type: ignore[untyped-decorator]
def _pow(x: Any, y: Any) -> Any:
    return _exp(y * _log(x))


VECTORISABLE: Mapping[Callable[..., float], Any] = {math.exp: _exp, math.log: _log, math.pow: _pow}
"""What takes the place of each function of the system's library."""
