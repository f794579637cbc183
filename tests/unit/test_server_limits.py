from __future__ import annotations

import pytest

from paradigm_gui.core.server_limits import ServerLimits, server_limits


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"x-ratelimit-limit-requests": "many", "x-ratelimit-remaining": "-1"}, None),
        (
            {
                "x-ratelimit-limit-requests": "60",
                "x-ratelimit-remaining-requests": "12",
                "x-ratelimit-limit-tokens": "90000",
                "x-ratelimit-remaining-tokens": "0",
            },
            ServerLimits(60, 12, 90000, 0),
        ),
        ({"ratelimit-limit": "100, 100;w=60", "ratelimit-remaining": "99;w=60"}, ServerLimits(100, 99)),
        ({"x-ratelimit-limit": "5", "x-ratelimit-remaining": "٣"}, ServerLimits(5)),
    ],
)
def test_headers_are_read_as_far_as_they_are_numbers(headers, expected):
    assert server_limits(headers) == expected
