"""The partner sandbox: what stands in for the systems outside the bureau, and knows nothing of the house but its contract."""
