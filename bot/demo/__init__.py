"""The bot inside a simulated Discord (SimCord), with a page in the browser (its Preview). Needs the extra `demo`.

The bot is the real one, over a real database in a temporary folder. Only this room knows SimCord.
"""

from bot.demo.serve import serve

__all__ = ["serve"]
