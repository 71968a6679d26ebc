"""What reporting reads from all stages. Everything is asked on somebody's behalf; nothing is written."""
