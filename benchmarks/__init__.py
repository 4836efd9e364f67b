"""The budgets, measured: ``make bench``. A table to read, never a gate."""
