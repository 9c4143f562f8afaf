"""How the sample institutions are made: plans in, workbooks out, the same bytes every time."""
