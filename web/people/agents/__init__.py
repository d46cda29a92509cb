"""Agents: teams, signatures and absences."""
