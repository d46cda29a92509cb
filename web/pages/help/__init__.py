"""The help centre as readers see it, signed in or not."""
