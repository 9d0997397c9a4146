"""The command that opens Drafter in the browser: desk."""
