"""On what kind of disk a folder lies: locks of SQLite mean nothing on one that several machines share."""

from __future__ import annotations

from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "fuse.glusterfs", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "9p"}
    | {"davfs", "fuse.davfs", "lustre", "beegfs", "ocfs2", "gfs2"}
)
"""File systems of several machines, as Linux names them."""


def is_network_disk(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether a folder lies on a disk that other machines write to; False where the system has no list of its disks."""
    if str(folder).startswith("\\\\"):
        return True
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return _find_kind(folder.resolve(), lines) in NETWORK


def _find_kind(folder: Path, lines: list[str]) -> str:
    """The file system of the innermost mount that holds the folder; of two at one place, the one mounted last is seen."""
    kind, depth = "", -1
    for line in lines:
        _, place, found, *_ = [*line.split(" "), "", "", ""]
        point = Path(place.encode().decode("unicode_escape", errors="replace"))
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            kind, depth = found, len(point.parts)
    return kind
