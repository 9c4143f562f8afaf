"""What the rest of the house may know of figures."""

REBUILT = "figures.rebuilt"
DIFFERED = "figures.differed"
