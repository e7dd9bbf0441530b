"""A person's review of figures: which come up, what became of them, and what they teach."""
