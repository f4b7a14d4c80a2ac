"""Bytes to text, whatever header and page claim."""

import pytest

from extractors.encodings import decode_page

RUSSIAN = "Вчера вечером артиллерия обстреляла село, погибли три человека, сообщили власти области."
ARABIC = "قتل ثلاثة أشخاص في قصف على البلدة مساء أمس بحسب ما أفادت السلطات المحلية"
ENCODED = [
    (RUSSIAN, "utf-8"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "utf-16"), (ARABIC, "cp1256"),
    ("El ejército informó de la operación", "latin-1"), ("“Ils ont fui”, dit-il à l’armée", "cp1252"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
@pytest.mark.parametrize("header", ["none", "right", "utf-8", "iso-8859-1"])
def test_encodings_whatever_the_header_says(text: str, encoding: str, header: str) -> None:
    data = f"<html><body><p>{text}</p></body></html>".encode(encoding)
    label = {"none": None, "right": encoding}.get(header, header)
    assert text in decode_page(data, label)


def test_one_bad_byte_leaves_utf8_as_it_is() -> None:
    data = f"<p>{RUSSIAN} ".encode() + b"\xff" + f"{RUSSIAN}</p>".encode()
    assert decode_page(data).count(RUSSIAN) == 2


def test_meta_charset_counts_where_the_header_is_habit() -> None:
    data = f'<html><head><meta charset="windows-1251"></head><p>{RUSSIAN[:20]}'.encode("cp1251")
    assert RUSSIAN[:20] in decode_page(data, "ISO-8859-1")
