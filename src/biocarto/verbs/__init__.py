"""What `python -m biocarto VERB` does, one module a verb: `add_arguments(parser)` and `run(given)`, which gives the exit code."""
