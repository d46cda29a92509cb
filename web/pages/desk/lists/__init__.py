"""The lists of the desk: view, filters, saved views, bulk actions, export."""
