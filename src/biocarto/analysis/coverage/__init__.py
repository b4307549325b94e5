"""What is where, what is missing, compared to what: territories, the chain, concentration, absences."""
