"""The directory of people and organizations: found by words, shown, changed by the desk."""
