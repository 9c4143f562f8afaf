"""Democratic appraisal, step by step: opened, spoken, voted, counted, decided, published."""
