"""The portal and verifier that `npm run test:sdk` has started."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Deployment:
    verifierUrl: str
    portalUrl: str
    serviceToken: str
    managementToken: str
    projectId: str
    secrets: dict[str, str]


def deployment() -> Deployment:
    text = os.environ.get("LATCHKEY_SDK_DEPLOYMENT")
    if text is None:
        raise RuntimeError("Run these tests with npm run test:sdk.")
    return Deployment(**json.loads(text))
