"""The directory of people and organizations: search, profiles, and changes by the desk."""
