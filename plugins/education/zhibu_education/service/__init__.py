"""The use cases of education: authorise, load, decide, save."""
