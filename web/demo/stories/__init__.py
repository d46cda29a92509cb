"""The stories of the demonstration, by what they are about; each is played under every workflow."""
