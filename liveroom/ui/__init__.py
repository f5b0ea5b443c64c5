"""The desk: the only package that imports Qt."""
