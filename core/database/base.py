"""PostGIS as Django speaks to it, with a health check that costs no message.

Django asks `SELECT 1` before the first statement of every request. A server that is gone has closed the connection, and
a closed connection has something to read: looking at the socket tells the same for the price of one system call.
"""

from select import POLLIN, poll

from django.contrib.gis.db.backends.postgis import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Is the connection still there? Asked of the server only where it has said something unasked."""
        link = self.connection
        if link is None or link.closed:
            return False
        waiting = poll()
        waiting.register(link.fileno(), POLLIN)
        return bool(super().is_usable()) if waiting.poll(0) else True
