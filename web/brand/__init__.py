"""The brand: the name, the look and the ways of contact of the institution that runs the desk."""
