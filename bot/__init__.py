"""Sidenote: a Discord bot that adds a short, neutral context note under links to flagged summaries.

The floors, from the ground up: core, ports, services, then the wings (store, cogs, ops, settings), then the
roof (app, demo, cli). A floor imports only downward; import-linter holds it.
"""

__version__ = "0.1.0"
