"""The desk: the matters of a folder in a browser on the same machine, for people who never use a terminal.

One rule: all that a page shows is in its address or in the matter's folder, and all that a form does is an act of
`drafter.acts`; what is kept in memory may be thrown away at any time.
"""
