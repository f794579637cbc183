"""Leading zeros of numbers in XLSX files: the file keeps 1000, and a format that shows it as 01000."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable

_MAX_PART_BYTES = 16 * 1024 * 1024
_ZEROS = re.compile("0{2,}")
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"


def padded_styles(archive: zipfile.ZipFile) -> dict[str, int]:
    """The numbers of the cell styles that show at least so many digits, as in `00000`."""
    styles = _part(archive, _STYLES)
    if styles is None:
        return {}
    widths = {
        entry.get("numFmtId"): len(code)
        for entry in styles.findall("{*}numFmts/{*}numFmt")
        if _ZEROS.fullmatch(code := entry.get("formatCode", ""))
    }
    return {
        str(number): width
        for number, style in enumerate(styles.findall("{*}cellXfs/{*}xf"))
        if (width := widths.get(style.get("numFmtId")))
    }


def sheet_member(archive: zipfile.ZipFile, sheet: str) -> zipfile.ZipInfo | None:
    """Where the cells of a sheet are kept."""
    workbook, relations = _part(archive, _WORKBOOK), _part(archive, _RELATIONS)
    if workbook is None or relations is None:
        return None
    wanted = {
        value
        for entry in workbook.findall("{*}sheets/{*}sheet")
        if entry.get("name") == sheet
        for name, value in entry.items()
        if name.endswith("}id")
    }
    for entry in relations:
        if entry.get("Id") in wanted:
            # a target is relative to the workbook, unless it begins with a slash
            path = posixpath.normpath(posixpath.join("/xl", entry.get("Target", "")))[1:]
            return archive.NameToInfo.get(path)
    return None


def padded_cells(pieces: Iterable[bytes], styles: dict[str, int]) -> dict[tuple[str, int], int]:
    """How many digits the cells show that have such a style, by column letters and line."""
    numbers = "|".join(styles)
    cell = re.compile(
        rf"""<(?:\w+:)?c\s(?=[^>]*\br=["']([A-Z]+)(\d+)["'])[^>]*\bs=["']({numbers})["']""".encode()
    )
    return {
        (column.decode(), int(line)): styles[style.decode()]
        for piece in pieces
        for column, line, style in cell.findall(piece)
    }


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    member = archive.NameToInfo.get(name)
    if member is None or member.file_size > _MAX_PART_BYTES:
        return None
    return ET.fromstring(archive.read(member))
