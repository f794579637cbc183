"""Qt item models over the records of core."""
