"""The sub-verbs of `python -m biocarto desk`."""
