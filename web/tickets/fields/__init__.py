"""Fields that leads add to the tickets of a category, and the values that tickets have in them."""
