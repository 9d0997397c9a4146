"""Changes an answers file line by line, so that what a person wrote around an answer stays as it was."""
