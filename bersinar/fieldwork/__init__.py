"""COLLECT: instruments, rounds, answers, imports, completeness."""
