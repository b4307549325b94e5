"""What stands before the pages: who may ask, what is answered in words, front-end files, health. Starlette only."""
