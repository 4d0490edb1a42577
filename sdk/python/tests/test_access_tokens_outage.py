"""Access tokens while no verifier answers."""

from __future__ import annotations

import pytest

from latchkey import VerdictUnavailableError
from latchkey.access_tokens import AccessTokenVerifier


def test_a_token_is_not_called_invalid_while_another_thread_reads_the_keys() -> None:
    # Nothing listens there.
    verifier = AccessTokenVerifier("http://127.0.0.1:9", "t", "https://keys.example", "badges", on_error=lambda _: None)
    with verifier, verifier._reading_keys, pytest.raises(VerdictUnavailableError):
        verifier._key_of("k")
