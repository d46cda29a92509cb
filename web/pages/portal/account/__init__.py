"""The reader's own account: personal data, notifications, and ways to reach them."""
