"""The door of what stands in pages of others: small documents without Streamlit, and what oEmbed says of them."""
