"""The bot as a process against a Discord over a socket: what it promises across crashes, faults and downtime."""
