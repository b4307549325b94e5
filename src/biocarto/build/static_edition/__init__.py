"""The static edition: pages, data, styles and scripts that a browser opens from a folder, without a server."""
