"""How the files that BioCarto only reads are made: the layers in geo/ and the front-end files in static/."""
