"""The lanes of a timeline: what each task did, and how it is written down."""

from collections import Counter


class Lane:
    def __init__(self, name: str, shown: bool) -> None:
        self.name = name
        self.shown = shown
        self.events = []
        self.waits_for = None  # the future
        self.wait = []  # its event
        self.ended = 0  # a number that grows from end to end
        self.cancelled = ""  # by whom; a note

    def add(self, start, end, state, line=None, note="") -> None:
        self.events.append([start, end, state, line, note])


def named(lanes: list[Lane]) -> list:
    """The lanes that are shown; equal names are numbered."""
    shown = [lane for lane in lanes if lane.shown]
    count, met = Counter(lane.name for lane in shown), Counter()
    for lane in shown:
        met[lane.name] += 1
        if count[lane.name] > 1 and lane is not lanes[0]:
            lane.name += f" {met[lane.name]}"
    return [
        {"name": lane.name, "events": [worded(e) for e in lane.events]}
        for lane in shown
    ]


def worded(event: list) -> dict:
    start, end, state, line, note, *order = event
    if isinstance(note, tuple):
        note = "".join(x.name if isinstance(x, Lane) else x for x in note)
    keys = "from", "to", "state", "line", "note", "order"
    return dict(zip(keys, [start, end, state, line, note, *order]))
