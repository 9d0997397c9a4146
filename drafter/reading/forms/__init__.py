"""Makes, of a library with several forms of its contract, the library of one form."""
