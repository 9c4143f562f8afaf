"""Every statement of dues. Values of `rules` go in and come out."""
