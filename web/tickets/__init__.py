"""Tickets, their life, and everything that can be done to one."""
