from paradigm_gui.models.row_blocks import BLOCK_ROWS, RowBlocks


def blocks_of(rows, **options):
    made = []

    def make(block):
        made.append(block)
        return list(block)

    return RowBlocks(rows, make, **options), made


def test_blocks_are_made_once_and_only_where_they_are_wanted():
    blocks, made = blocks_of(2 * BLOCK_ROWS + 1)
    last = 2 * BLOCK_ROWS
    assert [block for block, _ in blocks.of([last, last - 1])] == [
        range(BLOCK_ROWS, last),
        range(last, last + 1),
    ]
    assert len(made) == 2
    found = list(blocks.of(range(last + 1)))
    assert [row for _, value in found for row in value] == list(range(last + 1))
    assert [list(block) for block, _ in found] == [value for _, value in found]
    assert len(made) == 3
    assert list(blocks.of([])) == []


def test_what_changed_is_made_anew():
    blocks, made = blocks_of(3 * BLOCK_ROWS)
    every = range(3 * BLOCK_ROWS)
    assert len(list(blocks.of(every))) == 3
    made.clear()
    blocks.forget([BLOCK_ROWS, BLOCK_ROWS + 1])
    assert len(list(blocks.of(every))) == 3
    assert made == [range(BLOCK_ROWS, 2 * BLOCK_ROWS)]


def test_what_may_not_be_kept_is_made_every_time():
    blocks, made = blocks_of(2 * BLOCK_ROWS, may_keep=lambda value: value[0] > 0)
    for _ in range(3):
        assert len(list(blocks.of(range(2 * BLOCK_ROWS)))) == 2
    assert [block.start for block in made] == [0, BLOCK_ROWS, 0, 0]


def test_there_may_be_no_rows():
    blocks, _ = blocks_of(0)
    assert list(blocks.of(range(0))) == []
