"""The sources of what a contract must say: the policy that it is made under, and a statute or rule beside it."""
