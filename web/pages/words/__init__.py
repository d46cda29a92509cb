"""All Portuguese of the pages that is not in a template or a preset."""
