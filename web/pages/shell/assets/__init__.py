"""Styles, scripts and icons, squeezed and named by their content."""
