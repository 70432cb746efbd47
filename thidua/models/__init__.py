"""What we remember: SQLAlchemy models with their verbs, and no web.

A verb checks the rules, changes the state, appends to the journal; who calls it commits.
"""

import thidua.models.checklist_guard  # noqa: F401  # refuses every change of what is published
from thidua.models.account import Account, LoginSession
from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.checklist import Checklist
from thidua.models.checklist_import import ChecklistImport
from thidua.models.checklist_session import ChecklistSession
from thidua.models.conclusion import Conclusion
from thidua.models.criterion import Criterion
from thidua.models.criterion_round import CriterionRound
from thidua.models.evidence import Evidence
from thidua.models.journal import JournalEntry
from thidua.models.meeting import AgendaStep, Attendance, Exchange, Remark
from thidua.models.office_settings import OfficeSettings
from thidua.models.paper import Paper, PaperRevision, Signature, SignedScan, SigningRefusal
from thidua.models.paper_draft import Objection, PaperDraft, TextEdit
from thidua.models.passage import Passage
from thidua.models.plan import Plan, PlanDocument, PlanUnit, Team, TeamMember
from thidua.models.preparation import (
    Preparation,
    PreparationDocument,
    PreparationFigure,
    PreparationPerson,
    PreparationProof,
    PreparationReturn,
)
from thidua.models.recommendation_review import RecommendationReview
from thidua.models.reference_document import ReferenceDocument
from thidua.models.register import RegisterEntry
from thidua.models.room_pin import RoomPin
from thidua.models.score import Score
from thidua.models.signing import PersonalMark, SigningAuthority, SigningKey, SigningRequest
from thidua.models.unit import Unit

__all__ = [
    "Account",
    "Actor",
    "AgendaStep",
    "Attendance",
    "Base",
    "Checklist",
    "ChecklistImport",
    "ChecklistSession",
    "Conclusion",
    "Criterion",
    "CriterionRound",
    "Evidence",
    "Exchange",
    "JournalEntry",
    "LoginSession",
    "Objection",
    "OfficeSettings",
    "Paper",
    "PaperDraft",
    "PaperRevision",
    "Passage",
    "PersonalMark",
    "Plan",
    "PlanDocument",
    "PlanUnit",
    "Preparation",
    "PreparationDocument",
    "PreparationFigure",
    "PreparationPerson",
    "PreparationProof",
    "PreparationReturn",
    "RecommendationReview",
    "ReferenceDocument",
    "RegisterEntry",
    "Remark",
    "RoomPin",
    "Score",
    "Signature",
    "SignedScan",
    "SigningAuthority",
    "SigningKey",
    "SigningRefusal",
    "SigningRequest",
    "Team",
    "TeamMember",
    "TextEdit",
    "Unit",
]
