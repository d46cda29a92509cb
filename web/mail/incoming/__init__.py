"""Incoming mail: stored, parsed, and made a reply or a ticket by the same moves as on a page."""
