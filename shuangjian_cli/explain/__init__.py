"""analyses → explanations: which words and rules made each field, and the rules themselves."""
