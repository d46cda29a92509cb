"""Tickets, their life, and everything that can be done with one."""
