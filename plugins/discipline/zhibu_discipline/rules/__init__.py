"""What discipline decides: values in, values out."""
