"""The rules of education: values in, values out."""
