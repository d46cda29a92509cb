"""Articles of the help centre, as agents write them and leads publish them."""
