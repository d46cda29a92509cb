"""What every page needs: rendering, forms, sessions, guards, errors."""
