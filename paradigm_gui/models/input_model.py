"""The rows of a table that are to be sent, edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from paradigm_gui.core.batch import Row
from paradigm_gui.core.tables import unique_names
from paradigm_gui.models.ranges import contiguous
from paradigm_gui.models.results_model import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

AnyIndex = QModelIndex | QPersistentModelIndex
Cells = tuple[str, ...]

MOST_UNDONE = 100


class TableRows(Sequence[Row]):
    """Cells seen as rows, numbered without gaps. Rows are made when they are asked for."""

    def __init__(self, columns: Sequence[str], cells: Sequence[Cells]) -> None:
        self._columns = columns
        self._cells = cells

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            places = range(*at.indices(len(self._cells)))
            columns, cells = self._columns, self._cells
            return [Row(index, dict(zip(columns, cells[index], strict=True))) for index in places]
        index = range(len(self._cells))[at]
        return self[index : index + 1][0]

    def missing(self, column: str) -> list[int]:
        """The rows that have nothing in a column."""
        at = self._columns.index(column)
        return [index for index, cells in enumerate(self._cells) if not cells[at].strip()]


class InputModel(QAbstractTableModel):
    """A table of texts. Every change is a step on `undo_stack`.

    Signals:
        edited(): columns or cells are other than before.
    """

    edited = Signal()

    def __init__(self, *, is_editable: bool = False) -> None:
        super().__init__()
        self._is_editable = is_editable
        self._columns: Cells = ()
        self._cells: list[Cells] = []
        self._empty = 0
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(MOST_UNDONE)

    @property
    def columns(self) -> Cells:
        return self._columns

    @property
    def empty(self) -> int:
        """How many rows have nothing in them; they are not sent."""
        return self._empty

    def rows(self) -> TableRows:
        """The rows as they are now, without the empty ones; later changes do not touch them."""
        cells = [row for row in self._cells if any(map(str.strip, row))] if self._empty else self._cells[:]
        return TableRows(self._columns, cells)

    def sent_as(self, row: int) -> int | None:
        """The number under which a row is sent; `None` for an empty one."""
        if not self._empty:
            return row
        return row - _empty_among(self._cells[:row]) if any(map(str.strip, self._cells[row])) else None

    def all_sent_as(self, rows: Collection[int]) -> list[int]:
        """The numbers under which rows are sent, in order, without the empty ones."""
        if not self._empty:
            return sorted(rows)
        sent = (row for row, cells in enumerate(self._cells) if any(map(str.strip, cells)))
        return [number for number, row in enumerate(sent) if row in rows]

    def cells(self, most: int | None = None) -> list[Cells]:
        return self._cells[:most]

    def show_rows(self, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Show another table, and forget what could be undone."""
        self.show_cells(columns, _cells_of(columns, rows))

    def show_cells(self, columns: Sequence[str], cells: Sequence[Cells]) -> None:
        """Show a table that comes as cells, and forget what could be undone."""
        self.undo_stack.clear()
        self._apply(0, len(self._cells), list(cells), tuple(columns))

    # Changes. Each takes the name that the step has in the menu.

    def replace(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Put another table in the place of this one."""
        self.replace_cells(name, columns, _cells_of(columns, rows))

    def replace_cells(self, name: str, columns: Sequence[str], cells: Sequence[Cells]) -> None:
        """Put another table, which comes as cells, in the place of this one."""
        self._change(name, 0, len(self._cells), list(cells), tuple(columns))

    def put(self, name: str, top: int, left: int, block: Sequence[Sequence[str]]) -> None:
        """Write a block of cells; rows and columns that it needs beyond the last ones are added."""
        width = max(len(self._columns), left + max(map(len, block), default=0))
        added = [""] * (width - len(self._columns))
        columns = unique_names([*self._columns, *added]) if added else self._columns
        below = self._cells[top : top + len(block)]
        below += [("",) * len(self._columns)] * (len(block) - len(below))
        written = []
        for row, cells in zip(below, block, strict=True):
            wide = [*row, *added]
            wide[left : left + len(cells)] = cells
            written.append(tuple(wide))
        if not added:
            self._change(name, top, top + len(block), written)
            return
        widened = [(*row, *added) for row in self._cells]
        widened[top : top + len(block)] = written
        self._change(name, 0, len(self._cells), widened, columns)

    def fill(self, name: str, places: Iterable[tuple[int, int]], text: str) -> None:
        """Write the same text into many cells."""
        changed: dict[int, list[str]] = {}
        for row, column in places:
            changed.setdefault(row, list(self._cells[row]))[column] = text
        if changed:
            first, last = min(changed), max(changed)
            self._change(
                name,
                first,
                last + 1,
                [tuple(changed.get(row, self._cells[row])) for row in range(first, last + 1)],
            )

    def insert_row(self, name: str, at: int) -> None:
        self._change(name, at, at, [("",) * len(self._columns)])

    def remove_rows(self, name: str, rows: Collection[int]) -> None:
        gone = set(rows)
        if gone:
            first, last = min(gone), max(gone)
            left = [self._cells[row] for row in range(first, last + 1) if row not in gone]
            self._change(name, first, last + 1, left)

    def move_rows(self, name: str, rows: Collection[int], step: int) -> bool:
        """Move rows one up (-1) or down (1), each block of neighbours as one; tell whether they moved."""
        blocks = list(contiguous(rows))
        if not blocks or blocks[0][0] + step < 0 or blocks[-1][1] + step >= len(self._cells):
            return False
        first, last = min(blocks[0][0], blocks[0][0] + step), max(blocks[-1][1], blocks[-1][1] + step)
        moved = self._cells[first : last + 1]
        for start, end in blocks if step < 0 else reversed(blocks):
            # a block moves when its neighbour goes to its other side
            origin, goal = (start - 1, end) if step < 0 else (end + 1, start)
            moved.insert(goal - first, moved.pop(origin - first))
        self._change(name, first, last + 1, moved)
        return True

    def remove_duplicates(self, name: str, columns: Collection[int] = ()) -> int:
        """Keep the first of rows that are alike, if only in some columns; tell how many went."""
        if columns:
            chosen = sorted(columns)
            first: dict[Cells, Cells] = {}
            for row in self._cells:
                first.setdefault(tuple(row[column] for column in chosen), row)
            left = list(first.values())
        else:
            left = list(dict.fromkeys(self._cells))
        gone = len(self._cells) - len(left)
        if gone:
            self._change(name, 0, len(self._cells), left)
        return gone

    def insert_column(self, name: str, at: int, title: str) -> None:
        """Add an empty column; a title that is taken gets a number."""
        titled = unique_names([*self._columns, title])[-1]
        columns = (*self._columns[:at], titled, *self._columns[at:])
        self._change(name, 0, len(self._cells), [(*row[:at], "", *row[at:]) for row in self._cells], columns)

    def remove_columns(self, name: str, columns: Collection[int]) -> None:
        """Take columns away; without any, there are no rows either."""
        left = [column for column in range(len(self._columns)) if column not in columns]
        if len(left) == len(self._columns):
            return
        cells = [tuple(row[column] for column in left) for row in self._cells] if left else []
        titles = tuple(self._columns[column] for column in left)
        self._change(name, 0, len(self._cells), cells, titles)

    def rename_column(self, name: str, column: int, title: str) -> None:
        """Give a column another name; one that is taken gets a number."""
        others = [*self._columns[:column], *self._columns[column + 1 :]]
        renamed = unique_names([*others, title])[-1]
        if renamed != self._columns[column]:
            columns = (*self._columns[:column], renamed, *self._columns[column + 1 :])
            self._change(name, 0, 0, [], columns)

    def take_header(self, name: str) -> None:
        """Let the first row name the columns."""
        if self._cells:
            self._change(name, 0, len(self._cells), self._cells[1:], unique_names(self._cells[0]))

    def give_back_header(self, name: str) -> None:
        """Let the names of the columns be the first row again; the columns are numbered instead."""
        cells = [self._columns, *self._cells]
        self._change(name, 0, len(self._cells), cells, unique_names([""] * len(self._columns)))

    def _change(
        self, name: str, start: int, end: int, cells: list[Cells], columns: Cells | None = None
    ) -> None:
        old = self._cells[start:end]
        columns = self._columns if columns is None else columns
        if (old, self._columns) != (cells, columns):
            self.undo_stack.push(_Splice(self, name, start, (old, self._columns), (cells, columns)))

    def _apply(self, start: int, end: int, cells: list[Cells], columns: Cells) -> None:
        """Put cells in the place of the rows from `start` to before `end`."""
        old = self._cells[start:end]
        self._empty += _empty_among(cells) - _empty_among(old)
        if columns != self._columns:
            self.beginResetModel()
            self._columns = columns
            self._cells[start:end] = cells
            self.endResetModel()
            self.edited.emit()
            return
        kept = min(len(cells), len(old))
        if kept and columns:
            self._cells[start : start + kept] = cells[:kept]
            self.dataChanged.emit(self.index(start, 0), self.index(start + kept - 1, len(columns) - 1))
        if len(old) > kept:
            self.beginRemoveRows(QModelIndex(), start + kept, end - 1)
            del self._cells[start + kept : end]
            self.endRemoveRows()
        elif len(cells) > kept:
            self.beginInsertRows(QModelIndex(), end, start + len(cells) - 1)
            self._cells[end:end] = cells[kept:]
            self.endInsertRows()
        self.edited.emit()

    # Qt

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._cells)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(self._cells[index.row()][index.column()])
        if role == Qt.ItemDataRole.EditRole:
            return self._cells[index.row()][index.column()]
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self._is_editable:
            return False
        self.fill(self.tr("Edit a cell"), [(index.row(), index.column())], str(value))
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_cell = self._is_editable and index.isValid()
        return flags | Qt.ItemFlag.ItemIsEditable if is_cell else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return one_line(self._columns[section]) if section < len(self._columns) else None
        return str(section + 1)


class _Splice(QUndoCommand):
    """Other rows in the place of some, and maybe other columns. It keeps the rows it touches, no more."""

    def __init__(
        self,
        model: InputModel,
        name: str,
        start: int,
        before: tuple[list[Cells], Cells],
        after: tuple[list[Cells], Cells],
    ) -> None:
        super().__init__(name)
        self._model = model
        self._start = start
        self._before = before
        self._after = after

    def redo(self) -> None:
        self._model._apply(self._start, self._start + len(self._before[0]), *self._after)

    def undo(self) -> None:
        self._model._apply(self._start, self._start + len(self._after[0]), *self._before)


def _cells_of(columns: Sequence[str], rows: Iterable[Row]) -> list[Cells]:
    return [tuple(map(row.variables.__getitem__, columns)) for row in rows]


def _empty_among(cells: Iterable[Cells]) -> int:
    return sum(not any(map(str.strip, row)) for row in cells)
