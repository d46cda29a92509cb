"""The portal's chat: a ticket shown as a conversation."""
