"""What is said of scenarios and results, in words and in each language."""
