"""Service levels: targets, policies, due dates, and the settings of time."""
