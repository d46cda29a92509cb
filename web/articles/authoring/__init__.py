"""Articles as their authors see them: lists, drafts, versions, what differs, and what came of a ticket."""
