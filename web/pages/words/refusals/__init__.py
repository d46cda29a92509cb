"""Why something was refused, in words: a module for each thing that refuses, and one that says them."""
