"""Checks of keys, passwords and certificates: whether somebody could get in by a readable key or a published password, and what expires soon."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509

from api.health_checks.finding import Finding, Level
from models.store.accounts import LIVING_DEMO
from models.store.connection import BlockingConnection, Query, read_all
from runtime.encryption import KeyRing, parse_keys
from runtime.passwords import Fault, Passwords, list_secret_ids
from runtime.settings import Settings


class _Stored(NamedTuple):
    """The password of somebody, as it is stored."""

    username: str
    stored: str
    demo: bool


STORED = Query[_Stored]("""
SELECT username, password_hash AS stored, demo FROM person
WHERE active AND password_hash IS NOT NULL AND (NOT demo OR %(demo)s) ORDER BY username
""")
# What is seen of passwords that open nothing, and what to do first.
_PASSWORDS = {
    Fault.UNREADABLE: (
        "缺口令密钥{lost}，{many}个账号的口令不能核对",
        "在 LOUKE_PASSWORD_KEYS 或者 keys/passwords 中补回该密钥；找不回的，",
    ),
    Fault.UNBOUND: (
        "{many}个账号的口令没有绑定本人，不能登录",
        "刚升级的，先启动接口服务（louke api），它会绑定原有的口令；仍未绑定的，",
    ),
    Fault.FOREIGN: ("{many}个账号的口令不是为其本人设的，不能登录", "查明是谁改动了数据库；"),
}
_ANEW = "由系统管理员逐一另设口令，没有系统管理员能登录的，执行 louke found --besides"
# So long before a certificate ends somebody is told.
_SOON = timedelta(days=14)
# As many accounts as a person reads in one line.
_NAMED = 10


def check_keys(settings: Settings) -> Finding:
    """Whether the keys are usable, and readable by nobody else."""
    name = "密钥"
    given = settings.payload_keys.get_secret_value()
    try:
        if given:
            KeyRing.parse(given)
    except ValueError as error:
        return Finding(name, Level.BROKEN, f"LOUKE_PAYLOAD_KEYS 不能用（{error}）", "按 id:base64key 更正；旧钥须保留在后")
    kept = settings.data_dir / "keys"
    try:
        open_to_all = [path for path in (kept, *sorted(kept.glob("*"))) if path.exists() and path.stat().st_mode & 0o007]
    except PermissionError:
        return Finding(name, Level.BROKEN, f"无权读取{kept}", "以运行本系统的账号执行")
    if open_to_all:
        return Finding(name, Level.BROKEN, f"本机任何用户都能读取{open_to_all[0]}", f"chmod -R o= {kept}")
    return Finding(name, Level.WELL, "只有本系统的账号可以读取")


def check_passwords(connection: BlockingConnection, settings: Settings) -> Finding:
    """Whether stored password hashes belong to their people and to secrets that are here; makes no secret."""
    file = settings.data_dir / "keys" / "passwords"
    given = settings.password_keys.get_secret_value() or (file.read_text() if file.exists() else "")
    keys_here = dict(parse_keys(given)) if given else {}
    ours = Passwords(keys_here.items()) if keys_here else None
    rows = read_all(connection, STORED, {"demo": settings.demo})
    faults = Counter(ours.find_fault(row.username, row.stored) if ours else Fault.UNREADABLE for row in rows)
    found = [each for each in _PASSWORDS if faults[each]]
    if not found:
        old = sum(ours is not None and not row.demo and not ours.is_current(row.stored) for row in rows)
        words = f"；{old}个还不在现用密钥下，本人登录时更换" if old else ""
        return Finding("口令密钥", Level.WELL, f"各账号的口令都能核对{words}")
    lost = "、".join(sorted({key_id for row in rows for key_id in list_secret_ids(row.stored)} - keys_here.keys()))
    words = "；".join(_PASSWORDS[each][0].format(many=faults[each], lost=lost) for each in found)
    return Finding("口令密钥", Level.BROKEN, words, "".join(_PASSWORDS[each][1] for each in found) + _ANEW)


def check_certificates(settings: Settings, now: datetime) -> Finding:
    """Whether the certificates of this process, and the authorities it trusts, are valid for a while."""
    name = "证书"
    named = [settings.tls_cert, settings.temporal_tls_cert, settings.temporal_tls_ca]
    try:
        ends = {file: _end(file) for file in named if file}
    except (OSError, ValueError) as error:
        return Finding(
            name, Level.BROKEN, f"证书不能读取（{error}）", "核对 LOUKE_TLS_CERT、LOUKE_TEMPORAL_TLS_CERT 和 LOUKE_TEMPORAL_TLS_CA"
        )
    if not ends:
        return Finding(name, Level.WELL, "没有配置证书，只与本机通信")
    file, end = min(ends.items(), key=lambda each: each[1])
    if end - now > _SOON:
        return Finding(name, Level.WELL, f"最早到期的证书还有{(end - now).days}日")
    level, words = (Level.BROKEN, f"{file}已经过期") if end <= now else (Level.LOOK, f"{file}还有{(end - now).days}日到期")
    return Finding(name, level, words, "执行 louke certificates 重新签发，发给各部分，并逐个重新启动")


def _end(file: Path) -> datetime:
    return min(each.not_valid_after_utc for each in x509.load_pem_x509_certificates(file.read_bytes()))


def check_invented(connection: BlockingConnection, *, demo: bool) -> Finding:
    """Whether people of the demonstration could sign in by the published password if the setting allowed it."""
    names = [f"{row.zh}（{row.username}）" for row in read_all(connection, LIVING_DEMO)]
    if demo:
        return Finding(
            "演示账号",
            Level.LOOK if names else Level.WELL,
            f"演示系统：{len(names)}个账号的口令是公开的" if names else "没有演示账号",
        )
    if names:
        words = (
            f"{len(names)}个演示账号仍在用：{'、'.join(names[:_NAMED])}{'等' if len(names) > _NAMED else ''}；公开的口令不能登录"
        )
        return Finding("演示账号", Level.BROKEN, words, "由系统管理员逐一停用或者另设口令；没有系统管理员的，执行 louke found")
    return Finding("演示账号", Level.WELL, "没有演示账号")
