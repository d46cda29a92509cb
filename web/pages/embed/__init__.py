"""Help, new tickets and following, in frames of other sites: without cookies, accounts and passwords."""
