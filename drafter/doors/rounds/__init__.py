"""The commands that record what is exchanged: send, receive, history."""
