"""Speed is measured here and printed, never asserted: these machines are noisy."""
