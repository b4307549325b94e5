"""A map or a chart as a picture to paste: a slide, a page, with its title, its filters, its legend, its sources and its address."""
