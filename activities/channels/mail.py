"""邮件: by SMTP, encrypted or to this machine; each try bears one Message-ID, by which servers know it again."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit

from activities.channels.message import LONGEST_RECEIPT, NotSent, Outgoing
from runtime.channel_settings import Mail
from runtime.tls_trust import trust

_PATIENCE_S = 15.0
# From here on a server's answer is a refusal, and from there on one for good.
_REFUSED, _FOR_GOOD = 400, 500


class MailServer:
    """Mailboxes, by way of the bureau's mail server."""

    def __init__(self, settings: Mail, revoked: Path | None) -> None:
        """Send through that server."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Hand it to the server; what the server said."""
        return await asyncio.to_thread(self._send, self._letter(message))

    def _letter(self, message: Outgoing) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self._settings.sender, message.to
        letter["Subject"] = f"漏刻通知 {message.number}".strip()
        letter["Date"] = formatdate()
        letter["Message-ID"] = f"<{message.key}@{self._settings.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"  # nobody's absence answers it
        letter.set_content(message.text)
        return letter

    def _send(self, letter: EmailMessage) -> str:
        try:
            with self._connected() as server:
                if self._settings.username:
                    server.login(self._settings.username, self._settings.password.get_secret_value())
                server.mail(self._settings.sender)
                code, _ = server.rcpt(str(letter["To"]))
                if code < _REFUSED:
                    code, said = server.data(letter.as_bytes())
                    if code < _REFUSED:
                        return said.decode(errors="replace")[:LONGEST_RECEIPT]
        except smtplib.SMTPResponseException as error:
            code = error.smtp_code
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"没有应答（{type(error).__name__}）") from None
        raise NotSent(f"邮件服务器答复{code}", for_good=code >= _FOR_GOOD)

    def _connected(self) -> smtplib.SMTP:
        said = urlsplit(self._settings.address)
        host, port = said.hostname or "", said.port or 0
        if said.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=_PATIENCE_S, context=self._trusted())
        server = smtplib.SMTP(host, port, timeout=_PATIENCE_S)
        if self._settings.starts_tls:
            server.starttls(context=self._trusted())
        server.ehlo_or_helo_if_needed()
        return server

    def _trusted(self) -> ssl.SSLContext:
        return trust(self._revoked)
