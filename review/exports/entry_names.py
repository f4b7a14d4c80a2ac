"""What an entry of a feed or map is called: three events of one article have one headline, and names of their own."""

from review.exports.sheets import Line, Sheet, write_text


def name_entry(sheet: Sheet, line: Line) -> str:
    """`Shooting, Port Alder, 4 killed: the headline`, as far as the table says so."""
    kind = write_text(sheet.take(line, "kind")).replace("_", " ")
    killed = write_text(sheet.take(line, "killed"))
    place, title = (write_text(sheet.take(line, role)) for role in ("place", "title"))
    loss = f"{killed} killed" if killed not in {"", "0"} else ""
    own = ", ".join(filter(None, (f"{kind[:1].upper()}{kind[1:]}", place, loss)))
    return ": ".join(filter(None, (own, title))) or "Event"
