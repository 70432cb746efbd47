"""The verbs of a checklist session, by what they are about; ``ChecklistSession`` is made of them.

They are plain classes without columns of their own: each only says which of the session's it uses. Every verb
checks the rules, changes the state and appends one journal entry. It receives who acts (``by``), when (``at``) and
the client's operation id (``op_id``); it raises a ``Refusal`` and then has changed nothing.
"""
