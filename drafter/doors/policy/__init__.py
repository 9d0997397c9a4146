"""The commands on a policy that changes: policy diff."""
