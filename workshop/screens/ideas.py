"""How ideas, comments and themes are seen. Who wrote an idea or a comment is sent to its author only (`mine`)."""

from __future__ import annotations

from workshop.models import Comment, Idea, Theme
from workshop.screens.kinds import Record, kind
from workshop.screens.view import View

_ROOM_STATES = ("open", "merged")
_FACILITATOR_STATES = (*_ROOM_STATES, "hidden")


def _was_shown(row: Idea | Comment, _view: View) -> bool:
    return row.shown_seq is not None


@kind(Theme)
def present_theme(theme: Theme, _view: View) -> Record:
    """Returns a theme; every audience sees the same."""
    return {"id": theme.record_id, "kind": "theme", "title": theme.title, "position": theme.position}


@kind(Idea, was_seen=_was_shown)
def present_idea(idea: Idea, view: View) -> Record | None:
    """Returns an open or merged idea, for facilitators also a hidden one with the reason; else None. A private idea is seen
    by its author only, not by facilitators."""
    if idea.state not in (_FACILITATOR_STATES if view.facilitator else _ROOM_STATES):
        return None
    if idea.shown_seq is None:
        return None
    record = {
        "id": idea.record_id,
        "kind": "idea",
        "text": idea.text,
        "why": idea.why,
        "theme": Theme.record_id_of(idea.theme_id),
        "group": view.group_label(idea.group_id, idea.by_helper),
        "state": idea.state,
        "merged_into": Idea.record_id_of(idea.merged_into_id),
        "merge_sort": idea.merge_variant,
        "builds_on": Idea.record_id_of(idea.builds_on_id),
        "comments": view.comment_counts.get(idea.record_id, 0),
        "position": idea.position,
        "by_helper": idea.by_helper,
        "erased": idea.erased,
        "source": idea.source,
        "supports": view.supports.get(idea.record_id),
        "seq": idea.shown_seq,
    }
    if view.facilitator and idea.state == "hidden":
        record["hidden_reason"] = idea.hidden_reason
        record["asked_again"] = idea.asked_again is not None
        record["asked_words"] = idea.asked_again
    return record


@kind(Comment, was_seen=_was_shown)
def present_comment(comment: Comment, view: View) -> Record | None:
    """Returns an open comment, for facilitators also a hidden one with the reason; else None."""
    if comment.state != "open" and not view.facilitator:
        return None
    record = {
        "id": comment.record_id,
        "kind": "comment",
        "on": comment.on,
        "text": comment.text,
        "sort": comment.variant,
        "group": view.group_label(comment.group_id, comment.by_helper),
        "by_helper": comment.by_helper,
        "state": comment.state,
    }
    if view.facilitator and comment.state == "hidden":
        record["hidden_reason"] = comment.hidden_reason
    return record
