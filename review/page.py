"""The review page: one file that opens from disk, works offline, and saves decisions."""

import gzip
import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from models.change import Change, Diff, Group, Side, digest
from models.decision import Decision
from models.policy import Policy
from review.bulk import draw_sample, find_doubt, takes_away
from review.day_counts import DayCounts
from review.diff_words import name_root
from review.edit_forms import list_forms
from review.geography.outlines import Shape, read_world
from review.report import load_templates
from review.stories import Story, draw_story
from review.story_maps import Atlas

TEMPLATES = Path(__file__).parent / "templates"
LARGEST = 25_000_000  # bytes of the page; articles beyond it are left out, and said to be
PLAIN = 20  # changes of a group that can be read without scripts
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """An earlier decision that still holds a value: such a change starts as refused."""

    who: str
    at: datetime
    reason: str
    runs: int  # for how many reviewed runs it has stood


@dataclass(slots=True)
class Material:
    """What a review is about: a diff, its changes in the groups' order, and the articles that they are in."""

    diff: Diff
    changes: Sequence[Change]
    stories: Iterable[Story]
    policy: Policy
    decisions: Sequence[Decision] = ()
    edited: frozenset[str] = field(default=frozenset())  # events with a hand edit
    shapes: Sequence[Shape] = field(default_factory=read_world)  # outlines of the small maps
    held: Mapping[str, Held] = field(default_factory=dict)  # change id -> the earlier no that answers it
    editable: bool = True  # whether a field can be given another value than the two
    who: str = ""  # who decides; empty where the page cannot know


def render_page(material: Material, mode: Literal["file", "app"] = "file", limit: int = LARGEST) -> str:
    """The page as text. The same material gives the same page; an app's is empty, and asks for its data."""
    page = load_templates().get_template("review.html.j2")
    policy = write_page_policy(mode)
    if mode == "app":
        return page.render(policy=policy, mode=mode, data="", diff=None)
    data = pack(make_data(material, limit))
    return page.render(policy=policy, mode=mode, data=data, diff=material.diff, plain=choose_plain(material))


def write_page_policy(mode: Literal["file", "app"]) -> str:
    """The content policy of the page: nothing is loaded; only its style and script count; no text is markup."""
    pages = load_templates()
    parts = (pages.get_template(name).render().encode() for name in ("review.css", "review.js"))
    style, script = (b64encode(sha256(part).digest()).decode() for part in parts)
    reach = "; connect-src 'self'" if mode == "app" else ""
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'{reach}; "
        "base-uri 'none'; form-action 'none'; frame-src 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def pack(data: Json) -> str:
    """The data as gzip in base64."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return b64encode(gzip.compress(text.encode("utf-8", "replace"), mtime=0)).decode()


def make_data(material: Material, limit: int = LARGEST) -> Json:
    """All that the page draws, as JSON."""
    diff = material.diff
    numbers = {change.id: number for number, change in enumerate(material.changes)}
    articles: list[Json] = []
    left, room = 0, limit
    atlas, days = Atlas(material.shapes), DayCounts()
    for story in material.stories:
        days.add(story.before, story.after)
        drawn = draw_story(story) | {"map": atlas.place(story.before, story.after)}
        room -= len(gzip.compress(json.dumps(drawn).encode())) * 4 // 3
        left += room < 0
        if room >= 0:
            articles.append(drawn)
    return {
        "key": digest([diff.before.name, diff.after.name, [g.id for g in diff.groups]]),
        "before": name_side(diff, "before"),
        "after": name_side(diff, "after"),
        "who": material.who,
        "policy": material.policy.model_dump(mode="json"),
        "forms": list_forms() if material.editable else None,
        "article_count": diff.articles,
        "same": diff.same,
        "rows": diff.rows,
        "notes": list(diff.notes),
        "mistaken": diff.mistaken,
        "left_out": left,
        "groups": [draw_group(group, numbers, material) for group in diff.groups],
        "causes": [cause.model_dump(mode="json") | {"name": name_root(cause.root)} for cause in diff.causes],
        "changes": [draw_change(change, material) for change in material.changes],
        "articles": articles,
        "regions": atlas.regions,
        "days": days.list_bars(),
        "decisions": [decision.model_dump(mode="json") for decision in material.decisions],
    }


def name_side(diff: Diff, side: Literal["before", "after"]) -> Json:
    """A run by name, version and totals."""
    chosen: Side = getattr(diff, side)
    return chosen.model_dump(mode="json", include={"name", "extractor_versions", "totals"})


def draw_group(group: Group, numbers: Mapping[str, int], material: Material) -> Json:
    """A group with the numbers of its changes, and the order in which they are drawn at random."""
    members = [numbers[name] for name in group.members if name in numbers]
    drawn = draw_sample([material.changes[n] for n in members], len(members), group.id)
    return group.model_dump(mode="json", exclude={"members"}) | {
        "members": members,
        "pairs": [
            pair.model_dump(mode="json")
            | {"members": [numbers[name] for name in pair.members if name in numbers]}
            for pair in group.pairs
        ],
        "sample": [numbers[change.id] for change in drawn],
    }


def draw_change(change: Change, material: Material) -> Json:
    """A change without what its article's card tells."""
    return {
        "id": change.id,
        "hash": change.hash,
        "operation": change.operation,
        "field": change.field,
        "events": list(dict.fromkeys((*change.after_ids, *change.before_ids))),
        "kinds": [change.kind_before, change.kind_after],
        "words": [change.words_before, change.words_after],
        "cause": list(change.cause),
        "root": change.root,
        "relation": change.relation,
        "confidence": [change.confidence_before, change.confidence_after],
        "effect": {name: value for name, value in change.effect if value},
        "label": change.label,
        "after": json.dumps(change.after, ensure_ascii=True, sort_keys=True)
        if change.operation == "changed"
        else "",
        "doubt": find_doubt(change, material.policy, material.edited, ()),
        "takes": takes_away(change),
        "held": draw_held(material.held.get(change.id)),
    }


def draw_held(held: Held | None) -> Json | None:
    """The earlier decision as JSON."""
    return asdict(held) | {"at": held.at.isoformat()} if held else None


def choose_plain(material: Material) -> dict[int, list[Change]]:
    """Of each group the changes that can be read without scripts."""
    groups = {name: group.number for group in material.diff.groups for name in group.members}
    chosen: dict[int, list[Change]] = defaultdict(list)
    for change in material.changes:
        number = groups.get(change.id)
        if number and len(chosen[number]) < PLAIN:
            chosen[number].append(change)
    return chosen
