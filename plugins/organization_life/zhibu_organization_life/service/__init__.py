"""The use cases of organization life: authorise, load, decide, save, say what happened."""
