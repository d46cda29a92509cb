"""Styles, scripts and icons, minified and addressed by their content."""
