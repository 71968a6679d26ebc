"""It writes short texts for WhatsApp that say what they are."""

from bersinar.documents.sharing import message


def test_it_marks_the_text_of_a_demo_before_anything_else(settings):
    settings.BERSINAR_DEMO = True
    assert message(greeting="Selamat pagi,", lines=["apa kabar?"]).text.splitlines()[0] == "DATA CONTOH"


def test_it_adds_nothing_to_the_text_of_a_real_office(settings):
    settings.BERSINAR_DEMO = False
    sent = message(greeting="Selamat pagi,", lines=["apa kabar?"], closing=" ", address="")
    assert sent.text == "Selamat pagi,\napa kabar?"
