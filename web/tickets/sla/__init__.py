"""What is promised: targets, policies, due dates, and the settings of time."""
