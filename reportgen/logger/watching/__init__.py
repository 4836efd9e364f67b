"""Watching models: histograms of gradients and parameters, and the layers."""
