"""Every statement of education. Rows come in, values of the rules go out."""
