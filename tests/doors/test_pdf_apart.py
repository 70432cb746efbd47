"""Printing in a process of its own: the same bytes, and whatever happens to that process is told and mended."""

import io
import os
import signal
import socket
import sys
from threading import Thread

import pytest
from PIL import Image

from tests.doors.papers import LETTERHEAD, TITLE, paper, paragraphs, text_of
from thidua.doors.pdf import (
    RenderBusy,
    RenderFailure,
    apart,
    jobs,
    page_pictures,
    pictures_apart,
    render_apart,
    render_pdf,
)
from thidua.rules.documents import Column, Paragraph, Row, Table

PAPER = paper(*paragraphs(3), digest="3fa9c1d2e4b5a0b1" + "0" * 48, verify_address="http://192.168.1.10:8000")


@pytest.fixture
def process():
    """The worker, warm."""
    render_apart(PAPER)
    return apart._worker.process


def test_apart_and_here_give_the_same_bytes_and_places():
    assert render_apart(PAPER) == render_pdf(PAPER)


def test_a_worker_that_was_killed_is_replaced(process):
    process.kill()
    process.wait()
    assert render_apart(PAPER).pages == 1
    assert apart._worker.process.pid != process.pid


@pytest.mark.skipif(sys.platform == "win32", reason="a process of Windows cannot be halted so")
def test_one_that_never_answers_is_killed_and_the_next_paper_is_printed(process, monkeypatch):
    monkeypatch.setattr(apart._worker, "most_seconds", 0.2)
    os.kill(process.pid, signal.SIGSTOP)
    with pytest.raises(RenderFailure, match=r"not printed within 0\.2 s"):
        render_apart(PAPER)
    assert process.poll() is not None and apart._worker.process is None
    monkeypatch.undo()
    assert render_apart(PAPER).pages == 1


def test_one_that_dies_at_once_is_started_twice_and_then_given_up():
    dying = apart._Worker((sys.executable, "-c", "print('no frame')"))
    with pytest.raises(RenderFailure, match="died twice"):
        dying.ask({"job": "render"})
    assert dying.process is None


def test_a_machine_without_room_for_a_process_is_told():
    with pytest.raises(RenderFailure, match="no process"):
        apart._Worker(("/nowhere/python",)).ask({"job": "render"})


def test_too_many_who_wait_are_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(apart._worker, "most_waiting", 0)
    with pytest.raises(RenderBusy):
        render_apart(PAPER)


def test_the_worker_ends_with_its_server(process):
    process.stdin.close()
    assert process.wait(60) == 0


def test_a_failure_is_told_as_here_and_the_worker_lives_on(process):
    bad = paper(Table("t", (Column("a", 100),), (Row(("1", "2")),)))
    with pytest.raises(RenderFailure, match="table t"):
        render_apart(bad)
    assert render_apart(PAPER).pages == 1 and apart._worker.process is process


def test_nobody_is_asked_on_the_network_whatever_a_text_says():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        port = listener.getsockname()[1]
        address = f"http://127.0.0.1:{port}/a"
        hostile = f'<img src="{address}.png"><style>@import url({address}.css);</style> url({address}) \\\\127.0.0.1\\a'
        document = paper(blocks=(LETTERHEAD, TITLE, Paragraph("p", hostile)))
        assert "img src=" in text_of(render_apart(document).pdf)
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("socket.connect", (None, ("192.0.2.1", 80))),
        ("socket.getaddrinfo", ()),
        ("subprocess.Popen", ()),
        ("open", ("/etc/passwd", "r", os.O_RDONLY)),
        ("open", (b"/etc/passwd", None, os.O_RDONLY)),
        ("open", (str(jobs.OURS / "thidua" / ".." / "instance" / "thidua.db"), "rb", os.O_RDONLY)),
        ("open", (str(jobs.OURS / "static" / "fonts" / "tinos-bold.ttf"), "wb", os.O_WRONLY | os.O_CREAT)),
    ],
)
def test_the_worker_reads_nothing_but_typefaces_and_programs(event, arguments):
    with pytest.raises(PermissionError):
        jobs._watch(event, arguments)
    jobs._watch("open", (str(jobs.OURS / "static" / "fonts" / "tinos-bold.ttf"), "rb", os.O_RDONLY))


def test_pages_come_as_pictures_of_the_size_asked_for():
    pdf = render_pdf(PAPER).pdf
    (picture,) = page_pictures(pdf, dpi=72)
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "PNG" and (595, 842) <= image.size <= (596, 843)
    assert pictures_apart(pdf, dpi=72) == [picture]


def test_what_is_no_pdf_has_no_pictures_and_a_page_too_many_is_told():
    for draw in (page_pictures, pictures_apart):
        with pytest.raises(RenderFailure):
            draw(b"%PDF-1.7 no more than that")
        with pytest.raises(IndexError):
            draw(render_pdf(PAPER).pdf, pages=[1])


def test_a_page_as_large_as_a_house_is_drawn_small():
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(14_400, 14_400)
    writer.write(out)
    with Image.open(io.BytesIO(page_pictures(out.getvalue(), dpi=600)[0])) as image:
        assert max(image.size) <= 4_001


def test_threads_take_turns():
    found = []
    threads = [Thread(target=lambda: found.append(render_apart(PAPER).pdf)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [found[0]] * 3
