"""The story for the tests of the demo."""

from tests.support.story import scene, told

__all__ = ["scene", "told"]
