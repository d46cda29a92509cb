"""When: durations with units, calendars with holidays, and clocks that pause; knows nothing of tickets."""
