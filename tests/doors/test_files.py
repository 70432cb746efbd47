import hashlib
import os

import pytest

from thidua.doors.files import DamagedFile, FileStore, MissingFile

MINUTES = b"%PDF-1.4 bien ban"


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "instance" / "files")


def damage(store, sha256):
    path = store.path(sha256)
    path.chmod(0o600)
    path.write_bytes(b"something else")


def test_what_is_put_is_given_back_under_its_hash(store):
    sha256 = store.put(MINUTES)
    assert sha256 == hashlib.sha256(MINUTES).hexdigest()
    assert store.get(sha256) == MINUTES
    assert store.verify(sha256)
    assert store.path(sha256).parent.name == sha256[:2]


def test_the_same_content_is_stored_once(store):
    first, second = store.put(MINUTES), store.put(MINUTES)
    assert first == second
    assert [path for path in store.root.rglob("*") if path.is_file()] == [store.path(first)]


def test_an_empty_file_is_a_file(store):
    assert store.get(store.put(b"")) == b""


def test_a_changed_byte_is_noticed(store):
    sha256 = store.put(MINUTES)
    damage(store, sha256)
    assert not store.verify(sha256)
    with pytest.raises(DamagedFile, match="hỏng"):
        store.get(sha256)


def test_putting_the_content_again_mends_a_damaged_copy(store):
    sha256 = store.put(MINUTES)
    damage(store, sha256)
    store.put(MINUTES)
    assert store.get(sha256) == MINUTES


def test_a_file_never_put_is_missing(store):
    sha256 = hashlib.sha256(b"never").hexdigest()
    assert not store.verify(sha256)
    with pytest.raises(MissingFile):
        store.get(sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "ab", "g" * 64, "A" * 64, "a" * 64 + "\n"])
def test_what_is_no_hash_never_becomes_a_path(store, name):
    with pytest.raises(MissingFile):
        store.path(name)


def test_a_full_disk_leaves_nothing_behind(store, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        store.put(MINUTES)
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_the_bytes_are_flushed_before_they_get_their_name(store, monkeypatch):
    store.put(b"makes the folders")
    done = []
    flush, rename = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (done.append("flush"), flush(descriptor)))
    monkeypatch.setattr(os, "replace", lambda a, b: (done.append("rename"), rename(a, b)))
    store.put(MINUTES)
    assert done[-3:] == ["flush", "rename", "flush"]
