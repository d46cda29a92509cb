"""The actions of people and of time on a ticket, one noun a module."""
