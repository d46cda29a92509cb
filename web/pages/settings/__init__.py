"""What leads set: the calendars of the desk, recesses of organizations, and what is promised."""
