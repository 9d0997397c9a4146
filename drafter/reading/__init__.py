"""Turns the folder of a clause library into a Library, or says everything that is wrong with it."""
