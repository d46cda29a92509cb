"""What pages look like: styles, script and icons, squeezed and named by their content."""
