"""Static files under names that change with their content, so that browsers keep them for good."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class LastingNames(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Hashed names after collectstatic; before it (tests, a fresh clone) plain names, found beside their app."""

    def stored_name(self, name: str) -> str:
        # A page may name a file that came after the last collectstatic: slower is better than an error page.
        if self.hash_key(name) not in self.hashed_files:
            return name
        return str(super().stored_name(name))
