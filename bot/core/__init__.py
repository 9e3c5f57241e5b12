"""GROUND: what Sidenote knows. Pure values and functions.

Nothing here does I/O, reads a clock, draws chance, logs, or knows Discord or a database: time and texts are
arguments, results are values. Pure libraries of the field (a WHATWG URL parser) are welcome.
"""
