"""`/picture/`: any map and any chart as a picture to take away."""
