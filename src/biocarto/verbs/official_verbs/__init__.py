"""Parts of the verb `official` that stand in modules of their own."""
