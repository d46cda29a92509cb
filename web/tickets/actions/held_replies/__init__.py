"""Replies that are sent later and can be taken back before."""
