"""What goes wrong when printing; apart from the printer itself, so that naming it loads no typeface."""


class RenderFailure(Exception):
    """The document could not be printed as it should be; nothing half right is handed out."""


class RenderBusy(RenderFailure):
    """Too many papers wait already; asked again in a moment it will be printed."""
