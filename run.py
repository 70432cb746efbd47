#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""The one door to thidua: prepares a private environment beside this file, then serves, tests or measures.

Standard library only. Written so that even Python 2.7 can read it and say that it is too old: no f-strings,
no annotations, and what only newer Pythons have is imported where it is used. Every refusal is one sentence
in Vietnamese.
"""

from __future__ import print_function, unicode_literals

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
MINIMUM = (3, 11)
LOCK, TEST_LOCK = "requirements.txt", "requirements-test.txt"
HOST, PORT = "0.0.0.0", "8000"

USAGE = """\
Cách dùng: python3 run.py [LỆNH] [TUỲ CHỌN]
  (không có lệnh)    chuẩn bị những gì còn thiếu rồi chạy chương trình   [--host ĐỊA_CHỈ] [--port CỔNG]
  demo               chạy thử với dữ liệu mẫu, tự xoá khi dừng           [--host ĐỊA_CHỈ] [--port CỔNG]
  test               chạy mọi kiểm tra                                   [tuỳ chọn của pytest]
  bench TÊN          chạy một phép đo                                    [tuỳ chọn của phép đo]
  flask …            các lệnh quản trị: flask check, flask create-account …
Không có mạng: python3 run.py --offline THƯ_MỤC [LỆNH …], thư mục chứa sẵn các gói (tệp .whl);
thư mục «wheels» đặt cạnh run.py được dùng mà không cần hỏi."""


class Refused(Exception):
    """Cannot go on; the message is the one sentence for the person at the keyboard, `code` the exit code."""

    def __init__(self, sentence, code=1):
        Exception.__init__(self, sentence)
        self.sentence = sentence
        self.code = code


def main(arguments):
    try:
        refuse_old_python(sys.version_info)
        speak_utf8()
        return run(list(arguments))
    except Refused as refusal:
        say(refusal.sentence, sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        say("Đã dừng.", sys.stderr)
        return 130


def run(words):
    offline = take_option(words, "--offline") if words[:1] and words[0].startswith("--offline") else None
    if words[:1] in (["-h"], ["--help"], ["help"]):
        say(USAGE)
        return 0
    command = words.pop(0) if words and not words[0].startswith("-") else "serve"
    commands = {"serve": serve, "demo": demo, "test": test, "bench": bench, "flask": flask}
    if command not in commands:
        raise Refused("Không có lệnh «%s»; các lệnh là: %s." % (command, ", ".join(sorted(commands))), 2)
    return commands[command](words, offline)


# -------------------------------------------------------------------------------------------------- commands


def serve(words, offline):
    host, port, offline = address_options(words, offline)
    check_port(host, port)
    check_writable(os.environ.get("THIDUA_INSTANCE") or os.path.join(ROOT, "instance"))
    python = environment([LOCK], offline)
    os.chdir(ROOT)
    return become([python, "-m", "thidua.live.serve", "--setup", "--host", host, "--port", port])


def demo(words, offline):
    """Serve a throwaway folder and remove it at the end, however the end comes."""
    import shutil
    import tempfile

    host, port, offline = address_options(words, offline)
    check_port(host, port)
    python = environment([LOCK], offline)
    folder = tempfile.mkdtemp(prefix="thidua-demo-")
    environ = dict(os.environ, THIDUA_INSTANCE=folder)
    environ.pop("DATABASE_URL", None)
    try:
        command = [python, "-m", "thidua.live.serve", "--setup", "--demo", "--host", host, "--port", port]
        return accompany(command, environ)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test(words, offline):
    python = environment([TEST_LOCK, LOCK], offline)
    os.chdir(ROOT)
    return become([python, "-m", "tests.run.whole_suite"] + words)


def bench(words, offline):
    folder = os.path.join(ROOT, "benchmarks")
    files = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    names = [name[:-3] for name in files if name.endswith(".py") and not name.startswith("_")]
    if not words or words[0] not in names:
        asked = "Không có phép đo «%s»" % words[0] if words else "Hãy cho biết tên phép đo"
        raise Refused("%s; các phép đo là: %s." % (asked, ", ".join(names) or "(chưa có)"), 2)
    python = environment([TEST_LOCK, LOCK], offline)
    os.chdir(ROOT)
    return become([python, os.path.join(folder, words[0] + ".py")] + words[1:])


def flask(words, offline):
    """Stays in the caller's folder, so that FILE arguments mean what the caller thinks they mean."""
    python = environment([LOCK], offline)
    return become([python, "-m", "flask", "--app", os.path.join(ROOT, "wsgi.py")] + words)


# ----------------------------------------------------------------------------------- options and first checks


def refuse_old_python(version):
    if tuple(version[:2]) < MINIMUM:
        raise Refused(
            "Máy đang dùng Python %d.%d; chương trình cần Python %d.%d trở lên, xin cài bản mới rồi chạy lại."
            % (version[0], version[1], MINIMUM[0], MINIMUM[1])
        )


def address_options(words, offline):
    host = os.environ.get("THIDUA_HOST") or HOST
    port = os.environ.get("THIDUA_PORT") or PORT
    while words:
        name = words[0].split("=")[0]
        if name == "--host":
            host = take_option(words, name)
        elif name == "--port":
            port = take_option(words, name)
        elif name == "--offline":
            offline = take_option(words, name)
        else:
            raise Refused("Không có tuỳ chọn «%s»; xem: python3 run.py --help." % words[0], 2)
    if not port.isdigit() or int(port) > 65535:
        raise Refused("Cổng phải là một số từ 1 đến 65535, không phải «%s»." % port, 2)
    return host, port, offline


def take_option(words, name):
    """Remove `--name VALUE` or `--name=VALUE` from the front and return the value."""
    word = words.pop(0)
    if word.startswith(name + "="):
        return word[len(name) + 1 :]
    if word != name or not words:
        raise Refused("Tuỳ chọn %s cần một giá trị đi kèm." % name, 2)
    return words.pop(0)


def check_port(host, port):
    """Refuse before anything is installed when the address cannot be listened on. Port 0 is any free one."""
    import errno
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(port), 0, socket.SOCK_STREAM)[0]
    except OSError:
        raise Refused("Không tìm thấy địa chỉ «%s»; hãy chọn địa chỉ khác bằng --host." % host)
    probe = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)):
            other = int(port) + 1 if int(port) < 65535 else 8000
            raise Refused("Cổng %s đang được dùng; hãy chọn cổng khác, ví dụ --port %d." % (port, other))
        if error.errno in (errno.EACCES, getattr(errno, "WSAEACCES", None)):
            raise Refused("Không được phép mở cổng %s; hãy chọn cổng từ 1024 trở lên: --port 8000." % port)
        raise Refused("Không mở được địa chỉ %s, cổng %s: máy này không có địa chỉ đó." % (host, port))
    finally:
        probe.close()


def check_writable(folder):
    probe = os.path.join(folder, ".ghi-thu-%d" % os.getpid())
    try:
        os.makedirs(folder, exist_ok=True)
        with open(probe, "wb"):
            pass
        os.remove(probe)
    except OSError:
        raise Refused(
            "Không ghi được vào thư mục dữ liệu %s; hãy cấp quyền ghi hoặc đặt THIDUA_INSTANCE khác." % folder
        )


# ------------------------------------------------------------------------------------ the private environment


def environment(locks, offline=None):
    """The Python of the private environment, with the first lock installed (the others are part of it).

    Nothing is done when the stamps say that these very locks are in place: so a second start is fast.
    """
    python = venv_python()
    if all(is_current(lock) for lock in locks):
        return python
    wheels = offline_folder(offline)
    say("Đang chuẩn bị môi trường riêng (chỉ lần đầu hoặc sau khi nâng cấp, khoảng một phút)…")
    try:
        make_venv(python)
        for name in (LOCK, TEST_LOCK):
            if os.path.exists(stamp_path(name)):
                os.remove(stamp_path(name))
        install(locks[0], python, wheels)
        for lock in locks:
            with open(stamp_path(lock), "w", encoding="utf-8") as stamp:
                stamp.write(stamp_text(lock))
    except OSError as error:
        raise Refused(
            "Không ghi được vào thư mục chương trình %s (%s); hãy chép chương trình sang thư mục ghi được."
            % (ROOT, error.strerror or error)
        )
    return python


def make_venv(python):
    """Make the environment, without pip; make it anew when it is another machine's or its Python is gone."""
    import subprocess

    check = "import sys; sys.exit(sys.version_info < %r)" % (MINIMUM,)
    if os.path.exists(python):
        try:
            if subprocess.call([python, "-c", check], stderr=subprocess.DEVNULL) == 0:
                return
        except OSError:
            pass
    try:
        import venv
    except ImportError:
        raise Refused("Bản Python này thiếu mô-đun venv; hãy cài Python đầy đủ hoặc gói python3-venv.")
    venv.EnvBuilder(with_pip=False, clear=os.path.exists(VENV), symlinks=os.name != "nt").create(VENV)


def install(lock, python, wheels):
    import subprocess

    sys.path.insert(0, ROOT)
    from tools import pip_source

    try:
        command = pip_source.command(python, VENV, wheels)
    except pip_source.NoPip as missing:
        raise Refused(missing.sentence)
    command += ["install", "--require-hashes", "--only-binary=:all:", "--no-deps", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar=off", "-r", os.path.join(ROOT, lock)]
    if wheels:
        command += ["--no-index", "--find-links", wheels]
    environ = dict(os.environ, PIP_REQUIRE_VIRTUALENV="0", PIP_USER="0")
    log = os.path.join(VENV, "install.log")
    with open(log, "wb") as output:
        failed = subprocess.call(command, stdout=output, stderr=subprocess.STDOUT, env=environ, cwd=ROOT)
    if failed:
        raise Refused(cannot_install(log, wheels))


def cannot_install(log, wheels):
    """One sentence on why pip failed, from what it wrote."""
    with open(log, encoding="utf-8", errors="replace") as output:
        text = output.read()
    if "DO NOT MATCH THE HASHES" in text:
        reason = "một gói tải về không đúng mã kiểm tra SHA-256 đã khoá"
    elif "No space left" in text:
        reason = "đĩa đã đầy"
    elif wheels:
        reason = "thư mục %s thiếu gói cho máy này" % wheels
    elif any(sign in text for sign in ("Connection", "timed out", "Temporary failure", "from versions: none")):
        reason = "không có mạng hoặc kho gói không trả lời"
    else:
        reason = "kho gói không có bản dựng sẵn cho máy này"
    return (
        "Không cài được các thư viện: %s; hãy nối mạng rồi chạy lại, hoặc chép sẵn các gói vào một thư mục "
        "và chạy python3 run.py --offline THƯ_MỤC (chi tiết: %s)." % (reason, log)
    )


def offline_folder(asked):
    """The folder with wheels to install from instead of the network, or None."""
    folder = asked or os.path.join(ROOT, "wheels")
    if os.path.isdir(folder) and any(name.endswith(".whl") for name in os.listdir(folder)):
        return os.path.abspath(folder)
    if asked:
        raise Refused("Thư mục %s không có gói nào (tệp .whl)." % asked)
    return None


def is_current(lock):
    try:
        with open(stamp_path(lock), encoding="utf-8") as stamp:
            return stamp.read() == stamp_text(lock)
    except OSError:
        return False


def stamp_text(lock):
    """What is installed where: the lock's hash, the folder (an environment cannot be moved), its Python."""
    import hashlib

    with open(os.path.join(ROOT, lock), "rb") as content:
        digest = hashlib.sha256(content.read()).hexdigest()
    return "%s\n%s\n%s\n" % (digest, VENV, os.path.realpath(venv_python()))


def stamp_path(lock):
    return os.path.join(VENV, lock + ".installed")


def venv_python():
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(VENV, *inside)


# ---------------------------------------------------------------------------------------- running and saying


def become(command):
    """Turn into the command (POSIX), or run it and answer with its exit code (Windows)."""
    environ = child_environ(os.environ)
    sys.stdout.flush()
    if os.name == "nt":
        return accompany(command, environ)
    os.execve(command[0], command, environ)


def accompany(command, environ):
    """Run the command to its end; being asked to stop is passed on to it. Answers with its exit code."""
    import signal
    import subprocess

    started = []

    def pass_on(*_):
        if not started:
            sys.exit(143)
        started[0].terminate()

    previous = signal.signal(signal.SIGTERM, pass_on)
    try:
        child = subprocess.Popen(command, env=child_environ(environ), cwd=ROOT)
        started.append(child)
        while True:
            try:
                code = child.wait(1)  # a signal that comes just before an endless wait would not be seen
                return code if code >= 0 else 128 - code
            except subprocess.TimeoutExpired:
                continue
            except KeyboardInterrupt:
                continue  # the terminal told the child too; wait until it has stopped in order
    finally:
        signal.signal(signal.SIGTERM, previous)


def child_environ(environ):
    path = os.pathsep.join(filter(None, [ROOT, environ.get("PYTHONPATH")]))
    return dict(environ, PYTHONPATH=path, PYTHONUTF8="1")


def speak_utf8():
    """A Windows console or a pipe without a locale must not turn a sentence into a stack trace."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(sentence, stream=None):
    stream = stream or sys.stdout
    line = (sentence + "\n").encode("utf-8")
    stream.flush()
    getattr(stream, "buffer", stream).write(line)
    stream.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
