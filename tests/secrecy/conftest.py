"""The story, as something that people of another office must see nothing of."""

from tests.support.story import scene, told

__all__ = ["scene", "told"]
