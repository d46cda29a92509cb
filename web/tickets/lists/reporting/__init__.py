"""Figures of many tickets: volume, times, satisfaction, and what their fields hold."""
