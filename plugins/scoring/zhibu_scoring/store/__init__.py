"""Every statement of scoring. Values of `rules` go in and come out."""
