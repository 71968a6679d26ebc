"""What the benchmarks share: measuring, data folders, a nation to measure on."""
