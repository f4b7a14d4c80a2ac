"""Why a place, a date or another finder's words were not taken: a sentence and a counter-example for each reason."""

import pytest
from tracing import Cases, check_reason, find_notes, reread

from extractors.extractor import Extractor

CASES: Cases = {
    "mention:heading": (
        "[4 March 2024], 09:30 UTC\n\nGunmen shot dead two farmers in Goma.",
        "On 4 March 2024, at 09:30 UTC, gunmen shot dead two farmers in Goma.",
    ),
    "mention:bears-party": (
        "Police raided a [Maoist camp] on Monday.",
        "Police raided a camp of Maoist rebels near Raipur on Monday.",
    ),
    "mention:is-place": ("Half a dozen boats were sunk off [Hodeidah].", "Half a dozen boats were sunk on Monday."),
    "mention:is-weapon": ("Crews fired [ATACMS] at the port.", "Crews fired rockets at the port."),
    "mention:weapon-of": (
        "[U.S. fighter] jets launched attacks near Baghdad.",
        "Jets of the U.S. launched attacks near Baghdad.",
    ),
    "mention:in-weapon": ("The army used [sniper] rifles against rebels.", "An army sniper shot a rebel."),
    "place:unknown": ("A [Mazda] struck a bus.", "A shell struck a bus in Kherson."),
    "place:unlikely": ("Rebels captured a town in [Kivu].", "Rebels captured a town in Ukraine."),
    "place:acting": ("[Iran] executed three men on Monday.", "Judges executed three men in Iran on Monday."),
    "place:in-name": (
        "The [Basra] Health Directorate said that five people died in an attack in Basra, Iraq.",
        "A doctor said that five people died in an attack in Basra, Iraq.",
    ),
    "place:party": (
        "[Kenya] blamed al-Shabaab for the attack on a bus in Mandera.",
        "The attack on a bus in Mandera killed four.",
    ),
    "place:teller": (
        "Police in [Cali] are investigating the mayor's murder.",
        "The mayor was murdered in Cali on Monday.",
    ),
    "place:care": (
        "A man was shot in Dolton on Sunday. He was taken to a hospital in [Harvey], where he died.",
        "A man was shot in Dolton on Sunday. He was shot at a hospital in Harvey.",
    ),
    "place:other-event": (
        "Factions fired rockets into Israel after forces killed a commander in [Rafah].",
        "Factions fired rockets into Israel on Monday.",
    ),
    "place:when-told": (
        "In [Paris], the ministry said that troops had killed a rebel leader in Kidal.",
        "Troops killed a rebel leader in Kidal.",
    ),
    "place:wider": ("A bomb went off in Kirkuk, [Iraq].", "A bomb went off in Iraq."),
    "place:farther": (
        "Russian troops entered [Georgia] and shelled Gori.",
        "Russian troops shelled Gori.",
    ),
    "place:known": (
        "Gunmen shot dead a trader in Lae; bullets hit his car. A trader was shot dead in [Lae], police said.",
        "Gunmen shot dead a trader in Lae.",
    ),
    "place:finer": (
        "Gunmen killed nine miners in [Nigeria] on Monday. The nine miners were killed in Anka, residents said.",
        "Gunmen killed nine miners in Anka on Monday. The nine miners were killed in Nigeria, residents said.",
    ),
    "place:elsewhere": (
        "Gunmen killed nine miners. The president flew from [Lagos] to Paris.",
        "Gunmen killed nine miners in Lagos.",
    ),
    "date:elsewhere": (
        "Gunmen killed nine miners. The president will fly to Paris in [June].",
        "Gunmen killed nine miners on Monday.",
    ),
    "place:saying": ("France condemned the junta in [Niamey].", "Rebels attacked the junta in Niamey."),
    "place:scene": (
        "Militants killed five soldiers in Mosul and three policemen in [Baquba] on Tuesday.",
        "Militants killed five soldiers and three policemen in Mosul on Tuesday.",
    ),
    "date:record": (
        "The largest offensive of [the last ten years] began on Monday near Sake.",
        "An offensive began on Monday near Sake.",
    ),
    "date:tally": (
        "Rebels on Monday carried out their sixth attack [this year] on a pipeline near Arauca.",
        "Rebels this year attacked a pipeline near Arauca.",
    ),
    "date:told-later": (
        "Police said on [Sunday] that gunmen had killed three traders in Zamfara.",
        "Police said that gunmen had killed three traders in Zamfara on Sunday.",
    ),
    "date:other-event": (
        "Police jailed two men for the [2019] bombing of a bus in Nice.",
        "A bomb killed two men on a bus in Nice on Monday.",
    ),
    "date:spoken": (
        "The prosecutor, who is investigating the murder of six priests in Goma, said on [Tuesday] that men lied.",
        "The six priests were murdered in Goma on Tuesday.",
    ),
    "date:zone": (
        "A bomb killed three people in Lima at 2230 (0330 GMT on [21 November]).",
        "A bomb killed three people in Lima at 2230 on 21 November.",
    ),
    "date:other-clause": (
        "A judge who took office in [May] was murdered in Goma on 19 November.",
        "A judge was murdered in Goma on 19 November.",
    ),
    "date:farther": ("Shells fell on Bor on November 2, [3] and 4.", "Shells fell on Bor on November 2."),
    "date:explained": (
        "A bomb killed two in Kano on [Monday], the worst attack since 2014, when gunmen abducted 200 girls.",
        "A bomb killed two in Kano on Monday.",
    ),
    "date:doers": (
        "Police on [Monday] arrested a rebel wanted for the murder of two traders in Goma.",
        "Police arrested a rebel who murdered two traders in Goma on Monday.",
    ),
    "date:no-days": (
        "~A bomb killed two people in Kano on [Thursday], likely on 19 October 2023.",
        "A bomb killed two people in Kano on Thursday.",
    ),
    "date:coming": (
        "Rebels shelled a school that was to open [tomorrow], killing two people in Goma.",
        "Rebels shelled a school that was opened yesterday, killing two people in Goma.",
    ),
    "date:known": (
        "A blast killed nine miners in Bukavu on Monday. The blast on [Monday] wounded the mayor.",
        "A blast killed nine miners in Bukavu on Monday. The blast wounded the mayor.",
    ),
    "date:narrower": (
        "Rebels attacked Kirna in [February], killing nine people. The nine people were killed on 3 February.",
        "Rebels attacked Kirna on 3 February, killing nine people. The nine people were killed in February.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("reason", CASES)
def test_each_reason_has_its_words_and_no_other(extractor: Extractor, reason: str) -> None:
    check_reason(extractor, reason, *CASES[reason])


def test_what_belongs_to_another_event_names_it(extractor: Extractor) -> None:
    text = "Factions fired rockets into Israel after forces killed a commander in Rafah."
    ((_, note),) = [
        found for found in find_notes(extractor, text, "place:other-event") if found[0] == "Rafah"
    ]
    assert note.other
    assert text[slice(*note.other)] == "killed"
    read = reread(extractor, text)
    fired = next(row for row in read.rows if row.trigger == "fired")
    (rafah,) = [r for r in read.list_rejected(fired) if r.text == "Rafah" and r.field == "place"]
    assert rafah.words == "belongs to “killed”, which stands nearer"
    assert [row.trigger for row in read.rows if row.event_id in rafah.rows] == ["killed"]


def test_namesakes_are_scored_as_the_linker_scored_them(extractor: Extractor) -> None:
    read = reread(extractor, "A bomb killed nine people in Tripoli, Libya, on Monday.")
    (row,) = read.rows
    first, *others = read.list_senses(row)
    assert (first.taken, first.country, first.id) == (True, "LBY", row.place_id)
    assert "LBN" in {sense.country for sense in others}
    assert not any(sense.taken for sense in others)
    for sense in (first, *others):
        assert sense.score == pytest.approx(sum(worth for _, worth in sense.signs))
    assert first.score > max(sense.score for sense in others)
    assert ("in the place beside it", 6.0) in first.signs
    assert not any(
        name == "in the place beside it" for s in others if s.country == "LBN" for name, _ in s.signs
    )
