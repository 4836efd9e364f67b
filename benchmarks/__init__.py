"""The budgets of the logger, measured: ``make bench``. A table to read, never a gate."""
