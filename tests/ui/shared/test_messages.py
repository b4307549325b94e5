"""What messages do to values of strangers."""

from biocarto.ui.shared import messages


def test_a_value_of_the_address_cannot_turn_its_message_around() -> None:
    """Marks of direction, controls and joiners are left out; letters of any script stay."""
    assert messages.strip_invisible("a\u202eb\u0000c\u2066d\u200fé 日本 \u0639") == "abcdé 日本 \u0639"
