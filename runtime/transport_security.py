"""Transport security: whether a connection to an address is encrypted and its server authenticated, or stays on this machine."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Whether that is an address, or the name, of this very machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def leads_here(place: str) -> bool:
    """Whether that host and port, or address with a scheme, are of this very machine."""
    return is_loopback(urlsplit(place if "//" in place else f"//{place}").hostname or "")


def over_tls(address: str) -> bool:
    """Whether what goes to that address of the web is encrypted, or stays on this machine."""
    scheme = urlsplit(address).scheme
    return scheme == "https" or (scheme == "http" and leads_here(address))


def database_over_tls(url: str) -> bool:
    """Whether PostgreSQL is asked on this machine, or else over TLS alone, and only if it proves to be the one that is named.

    What the address leaves out is taken from where PostgreSQL's library takes it. ValueError where that cannot read it.
    """
    # Imported here since it costs 40 ms, and who has no address needs none of it.
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict
    from psycopg.pq import Conninfo

    usual = {each.keyword.decode(): each.val.decode() for each in Conninfo.get_defaults() if each.val}
    try:
        parameters = usual | {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except ProgrammingError:
        raise ValueError("must be an address of PostgreSQL: postgresql://role:password@host:port/database?…") from None
    if parameters.get("sslmode") == "verify-full":
        return True
    hosts = (parameters.get("hostaddr") or parameters.get("host") or "").split(",")
    # Nothing said is a socket of this machine, unless a file that we do not read says more.
    return "service" not in parameters and all(not host or host.startswith(("/", "@")) or is_loopback(host) for host in hosts)
