"""Who the database server runs as: it refuses to run as root."""

import os
import pwd
from pathlib import Path

from runtime.embedded.process import CannotStart, Identity


def server_identity(home: Path) -> Identity:
    """The account for the server kept in `home`: our own or, as root, that of the owner of `home`, or `nobody` if that is root too.

    Raises CannotStart if we are not root and `home` is another's.
    """
    owner = home.stat()
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        uid, gid = (owner.st_uid, owner.st_gid) if owner.st_uid else (nobody.pw_uid, nobody.pw_gid)
        return Identity(user=uid, group=gid, extra_groups=[])
    if owner.st_uid != os.geteuid():
        raise CannotStart(
            f"The database in {home} was made by another user (uid {owner.st_uid}). "
            "Start as the user who made it, or set LOUKE_DATA_DIR to a directory of your own."
        )
    return Identity()
