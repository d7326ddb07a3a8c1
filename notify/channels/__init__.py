"""The channels that are open on this site, by the settings."""

from django.conf import settings

from notify.channels.files import FileChannel
from notify.channels.gateway import Gateway
from notify.channels.protocol import Channel, Exchange
from notify.channels.smtp import Smtp
from notify.kinds import IN_APP, PHONE, SMTP

FILE = "file"
"""The address of a channel that only writes down what it would send."""


def open_channels() -> frozenset[str]:
    return frozenset({IN_APP} | {name for name, address in settings.NOTIFY_CHANNELS.items() if address})


def channel_named(name: str) -> Channel:
    """The channel by its address in the settings: `file`, a mail server, or the URL of a gateway."""
    address = settings.NOTIFY_CHANNELS[name]
    if address == FILE:
        return FileChannel(name)
    return Smtp() if name == SMTP else Gateway(name, address, settings.GATEWAY_SECRET)


def telephone_exchange() -> Exchange | None:
    """What connects two telephones; None where the site has no telephony."""
    address = settings.NOTIFY_CHANNELS[PHONE]
    if not address:
        return None
    return FileChannel(PHONE) if address == FILE else Gateway(PHONE, address, settings.GATEWAY_SECRET)
