"""The 22 scenarios, each played from its trigger to its evaluation."""
