"""Send one prompt to many inputs at once, and see what concurrency bought."""

__version__ = "0.1.0"
