"""SLA settings: calendars, closures and targets."""
