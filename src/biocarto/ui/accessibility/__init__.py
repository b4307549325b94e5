"""The declaration of accessibility: what the law asks every public site to say of itself."""
