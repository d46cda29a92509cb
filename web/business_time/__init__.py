"""Durations with units, calendars with holidays, and clocks that pause. It does not depend on tickets."""
