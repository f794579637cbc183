"""A slim line with one message."""

from PySide6.QtCore import Qt

from paradigm_gui.widgets.banner import Banner, Tone


def test_it_shows_one_message_literally_until_it_is_closed(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.show_message("<b>x</b> & a < b", Tone.ERROR)
    assert banner.label.text() == "<b>x</b> & a < b"
    assert banner.label.textFormat() is Qt.TextFormat.PlainText
    assert banner.accessibleName() == banner.label.text()
    assert not banner.button.isVisible()
    banner.show_message("two", Tone.NOTE)
    assert banner.label.text() == "two"
    banner.close_button.click()
    assert banner.isHidden()


def test_it_offers_one_thing_to_do(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_message("No key.", Tone.WARNING, "Add one…")
    assert banner.button.isVisible()
    with qtbot.waitSignal(banner.acted):
        banner.button.click()


def test_it_may_offer_another_thing_beside(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_message("Sure?", Tone.WARNING, "Look", "Go on")
    with qtbot.waitSignal(banner.acted_otherwise), qtbot.assertNotEmitted(banner.acted):
        banner.other_button.click()
    banner.show_message("No key.", Tone.WARNING, "Add one…")
    assert not banner.other_button.isVisible()


def test_the_tones_look_different(qtbot):
    pictures = set()
    for tone in Tone:
        banner = Banner()
        qtbot.addWidget(banner)
        banner.resize(300, 40)
        banner.show_message("", tone)
        pictures.add(banner.grab().toImage().pixel(1, 20))
    assert len(pictures) == len(Tone)
