"""On what kind of disk a folder lies: locks of SQLite mean nothing on one that several machines share."""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
NETWORK = frozenset(
    """nfs nfs4 cifs smb3 smbfs afs ceph glusterfs lustre beegfs ocfs2 gfs2 gpfs orangefs davfs 9p vboxsf prl_fs fuse.ceph fuse.davfs
    fuse.glusterfs fuse.sshfs fuse.s3fs fuse.rclone fuse.juicefs fuse.gcsfuse fuse.blobfuse2 fuse.goofys fuse.vmhgfs-fuse
    fuse.grpcfuse""".split()  # noqa: SIM905 - a list that is read
)
"""File systems of several machines, or shared by a machine and those that it hosts, as Linux names them."""
_ESCAPE = re.compile(r"\\([0-7]{3})")
"""A space, a tab, a line's end or a backslash in the name of a mount."""


def is_network_disk(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether a folder lies on a disk that other machines write to; False where the system has no list of its disks."""
    whole = folder.resolve()
    if str(folder).startswith("\\\\") or str(whole).startswith("\\\\"):  # Windows writes a letter that stands for a share so
        return True
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return False
    return _find_kind(whole, lines) in NETWORK


def _find_kind(folder: Path, lines: list[str]) -> str:
    """The file system of the innermost mount that holds the folder; of two at one place, the one mounted last is seen."""
    kind, depth = "", -1
    for line in lines:
        _, place, found, *_ = [*line.split(" "), "", "", ""]
        point = Path(_ESCAPE.sub(lambda found: chr(int(found[1], 8)), place))
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            kind, depth = found, len(point.parts)
    return kind
