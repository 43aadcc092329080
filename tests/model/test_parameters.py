"""The register of assumptions is complete, and draws from it are what they claim to be."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator import engine
from simulator.engine import kernel, sampling
from simulator.engine.sampling import quantile
from simulator.model import register
from simulator.model.register import (
    BY_ID,
    GRADES,
    REGISTER,
    Distribution,
    Parameter,
    Parameters,
    Range,
)
from tests.support.examples import examples
from tests.support.strategies import seeds

# --- the register --------------------------------------------------------------------------------


def _read_by_equations() -> set[str]:
    """Every name that the model reads from its parameters, ``p``."""
    return {
        node.attr
        for module in kernel.modules()
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "p"
    }


def test_what_equations_read_is_what_is_registered() -> None:
    assert _read_by_equations() == set(BY_ID)


def test_ids_are_unique_and_in_the_order_of_the_tuple() -> None:
    ids = tuple(one.id for one in REGISTER)
    assert len(set(ids)) == len(ids)
    assert ids == Parameters._fields
    assert all(one.id.isidentifier() for one in REGISTER)


@pytest.mark.parametrize("parameter", REGISTER, ids=lambda one: one.id)
def test_every_parameter_is_complete(parameter: Parameter) -> None:
    for field in ("group", "label", "meaning", "unit", "note"):
        assert getattr(parameter, field).strip() == getattr(parameter, field) != "", field
    assert parameter.grade in GRADES
    assert parameter.low <= parameter.central <= parameter.high
    assert np.isfinite((parameter.low, parameter.central, parameter.high)).all()
    assert (parameter.low == parameter.high) == (parameter.distribution is Distribution.FIXED)
    if parameter.distribution is Distribution.LOGNORMAL:
        assert 0.0 < parameter.low < parameter.central < parameter.high
    if parameter.unit == "share":
        assert parameter.low >= 0.0
        assert parameter.high <= 1.0


@pytest.mark.parametrize("parameter", REGISTER, ids=lambda one: one.id)
def test_evidence_is_no_better_than_its_source(parameter: Parameter) -> None:
    if parameter.grade != "E":
        assert parameter.citation and parameter.reported_figure
        assert parameter.checked_at
    if parameter.checked_at == "memory":
        assert parameter.grade == "E"
    if parameter.register_id:
        parts = parameter.register_id.split("+")
        assert all(part and part == part.strip() for part in parts)
        assert parameter.reported_figure
    elif parameter.grade != "E":  # a source of its own, read elsewhere than for the register
        assert parameter.checked_at != "memory"


def test_qualities_are_ordered_in_every_draw() -> None:
    assert BY_ID["quality_matched"].low >= BY_ID["quality_redirected"].high
    assert BY_ID["quality_redirected"].low >= BY_ID["quality_unserved"].high


# --- inverse distribution functions --------------------------------------------------------------


@st.composite
def ranges(draw: st.DrawFn, least: float = -10.0) -> Range:
    """Low, central and high in order, some of them equal."""
    ends = st.floats(least, 100.0).map(lambda value: round(value, 6))
    return Range(*sorted(draw(st.tuples(ends, ends, ends))))


GRID = np.linspace(0.0, 1.0, 513)[1:-1]


@given(span=ranges(least=0.001), kind=st.sampled_from(Distribution), share=st.floats(0.0, 1.0))
def test_quantiles_are_within_bounds_and_rise(
    span: Range, kind: Distribution, share: float
) -> None:
    values = quantile(np.append(GRID, share), span, kind)
    assert values.min() >= span.low
    assert values.max() <= span.high
    assert (np.diff(values[:-1]) >= -1e-12 * max(abs(span.low), abs(span.high))).all()


@given(span=ranges())
def test_triangular_agrees_with_scipy(span: Range) -> None:
    if span.low == span.high:
        assert (quantile(GRID, span, Distribution.TRIANGULAR) == span.central).all()
        return
    width = span.high - span.low
    expected = stats.triang.ppf(GRID, (span.central - span.low) / width, span.low, width)
    np.testing.assert_allclose(
        quantile(GRID, span, Distribution.TRIANGULAR), expected, rtol=0, atol=1e-9 * width
    )


@given(span=ranges())
def test_uniform_agrees_with_scipy(span: Range) -> None:
    expected = stats.uniform.ppf(GRID, span.low, span.high - span.low)
    if span.low < span.high:
        np.testing.assert_allclose(
            quantile(GRID, span, Distribution.UNIFORM), expected, rtol=1e-12, atol=1e-12
        )


@given(central=st.floats(0.01, 100.0), factor=st.floats(1.1, 20.0))
def test_lognormal_has_its_ends_at_5_and_95_percent(central: float, factor: float) -> None:
    """Against scipy's log-normal, cut off at those two points."""
    span = Range(central / factor, central, central * factor)
    whole = stats.lognorm(s=np.log(factor) / stats.norm.ppf(0.95), scale=central)
    np.testing.assert_allclose(
        quantile(GRID, span, Distribution.LOGNORMAL), whole.ppf(0.05 + 0.9 * GRID), rtol=1e-9
    )
    median = quantile(np.array([0.5]), span, Distribution.LOGNORMAL)
    assert median == pytest.approx(central)
    assert whole.ppf(0.05) == pytest.approx(span.low)


@given(span=ranges(least=0.001))
def test_a_skewed_lognormal_keeps_its_median(span: Range) -> None:
    if span.low < span.central < span.high:
        median = quantile(np.array([0.5]), span, Distribution.LOGNORMAL)
        assert median == pytest.approx(span.central)


def test_fixed_is_fixed() -> None:
    assert (quantile(GRID, Range(1.0, 2.0, 3.0), Distribution.FIXED) == 2.0).all()


# --- draws ---------------------------------------------------------------------------------------


def forget() -> None:
    """What is kept of earlier draws in this process."""
    for kept in (sampling._points, sampling._second_points, sampling._values):
        kept.cache_clear()


def test_one_draw_is_the_central_values() -> None:
    assert tuple(engine.draw(1, 5)[:, 0]) == register.central()
    override = {"money_weight": Range(0.1, 0.3, 0.9)}
    assert register.central(override).money_weight == 0.3
    assert tuple(engine.draw(1, 5, override)[:, 0]) == register.central(override)


@examples(10)
@given(seed=seeds(), draws=st.integers(2, 300))
def test_the_same_seed_gives_the_same_draws(seed: int, draws: int) -> None:
    once = engine.draw(draws, seed)
    forget()
    assert np.array_equal(once, engine.draw(draws, seed))
    assert once.shape == (len(REGISTER), draws)
    assert not np.array_equal(once, engine.draw(draws, (seed + 1) % 2**31))


def test_fewer_draws_are_the_first_of_many() -> None:
    many = engine.draw(1000, 3)
    for draws in (2, 7, 64, 513):
        assert np.array_equal(engine.draw(draws, 3), many[:, :draws])


@examples(10)
@given(parameter=st.sampled_from(REGISTER), seed=seeds())
def test_overriding_one_parameter_leaves_all_others_alone(parameter: Parameter, seed: int) -> None:
    plain = engine.draw(64, seed)
    known = 0.5 * (parameter.low + parameter.high)
    changed = engine.draw(64, seed, {parameter.id: Range(known, known, known)})
    row = Parameters._fields.index(parameter.id)
    assert (changed[row] == known).all()
    assert np.array_equal(np.delete(plain, row, axis=0), np.delete(changed, row, axis=0))


def test_overriding_a_range_keeps_the_order_of_draws() -> None:
    plain = engine.draw(256, 1)
    wider = engine.draw(256, 1, {"money_weight": Range(0.05, 0.4, 0.95)})
    row = Parameters._fields.index("money_weight")
    assert np.array_equal(np.argsort(plain[row]), np.argsort(wider[row]))


@examples(25)
@given(draws=st.integers(1, 5000), power=st.integers(3, 11), seed=st.integers(0, 3))
def test_chunks_together_are_the_draws(draws: int, power: int, seed: int) -> None:
    override = {"money_weight": Range(0.2, 0.4, 0.9)}
    size = 2**power
    whole = engine.draw(draws, seed, override)
    for stored in (sampling._MOST_DRAWS_STORED, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sampling, "_MOST_DRAWS_STORED", stored)
            pieces = list(engine.draw_in_chunks(draws, seed, override, size))
        assert all(piece.shape[1] <= size for piece in pieces)
        assert np.array_equal(np.concatenate(pieces, axis=1), whole)


def test_draws_cannot_be_changed_by_a_caller() -> None:
    first = engine.draw(16, 9)
    before = first.copy()
    first[:] = 0.0
    assert np.array_equal(engine.draw(16, 9), before)


def test_what_is_kept_of_draws_is_for_their_ranges_alone() -> None:
    """Also where two are equal numbers, of which one has a sign."""
    row = Parameters._fields.index("money_weight")
    for known in (0.3, 0.0, -0.0, 0.3):
        found = engine.draw(16, 9, {"money_weight": Range(known, known, known)})[row]
        assert (found == known).all() and (np.signbit(found) == np.signbit(known)).all()
    pair = engine.draw_pair(16, 9)
    forget()
    np.testing.assert_array_equal(pair, engine.draw_pair(16, 9))


def test_means_converge_to_those_of_the_distributions() -> None:
    """Sobol points: with 4096 of them far closer than random numbers would come (1.6 %)."""
    values = engine.draw(4096, 11)
    shares = (np.arange(100_000) + 0.5) / 100_000
    for parameter, row in zip(REGISTER, values, strict=True):
        expected = quantile(
            shares, Range(parameter.low, parameter.central, parameter.high), parameter.distribution
        ).mean()
        width = parameter.high - parameter.low
        assert abs(row.mean() - expected) <= 1e-3 * width + 1e-9, parameter.id


def test_parameters_are_independent() -> None:
    """Two of a hundred dimensions of Sobol points may look alike a little; random would be 0.1."""
    values = engine.draw(2048, 4)
    free = np.array([one.distribution is not Distribution.FIXED for one in REGISTER])
    correlation = np.corrcoef(values[free]) - np.eye(free.sum())
    assert np.abs(correlation).max() < 0.2


def test_points_kept_on_disk_are_the_same_and_a_damaged_file_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMULATOR_CACHE_DIR", str(tmp_path))

    def fresh() -> register.FloatArray:
        forget()
        return engine.draw(100, 12345)

    calls = fresh()
    (file,) = (tmp_path / "sobol").iterdir()
    monkeypatch.setattr(sampling, "_sampler", None)  # from disk alone
    assert np.array_equal(fresh(), calls)
    monkeypatch.undo()
    monkeypatch.setenv("SIMULATOR_CACHE_DIR", str(tmp_path))
    for damage in (b"", b"nonsense", file.read_bytes()[:-100]):
        file.write_bytes(damage)
        assert np.array_equal(fresh(), calls)
    for seed in range(40):
        engine.draw(2, seed)
    assert len(list((tmp_path / "sobol").iterdir())) <= 16
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("SIMULATOR_CACHE_DIR", str(blocked))
    assert np.array_equal(fresh(), calls)
