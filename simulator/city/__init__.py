"""A whole district at work: what happens, when, and what people make of it."""
