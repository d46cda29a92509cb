"""What agents say of themselves: the words below their replies, and when they are away."""
