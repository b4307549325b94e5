"""The legal notice: who answers for this server, and what it keeps about people."""
