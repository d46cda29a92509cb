"""The help centre: sections, articles with their versions, who reads which, and what finds them."""
