"""Membership of organizations: joining, invitations, proofs of a domain."""
