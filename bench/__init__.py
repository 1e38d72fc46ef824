"""Measurements of the product, each beside the floor of what its engines can do. `python -m bench` runs them all."""
