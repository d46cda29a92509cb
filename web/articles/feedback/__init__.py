"""What readers say of articles, and what that tells their authors."""
