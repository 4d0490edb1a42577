"""OpenTelemetry attributes, if the application traces."""

from __future__ import annotations

import sys

from .verdict import Outcome, UnverifiedVerdict


def trace_outcome(outcome: Outcome) -> None:
    """Adds the outcome to the active OpenTelemetry span, if there is one. Never the key itself."""
    trace = sys.modules.get("opentelemetry.trace")
    if trace is None:
        return
    span = trace.get_current_span()
    if not span.is_recording():
        return
    span.set_attribute("latchkey.valid", outcome.valid)
    span.set_attribute("latchkey.code", outcome.code)
    if isinstance(outcome, UnverifiedVerdict):
        return
    span.set_attribute("latchkey.request_id", outcome.request_id)
    if outcome.key_id:
        span.set_attribute("latchkey.key_id", outcome.key_id)
    if outcome.project_id:
        span.set_attribute("latchkey.project_id", outcome.project_id)
