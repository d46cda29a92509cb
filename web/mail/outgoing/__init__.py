"""Mail that goes out: written when it is sent, with the rights of that moment."""
