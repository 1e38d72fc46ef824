"""Mail (邮件) by SMTP, over TLS or to this machine. All attempts have the same Message-ID, so that servers can drop repetitions."""

import asyncio
import smtplib
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit

from activities.channels.message import LONGEST_RECEIPT, NotSent, Outgoing
from runtime.channel_settings import Mail
from runtime.tls_trust import build_trust

_TIMEOUT_S = 15.0
# SMTP reply codes from 400 are transient failures, from 500 permanent ones.
_REFUSED, _FOR_GOOD = 400, 500


class MailServer:
    """Addresses people by mailbox, through the bureau's mail server."""

    def __init__(self, settings: Mail, revoked: Path | None) -> None:
        """Send through the server of the settings."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Send the mail; returns the server's reply."""
        return await asyncio.to_thread(self._send, self._compose(message))

    def _compose(self, message: Outgoing) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self._settings.sender, message.to
        letter["Subject"] = f"漏刻通知 {message.number}".strip()
        letter["Date"] = formatdate()
        letter["Message-ID"] = f"<{message.key}@{self._settings.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic replies
        letter.set_content(message.text)
        return letter

    def _send(self, letter: EmailMessage) -> str:
        try:
            with self._connect() as server:
                if self._settings.username:
                    server.login(self._settings.username, self._settings.password.get_secret_value())
                server.mail(self._settings.sender)
                code, _ = server.rcpt(str(letter["To"]))
                if code < _REFUSED:
                    code, reply = server.data(letter.as_bytes())
                    if code < _REFUSED:
                        return reply.decode(errors="replace")[:LONGEST_RECEIPT]
        except smtplib.SMTPResponseException as error:
            code = error.smtp_code
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"没有应答（{type(error).__name__}）") from None
        raise NotSent(f"邮件服务器答复{code}", for_good=code >= _FOR_GOOD)

    def _connect(self) -> smtplib.SMTP:
        address = urlsplit(self._settings.address)
        host, port = address.hostname or "", address.port or 0
        if address.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_S, context=build_trust(self._revoked))
        server = smtplib.SMTP(host, port, timeout=_TIMEOUT_S)
        if self._settings.starts_tls:
            server.starttls(context=build_trust(self._revoked))
        server.ehlo_or_helo_if_needed()
        return server
