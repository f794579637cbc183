from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.batch import ArmKind, Batch, Limits, Parameters, Row, Template
from paradigm_gui.core.plan import Order, Plan

C, S = ArmKind.CONCURRENT, ArmKind.SEQUENTIAL
BATCH = Batch([Row(0, {"n": "Ada"}), Row(1, {"n": "Bo"})], ("n",), Template("Greet {n}"), Parameters("m"))


def order_of(plan, cap=20):
    return [(arm.kind, arm.limits.cap, arm.number) for arm in plan.arms(BATCH, Limits(cap=cap, retries=7))]


def test_one_pass():
    assert order_of(Plan()) == [(C, 20, 0)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.CONCURRENT_FIRST, [(C, 20, 0), (S, 1, 0), (C, 20, 1), (S, 1, 1)]),
        (Order.SEQUENTIAL_FIRST, [(S, 1, 0), (C, 20, 0), (S, 1, 1), (C, 20, 1)]),
        (Order.ALTERNATING, [(C, 20, 0), (S, 1, 0), (S, 1, 1), (C, 20, 1)]),
    ],
)
def test_repeats_of_a_comparison_in_each_order(order, expected):
    assert order_of(Plan(compare=True, repeats=2, order=order)) == expected


@pytest.mark.parametrize(
    ("cap", "caps"), [(20, [20, 16, 8, 4, 2, 1]), (16, [16, 8, 4, 2, 1]), (3, [3, 2, 1]), (1, [1])]
)
def test_a_sweep_goes_over_the_powers_of_two_below_the_cap(cap, caps):
    plan = Plan(sweep=True, order=Order.SEQUENTIAL_FIRST)
    assert plan.caps(cap) == caps
    arms = order_of(plan, cap)
    assert [of for _, of, _ in arms] == caps[::-1]
    assert arms[-1] == (C, cap, 0)
    assert [kind for kind, _, _ in arms].count(S) == (cap > 1)


@given(
    st.builds(Plan, st.booleans(), st.booleans(), st.integers(1, 5), st.sampled_from(Order), st.booleans()),
    st.integers(1, 1000),
)
def test_every_pass_can_be_told_apart_and_is_counted(plan, cap):
    limits = Limits(cap=cap, retries=7, token_budget=5)
    arms = plan.arms(BATCH, limits)
    assert len({(arm.kind, arm.number) for arm in arms}) == len(arms)
    assert plan.requests(2, cap) == sum(len(arm.requests) for arm in arms) + plan.warm_up
    [shown] = [arm for arm in arms if (arm.kind, arm.number) == (C, 0)]
    assert shown.limits == limits
    for arm in arms:
        assert (arm.limits.retries, arm.limits.token_budget) == (7, 5)
        assert [request.prompt for request in arm.requests] == ["Greet Ada", "Greet Bo"]
    requests = [id(request) for arm in arms for request in arm.requests]
    assert len(set(requests)) == len(requests)
