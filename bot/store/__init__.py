"""LEFT WING: the ports over SQL. The only place that knows a database driver, and the only place with SQL.

A row goes no further than this folder. Every statement but the migrations is shared by all engines
(contracts.md, The database); every change of several rows is one transaction.
"""
