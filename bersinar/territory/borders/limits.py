"""What is accepted of a file of borders. Absolute sizes: a ratio alone lets a large bomb through."""

MAX_BYTES = 40 * 1024 * 1024
MAX_UNPACKED = 120 * 1024 * 1024
MAX_SHAPES = 20_000
MAX_POINTS = 1_500_000
MAX_PARTS = 60
MAX_TEXT = 200
MAX_ANSWER = 160 * 1024 * 1024
SECONDS = 60
MEMORY_MB = 512
# GDAL and the arrays it hands over need more room than a text does.
MEMORY_GIS_MB = 1024

# A generous box around Indonesia, in degrees.
WEST, EAST, SOUTH, NORTH = 94.5, 141.5, -11.5, 6.5
