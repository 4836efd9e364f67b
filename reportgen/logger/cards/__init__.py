"""A run as a card in a notebook, and its status."""
