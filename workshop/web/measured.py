"""`/metrics` for Prometheus: exists only where `METRICS_TOKEN` is set, and is shown only to whoever sends that token."""

from __future__ import annotations

from hmac import compare_digest
from typing import Any

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from workshop import metrics
from workshop.screens import AUDIENCES

measured = Blueprint("measured", __name__)


@measured.get("/metrics")
def told() -> Response:
    """Returns the counts of this process; 404 without the setting, 401 without its token (`Authorization: Bearer …`)."""
    token = current_app.config["RUNDBORD"].metrics_token
    if token is None:
        abort(404)
    if not compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"})
    _count_people(current_app.extensions["rundbord_live"].connections)
    return Response(metrics.told(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _count_people(connections: Any) -> None:
    """Sets the counts of people from `live.connections.Connections`, which this package may not import."""
    everyone = list(connections.by_sid.values())
    for audience in AUDIENCES:
        metrics.connections.labels(audience).set(sum(one.actor.audience == audience for one in everyone))
    metrics.people.set(len(connections.everybody()))
    metrics.workshops.set(len(connections.by_workshop))
