"""A score sheet being read from a file: kept until somebody has looked it through and saved it as a draft."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.checklist import Checklist
from thidua.rules.errors import Conflict, Refused
from thidua.rules.sheet_reading.nesting import sheet_of
from thidua.rules.sheet_reading.plain import reading_from_plain, reading_to_plain
from thidua.rules.sheet_reading.undoing import taken_back, way_back
from thidua.rules.sheet_reading.values import Reading
from thidua.rules.vietnamese import clean_text

READING, READ, FAILED, SAVED = "reading", "read", "failed", "saved"
MOST_STEPS_BACK = 20

CHANGED_ELSEWHERE = (
    "Bản này vừa được sửa ở một cửa sổ hoặc máy khác. Việc vừa bấm chưa được ghi; xin xem bản mới nhất rồi làm lại."
)
SAVED_ALREADY = "Tệp này đã được lưu thành bảng điểm nháp; xin sửa tiếp ở bảng điểm đó."
NOT_READ = "Tệp này chưa đọc xong, chưa sửa được."


class ChecklistImport(Base):
    """``digest`` is the file in the file store. ``content`` is what was read: rows with their cell and their doubts.

    ``progress`` of ``steps`` rows are read. ``encoding`` is "" or the legacy encoding found (tcvn3, vni) and
    ``is_converted`` whether the person agreed to its conversion. ``problem`` says in words why reading failed.

    ``content`` holds: ``reading`` (``rules.sheet_reading.plain``), ``wishes`` (which table, what columns are for),
    ``samples`` (pairs of text before and after conversion), ``is_answered`` (whether the person answered about the
    encoding), ``back`` (the ways back of the last corrections), ``beat`` (when the reader was last seen alive),
    ``opened`` (percent of the file unpacked before its rows are read).
    """

    __tablename__ = "checklist_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=READING)
    progress: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(Text, default="")
    encoding: Mapped[str] = mapped_column(String(10), default="")
    is_converted: Mapped[bool] = mapped_column(default=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=0)
    checklist_id: Mapped[int | None] = mapped_column(ForeignKey("checklist.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]

    @classmethod
    def begin(cls, file_name: str, digest: str, size: int, *, by: Actor, at: datetime) -> "ChecklistImport":
        """A file that lies in the file store and waits to be read."""
        return cls(
            file_name=file_name,
            digest=digest,
            size=size,
            state=READING,
            progress=0,
            steps=0,
            problem="",
            encoding="",
            is_converted=False,
            content={"beat": at.isoformat()},
            revision=0,
            by_id=by.id,
            by_name=by.name,
            at=at,
        )

    @property
    def is_asking(self) -> bool:
        """Whether the person is to say first what becomes of a legacy encoding."""
        return self.state == READ and bool(self.encoding) and not self.content.get("is_answered")

    @property
    def can_step_back(self) -> bool:
        return self.state == READ and bool(self.content.get("back"))

    def read(self) -> Reading:
        """What was read, with the corrections made since. Raises Refused while there is nothing."""
        if self.state not in (READ, SAVED) or "reading" not in self.content:
            raise Refused(NOT_READ)
        return reading_from_plain(self.content["reading"])

    @property
    def percent(self) -> int:
        """How far the reading is: first the file is opened, then its rows are read."""
        if self.steps:
            return 100 * self.progress // self.steps
        return int(self.content.get("opened", 0))

    def note_opening(self, done: int, of: int, *, at: datetime) -> None:
        """The reader is alive and has unpacked so many bytes."""
        self.content = self.content | {"beat": at.isoformat(), "opened": 100 * min(done, of) // max(of, 1)}

    def note_progress(self, done: int, of: int, *, at: datetime) -> None:
        """The reader is alive and this far."""
        self.progress, self.steps = min(done, of), of
        self.content = self.content | {"beat": at.isoformat()}

    def ask_about(self, encoding: str, samples: list[list[str]]) -> None:
        """A legacy encoding was found: nothing is converted before the person has said so."""
        self.encoding, self.state = encoding, READ
        self.content = self.content | {"samples": samples}
        self.revision += 1

    def finish(self, reading: Reading) -> None:
        """The file is read."""
        kept = {name: self.content[name] for name in ("wishes", "samples", "is_answered") if name in self.content}
        self.content = kept | {"reading": reading_to_plain(reading)}
        self.state, self.problem, self.progress = READ, "", self.steps
        self.revision += 1

    def fail(self, problem: str) -> None:
        """The file cannot be read, and why, in words."""
        self.state, self.problem = FAILED, clean_text(problem)  # it may repeat a word of the file
        self.revision += 1

    def begin_again(self, revision: int, *, at: datetime, **content: Any) -> None:
        """Read the file once more with other wishes or another answer. Raises a Refusal."""
        self._require_open(revision)
        kept = {name: value for name, value in self.content.items() if name in ("wishes", "samples", "is_answered")}
        self.content = kept | content | {"beat": at.isoformat()}
        self.state, self.problem, self.progress = READING, "", 0
        self.revision += 1

    def answer_encoding(self, revision: int, *, is_converted: bool, at: datetime) -> None:
        """The person's word about the legacy encoding; then the file is read on. Raises a Refusal."""
        self.begin_again(revision, at=at, is_answered=True)
        self.is_converted = is_converted

    def correct(self, reading: Reading, revision: int) -> None:
        """Keep a corrected reading, and the way back to the one before. Raises a Refusal."""
        self._require_open(revision)
        before = self.read()
        if reading == before:
            return
        back = [*self.content.get("back", []), way_back(before, reading)][-MOST_STEPS_BACK:]
        self.content = self.content | {"reading": reading_to_plain(reading), "back": back}
        self.revision += 1

    def step_back(self, revision: int) -> None:
        """Take the last correction back. Raises a Refusal when there is none."""
        self._require_open(revision)
        back = list(self.content.get("back", []))
        if not back:
            raise Refused("Không còn thay đổi nào để hoàn tác.")
        reading = taken_back(self.read(), back.pop())
        self.content = self.content | {"reading": reading_to_plain(reading), "back": back}
        self.revision += 1

    def draft(self, revision: int, *, at: datetime) -> Checklist:
        """The draft of what was read, whole or not at all. Raises InvalidEntry (``field``: the row) or a Refusal."""
        self._require_open(revision)
        return Checklist.from_sheet(sheet_of(self.read()), at=at)

    def save_as(self, checklist: Checklist) -> None:
        """The draft is there; nothing is corrected here any more."""
        self.checklist_id, self.state = checklist.id, SAVED
        self.content = {name: value for name, value in self.content.items() if name != "back"}
        self.revision += 1

    def _require_open(self, revision: int) -> None:
        if self.state == SAVED:
            raise Refused(SAVED_ALREADY)
        if revision != self.revision:
            raise Conflict(CHANGED_ELSEWHERE)
