"""SECOND FLOOR: how the program speaks to its operator. Logs ids, never a text of a message, never a secret."""
