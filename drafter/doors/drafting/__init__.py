"""The commands of a first draft: new, ask, draft, check."""
