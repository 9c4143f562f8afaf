"""Files handed in and given out: who keeps which, and who may open them."""
