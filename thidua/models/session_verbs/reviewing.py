"""Coming back to what earlier inspections recommended: done, partly, or not."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.meeting import Remark
from thidua.models.recommendation_review import REVIEW_ANSWERS, RecommendationReview
from thidua.models.session_verbs.recording import Recording, require_choice
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict


class Reviewing(Recording):
    """Needs ``recommendation_reviews`` loaded."""

    if TYPE_CHECKING:
        recommendation_reviews: Mapped[list[RecommendationReview]]

    def review_recommendation(
        self, remark: Remark, answer: str, *, note: str = "", base_version: int, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Whether an earlier recommendation (``remark``) was carried out; another answer takes its place.

        Raises ``Conflict`` when somebody answered since ``base_version``, ``InvalidEntry`` for an unknown answer.
        """
        lifecycle.require_can_review(self.state)
        require_choice(answer, REVIEW_ANSWERS, "answer", "Xin chọn: đã thực hiện, thực hiện một phần hoặc chưa.")
        standing = self.review_of(remark.id)
        if standing and standing.version > base_version:
            raise Conflict(
                f"{standing.by_name} vừa trả lời kiến nghị này: “{REVIEW_ANSWERS[standing.answer]}”. "
                "Câu trả lời của đồng chí chưa được ghi, xin chọn một.",
                theirs=standing,
            )
        review = standing or RecommendationReview(remark_id=remark.id)
        review.answer, review.note = answer, note
        review.by_id, review.by_name, review.at, review.version = by.id, by.name, at, self.revision + 1
        if standing is None:
            self.recommendation_reviews.append(review)
        payload = {"remark_id": remark.id, "answer": answer, "note": note, "text": remark.text}
        return self._record("review.answered", payload, by=by, at=at, op_id=op_id)

    def review_of(self, remark_id: int) -> RecommendationReview | None:
        """The standing answer to a recommendation."""
        return next((one for one in self.recommendation_reviews if one.remark_id == remark_id), None)
