"""Brings in what stands in files of elsewhere, of several kinds: kept, tried out, done by the worker, told of."""
