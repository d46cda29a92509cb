"""The person's own account: what each says of themselves, and how they are told and reached."""
