"""The page of Île-de-France."""
