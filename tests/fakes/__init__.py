"""Ports in memory. Each sits the same exam as the real thing: tests/store."""
