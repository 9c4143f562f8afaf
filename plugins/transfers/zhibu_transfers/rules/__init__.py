"""What transfers decides: values in, values out."""
