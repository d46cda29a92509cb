"""The stories of the demonstration by subject; each is played under every workflow."""
