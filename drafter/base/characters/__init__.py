"""Characters that read otherwise than they are: unseen ones, ones that turn the direction, look-alike letters."""

from drafter.base.characters.judging import MOST, Fault, faults, problems_in, remarks, reminders_in
from drafter.base.characters.table import DIRECTION, is_seen, is_unseen, named, shown, spelled, unturned

__all__ = [
    "DIRECTION",
    "MOST",
    "Fault",
    "faults",
    "is_seen",
    "is_unseen",
    "named",
    "problems_in",
    "remarks",
    "reminders_in",
    "shown",
    "spelled",
    "unturned",
]
