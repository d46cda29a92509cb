"""Help, new ticket and following, in frames of other sites: no cookie, no account, no password."""
