"""Disks that several machines share, from a list of mounts that is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.store.disks import is_network_disk

MOUNTS = """/dev/vda / ext4 rw 0 0
server:/export /srv/share nfs4 rw 0 0
/dev/vdb /srv/share/local xfs rw 0 0
//server/d\\303\\251p\\303\\264t /mnt/dépôt\\040commun cifs rw 0 0
/dev/vdc /mnt/twice ext4 rw 0 0
host:/x /mnt/twice fuse.sshfs rw 0 0
auto /mnt/auto autofs rw 0 0
C: /mnt/c 9p rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "shared"),
    [
        ("/var/lib/biocarto", False),
        ("/srv/share", True),
        ("/srv/share/deep/er", True),
        ("/srv/shared", False),
        ("/srv/share/local/var", False),
        ("/mnt/dépôt commun/var", True),
        ("/mnt/twice/var", True),
        ("/mnt/c/Users", True),
        ("\\\\server\\share", True),
    ],
)
def test_a_shared_disk_is_known_by_its_mount(tmp_path: Path, folder: str, shared: bool) -> None:
    """The innermost one, by whole names, with their spaces and accents."""
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert is_network_disk(Path(folder), mounts) is shared


def test_a_link_is_followed(tmp_path: Path) -> None:
    """To the disk on which the file will be."""
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to("far")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/ {tmp_path.resolve()}/far nfs rw 0 0\n")
    assert is_network_disk(tmp_path / "near", mounts)
    assert not is_network_disk(tmp_path, mounts)


def test_a_system_without_a_list_has_no_shared_disk(tmp_path: Path) -> None:
    """Nothing is refused for not being known."""
    assert not is_network_disk(tmp_path, tmp_path / "gone")


def test_this_machine_s_own_list_is_read(tmp_path: Path) -> None:
    """The tests themselves run on a disk of this machine."""
    assert not is_network_disk(tmp_path)
