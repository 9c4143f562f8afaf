"""The organization tree and the posts in it."""
