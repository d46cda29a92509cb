"""The pages of a requester: overview, list, ticket, new ticket."""
