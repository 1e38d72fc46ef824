"""Who the database server runs as: it refuses to run as root, and shares its account with nobody."""

import os
import pwd
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from runtime.embedded.process import CannotStart, Identity

# Nothing else runs under it: whatever does could read the server's files and its memory.
ACCOUNT = "louke-postgres"
# The account under which a server of before ran, shared with whatever else the machine runs as nobody in particular.
SHARED = "nobody"

_MAKE = ("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin")
# Others may be writing the list of accounts at this moment.
_ATTEMPTS, _PAUSE_S = 20, 0.25


def find_server_identity(home: Path) -> Identity:
    """The account for the server kept in `home`: our own or, as root, that of the owner of `home`, else one of its own, made if need be.

    Raises CannotStart if we are not root and `home` is another's, or where as root no account can be made.
    """
    owner = home.stat()
    if os.geteuid() == 0:
        if owner.st_uid and not is_shared(home):
            return Identity(user=owner.st_uid, group=owner.st_gid, extra_groups=[])
        account = _find_account()
        return Identity(user=account.pw_uid, group=account.pw_gid, extra_groups=[])
    if owner.st_uid != os.geteuid():
        raise CannotStart(
            f"The database in {home} was made by another user (uid {owner.st_uid}). "
            "Start as the user who made it, or set LOUKE_DATA_DIR to a directory of your own."
        )
    return Identity()


def is_shared(home: Path) -> bool:
    """Whether what is kept in `home` belongs to the account that anything may run as."""
    with suppress(KeyError):
        return home.stat().st_uid == pwd.getpwnam(SHARED).pw_uid
    return False


def hand_over(home: Path, identity: Identity) -> None:
    """Give everything in `home` to that account; no server may be running there."""
    user, group = identity.get("user", -1), identity.get("group", -1)  # -1: as it is
    for folder, folders, files in os.walk(home):
        for name in (*folders, *files):
            os.chown(Path(folder) / name, user, group, follow_symlinks=False)
    os.chown(home, user, group)


def _find_account() -> pwd.struct_passwd:
    """The server's own account; CannotStart, saying what to do, where there is none and we can make none."""
    reason = "there is no useradd here"
    for _ in range(_ATTEMPTS):
        with suppress(KeyError):
            return pwd.getpwnam(ACCOUNT)
        if not shutil.which(_MAKE[0]):
            break
        made = subprocess.run([*_MAKE, ACCOUNT], check=False, capture_output=True, text=True)
        reason = made.stderr.strip()
        if made.returncode:
            time.sleep(_PAUSE_S)
    raise CannotStart(
        f"As root PostgreSQL needs an account of its own, and we could not make {ACCOUNT} ({reason}). "
        f"Make it ({' '.join((*_MAKE, ACCOUNT))}), or start as a user who is not root."
    )
