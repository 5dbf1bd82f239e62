"""The journal of decisions: its chain, its rules, and what happens to it under stress."""
