"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
# What only writing meets with: it need not be asked where in the block that was.
_WHILE_WRITING = (*_DISK_FULL, errno.EFBIG)
_PRIVATE = 0o600
_AS_UMASK_ALLOWS = 0o666
# Without it, Windows translates line ends below Python's own layers.
_BINARY: int = getattr(os, "O_BINARY", 0)


@contextmanager
def atomic_write(path: Path, *, is_private: bool = False) -> Iterator[BinaryIO]:
    """Give a file to write to, and put it in the place of `path` when the block ends well.

    Otherwise what was at `path` stays as it was. A private file is readable by its owner only; any
    other keeps the mode of the file it replaces. Raises `UserFacingError` (`is_a_folder`,
    `folder_missing`, `no_permission`, `disk_full`, `cannot_write`); what the block itself raises passes
    through, except for a disk that is full, and a file that grew too large for it.
    """
    if os.path.isdir(path):  # unlike the method of Path, it does not raise for a name that is too long
        raise UserFacingError("is_a_folder", path=str(path))
    target = Path(os.path.realpath(path))  # a link is written through, not replaced by a file
    temporary = target.with_name(f".paradigm-{secrets.token_hex(8)}.tmp")
    try:
        mode = _PRIVATE if is_private else _AS_UMASK_ALLOWS
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    except OSError as error:
        raise _user_facing(path, error) from error
    is_block_done = False
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            is_block_done = True
            file.flush()
            os.fsync(file.fileno())
            if not is_private:
                _keep_mode(target, temporary)
        os.replace(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError) and (is_block_done or error.errno in _WHILE_WRITING):
            raise _user_facing(path, error) from error
        raise


def _keep_mode(target: Path, temporary: Path) -> None:
    with suppress(FileNotFoundError):
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _user_facing(path: Path, error: OSError) -> UserFacingError:
    if error.errno in _DISK_FULL:
        return UserFacingError("disk_full", path=str(path))
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserFacingError("no_permission", path=str(path))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserFacingError("folder_missing", path=str(path))
    return UserFacingError("cannot_write", path=str(path), reason=error.strerror)
