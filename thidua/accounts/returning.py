"""Back to where one was: an address to return to may only be a page of this site."""

from urllib.parse import urlsplit

NOT_RETURNED_TO = ("/login", "/logout", "/password")


def safe_return(address: str) -> str:
    """The address when it is a local path, otherwise the start page.

    Browsers read "//host", "/\\host" and control characters as another site, so they are refused.
    """
    parts = urlsplit(address) if address.isprintable() else None
    is_local = (
        parts is not None
        and not parts.scheme
        and not parts.netloc
        and address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
    )
    if parts is None or not is_local or parts.path in NOT_RETURNED_TO:
        return "/"
    return address
