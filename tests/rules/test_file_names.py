import pytest

from thidua.rules.file_names import LONGEST_NAME, clean_file_name

JPEG = ("jpg", "jpeg")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Sổ theo dõi.jpg", "Sổ theo dõi.jpg"),
        ("IMG_1.JPEG", "IMG_1.jpeg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\anh\\so.jpg", "so.jpg"),
        ('bao "cao".jpg', "bao cao.jpg"),
        ("hai\ndong\r\n.jpg", "hai dong.jpg"),
        ("anh\u202egpj.exe", "anhgpj.exe.jpg"),
        ("trang.html", "trang.html.jpg"),
        ("", "minh-chung.jpg"),
        ("...", "minh-chung.jpg"),
        (".jpg", "jpg.jpg"),
        ("<img src=x>.jpg", "img src=x.jpg"),
        ("a\0b.jpg", "ab.jpg"),
    ],
)
def test_a_name_is_kept_without_what_could_do_harm(given: str, kept: str) -> None:
    assert clean_file_name(given, JPEG) == kept


def test_a_very_long_name_keeps_its_ending() -> None:
    name = clean_file_name("ế" * 300 + ".jpg", JPEG)
    assert len(name) == LONGEST_NAME and name.endswith("ế.jpg")
