"""Words and numbers in their various spellings."""
