"""FORM: a village's programme year, stages, rakor, commitments."""
