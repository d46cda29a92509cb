"""Imports from files: uploaded, tried out, carried out by the worker, and reported."""
