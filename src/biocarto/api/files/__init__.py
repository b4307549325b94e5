"""`/data/`: the files of every edition at addresses that never change, what they mean, and what changed."""
