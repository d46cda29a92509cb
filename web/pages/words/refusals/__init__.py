"""Words of refusals, by what is refused."""
