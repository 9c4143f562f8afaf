"""What is decided about floating members: values in, values out."""
