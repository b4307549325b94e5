"""A file of a spreadsheet explained against the register, row by row, before anything of it is kept."""
