"""Files that a run keeps: copied once, followed while they change, brought back."""
