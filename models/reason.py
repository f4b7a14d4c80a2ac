"""Why reading did not take what it could have taken: the closed list of reasons.

Their words are in review/reasons.py.
"""

from typing import Literal

MentionReason = Literal[
    "mention:heading",
    "mention:bears-party",
    "mention:is-place",
    "mention:is-weapon",
    "mention:weapon-of",
    "mention:in-weapon",
]
NumberReason = Literal[
    "number:other",
    "number:in-name",
    "number:unit",
    "number:hyphened",
    "number:no-harm",
    "number:nobody",
    "loss:other-reading",
    "loss:told-again",
    "loss:other-event",
    "loss:bloodless",
    "loss:earlier-event",
    "loss:died",
    "loss:undone",
    "loss:scene",
    "total:part",
    "total:running",
    "total:repeated",
    "total:counted",
    "total:wider",
]
WordReason = Literal[
    "word:other-class",
    "word:longer",
    "word:other-sense",
    "word:backdrop",
    "word:in-name",
    "word:unclaimed",
    "word:listed",
    "word:nature",
    "word:idea",
    "word:mishap",
    "word:speech",
    "word:fiction",
    "word:disaster",
    "word:unmet",
    "word:joined",
]
EventReason = Literal[
    "event:said",
    "event:of-two",
    "event:held",
    "event:accident",
    "event:age",
    "event:pointer",
    "event:pointed-at",
    "event:too-little",
    "event:no-victims",
    "event:no-conflict",
    "event:doubtful",
    "event:retold",
    "event:row",
    "event:counted",
    "event:apart",
    "event:unbound",
    "type:refined",
    "type:open",
    "bond:losses",
    "bond:points-back",
    "bond:claim",
    "bond:toll",
    "bond:shared",
    "bond:near",
]
PlaceReason = Literal[
    "place:unknown",
    "place:unlikely",
    "place:acting",
    "place:in-name",
    "place:party",
    "place:teller",
    "place:care",
    "place:other-event",
    "place:when-told",
    "place:wider",
    "place:farther",
    "place:known",
    "place:finer",
    "place:saying",
    "place:scene",
    "place:elsewhere",
]
DateReason = Literal[
    "date:record",
    "date:tally",
    "date:told-later",
    "date:other-event",
    "date:spoken",
    "date:zone",
    "date:other-clause",
    "date:farther",
    "date:explained",
    "date:doers",
    "date:no-days",
    "date:coming",
    "date:known",
    "date:narrower",
    "date:elsewhere",
]
PartyReason = Literal[
    "party:no-role",
    "party:doer",
    "party:reports",
    "party:accuses",
    "party:denies",
    "party:victim",
    "party:same",
    "party:means-doer",
    "party:acts",
    "party:unlikely",
]
WeaponReason = Literal[
    "weapon:no-means",
    "weapon:hit",
    "weapon:other-event",
    "weapon:talked-of",
    "weapon:gives-way",
    "weapon:implied",
    "weapon:same",
    "weapon:unlinked",
    "weapon:unfit",
]
StatusReason = Literal[
    "status:outranked",
    "status:undone",
    "status:shut-out",
    "status:out-of-reach",
    "status:fought",
    "status:generic",
    "status:habit",
    "status:war",
    "status:old",
    "status:year",
    "status:record",
    "status:said",
]
PlaceSign = Literal[
    "people",
    "kind of place",
    "other name",
    "listed",
    "our name",
    "capital",
    "country of the text",
    "province of the text",
    "in the place beside it",
    "called so",
    "near other places",
    "province among provinces",
]
ArticleReason = Literal["article:language", "article:no-word"]
Reason = (
    MentionReason
    | NumberReason
    | WordReason
    | EventReason
    | PlaceReason
    | DateReason
    | PartyReason
    | WeaponReason
    | StatusReason
    | ArticleReason
)
NoteField = Literal[
    "article", "word", "event_type", "status", "actors", "targets", "weapons", "place", "date", "counts"
]
