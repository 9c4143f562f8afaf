"""Members: who they are, where they belong, and what stage their membership is at."""
