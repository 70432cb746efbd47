"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint

from thidua.signatures import keys, own, papers

signatures = Blueprint("signatures", __name__, url_prefix="/signatures")

signatures.get("")(own.show)
signatures.post("/key")(own.choose_key)
signatures.post("/pin")(own.change_pin)
signatures.get("/mark.png")(own.mark_picture)
signatures.post("/mark")(own.set_mark)
signatures.post("/mark/removal")(own.forget_mark)

signatures.post("/papers/<int:paper_id>/refusals")(papers.refuse)
signatures.post("/papers/<int:paper_id>/requests")(papers.begin_request)
signatures.get("/requests/<request_code>")(papers.show_request)
signatures.get("/requests/<request_code>/to-sign")(papers.to_sign)
signatures.post("/requests/<request_code>")(papers.finish_request)
signatures.post("/requests/<request_code>/cancellation")(papers.cancel_request)

signatures.get("/keys")(keys.index)
signatures.post("/keys/<int:key_id>/unlocking")(keys.unlock)
signatures.post("/keys/<int:key_id>/revocation")(keys.revoke)
signatures.post("/keys/outside")(keys.register_outside)
signatures.post("/seal")(keys.issue_seal)
signatures.get("/seal.png")(keys.seal_picture)
signatures.post("/seal/picture")(keys.set_seal_picture)
signatures.post("/seal/picture/removal")(keys.forget_seal_picture)
