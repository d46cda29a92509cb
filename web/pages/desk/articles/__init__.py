"""Articles of the help centre, which agents write and leads publish."""
