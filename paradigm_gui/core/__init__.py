"""The work itself: batches, the engine, timing, files. Imports no Qt, so a script can use it."""
