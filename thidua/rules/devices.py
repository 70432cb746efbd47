"""What a browser says of itself (User-Agent), in the words of people: "Máy tính bảng Android · Chrome"."""

_SYSTEMS = (
    ("ipad", "iPad"),
    ("iphone", "Điện thoại iPhone"),
    ("windows", "Máy tính Windows"),
    ("cros", "Máy tính Chromebook"),
    ("macintosh", "Máy tính Mac"),
    ("linux", "Máy tính Linux"),
)
# The first that is named counts: Edge, Opera, Samsung and Cốc Cốc all call themselves Chrome too, and Chrome Safari.
_BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("zalo", "Zalo"),
    ("fban", "Facebook"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
UNKNOWN = "Thiết bị khác"


def device_words(user_agent: str) -> str:
    """Kind of device and browser; what cannot be told is left out."""
    said = user_agent.lower()
    known = [part for part in (_system(said), _named(said, _BROWSERS)) if part]
    return " · ".join(known) or UNKNOWN


def _system(said: str) -> str:
    if "android" in said:  # Google: only phones say "Mobile"
        return "Điện thoại Android" if "mobile" in said else "Máy tính bảng Android"
    return _named(said, _SYSTEMS)


def _named(said: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((words for mark, words in names if mark in said), "")
