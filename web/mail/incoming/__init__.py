"""Mail that comes in: kept, read, and made a reply or a ticket by the same moves as a page."""
