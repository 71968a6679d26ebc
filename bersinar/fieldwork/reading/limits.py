"""What is accepted of a file that is not ours. Absolute sizes: a ratio alone lets a large bomb through."""

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
# Below this a file compresses as well as it likes: small repetitive sheets do.
RATIO_FROM = 20 * 1024 * 1024
MAX_PARTS = 1_000
MAX_SHEETS = 60
MAX_ROWS = 300_000
MAX_COLUMNS = 300
MAX_TEXT = 2_000
MAX_LINE = 1024 * 1024
MAX_SMALL_PART = 4 * 1024 * 1024
SECONDS = 30
MEMORY_MB = 512
