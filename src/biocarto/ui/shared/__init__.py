"""What more than one page shows, and the state that all of them keep in the address."""
