"""ROOF: the program's commands, one file a group. They read arguments, call the app, print; they know no rules.

Exit status: 0 done, 1 the input was refused or the work failed, 2 settings or usage, 130 interrupted.
"""

from bot.cli._program import main

__all__ = ["main"]
