"""SELECT: candidates, eligibility policy, the decision and its reasons."""
