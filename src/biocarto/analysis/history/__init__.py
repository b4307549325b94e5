"""What became of the actors, year by year: their events, each with its source, and how many were founded when."""
