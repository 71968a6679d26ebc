"""A child that does what its argument says; run by name from test_limited.py."""

import os
import sys
import time
from pathlib import Path

what = sys.argv[1]
if what == "echo":
    sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])
elif what == "environment":
    sys.stdout.write(",".join(sorted(os.environ)))
elif what == "eats":
    kept = bytearray(600 * 1024 * 1024)
elif what == "loops":
    while True:
        pass
elif what == "sleeps":
    time.sleep(60)
elif what == "floods":
    while True:
        sys.stdout.write("x" * 65536)
elif what == "chatters":
    sys.stderr.write("x" * 1_000_000)
    sys.stdout.write("ok")
elif what == "raises":
    raise ValueError("isi sel rahasia")
elif what == "dies":
    os.abort()
elif what == "writes":
    Path("/tmp/bersinar-limited-test").write_text("x")
elif what == "exits":
    sys.exit(3)
