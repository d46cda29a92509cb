"""The portal's chat: a ticket that looks like a conversation."""
