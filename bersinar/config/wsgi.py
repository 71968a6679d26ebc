"""The server's way in. On one PC the background worker is a thread of it, so that one process writes."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bersinar.config.settings")

from django.core.wsgi import get_wsgi_application

from bersinar.upkeep.platform import keep_new_files_private

keep_new_files_private()
application = get_wsgi_application()

if os.environ.get("BERSINAR_DATABASE_THREADS"):
    from bersinar.upkeep.servers import hold_connections

    hold_connections()

from bersinar.territory.queries import warm_later  # noqa: E402  (models come with the application)

warm_later()

if os.environ.get("BERSINAR_WORKER") == "thread":
    from bersinar.jobs.worker import start_thread

    start_thread()

if parent := os.environ.get("BERSINAR_PARENT"):
    from bersinar.upkeep.platform import end_with_parent

    end_with_parent(int(parent))
