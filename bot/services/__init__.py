"""FIRST FLOOR: use cases, one a file. They await ports, ask core, act. They know neither Discord nor SQL.

A class names its needs in its constructor; `bot.app` fulfils them.
"""
