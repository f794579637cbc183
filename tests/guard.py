"""How long a test waits for what must happen, on the slowest machine: a guard against hanging for ever.

Nothing is judged by it. It is well below pytest's own limit, so that a test says what it waited for.
"""

GUARD_S = 90.0
GUARD_MS = int(1000 * GUARD_S)
