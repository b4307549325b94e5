"""The one place that opens SQLite or PostgreSQL: addresses, transactions, numbered migrations, what goes wrong in words."""
