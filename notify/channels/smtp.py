"""Mail, by Django's own backend."""

import smtplib

from django.core.mail import EmailMessage, get_connection

from notify.channels.protocol import ChannelFailed, Envelope, Receipt


class Smtp:
    def send(self, envelope: Envelope) -> Receipt:
        """One mail; refused recipients and senders are final, everything else is worth another try."""
        mail = EmailMessage(
            subject=envelope.subject,
            body=envelope.text,
            to=[envelope.to],
            headers={"X-Yiwang-Message": envelope.id, "Auto-Submitted": "auto-generated"},
            connection=get_connection(),
        )
        try:
            mail.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
            raise ChannelFailed(_said(error), is_final=_is_final(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise ChannelFailed(_said(error)) from error
        return Receipt()


def _codes(error: smtplib.SMTPException) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _is_final(error: smtplib.SMTPException) -> bool:
    """A 4xx answer means later, a 5xx never."""
    return all(code >= 500 for code in _codes(error))


def _said(error: Exception) -> str:
    """The kind of the trouble and the server's number, without the address it was about."""
    codes = _codes(error) if isinstance(error, smtplib.SMTPException) else []
    return " ".join([type(error).__name__, *map(str, codes)])
