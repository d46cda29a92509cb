"""Replies that are sent later, and taken back before."""
