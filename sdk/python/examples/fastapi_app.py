"""FastAPI: every route needs a key. Run it with `uvicorn fastapi_app:app`."""

import os
from typing import Annotated

from fastapi import Depends, FastAPI

from latchkey import AllowedVerdict, AsyncLatchkey
from latchkey.fastapi import require_api_key

latchkey = AsyncLatchkey(
    url=os.environ["LATCHKEY_VERIFIER_URL"],
    token=os.environ["LATCHKEY_TOKEN"],
    api=os.environ.get("LATCHKEY_API"),
)
app = FastAPI()
api_key = require_api_key(app, latchkey)


@app.get("/badges")
async def badges(verdict: Annotated[AllowedVerdict | None, Depends(api_key)]) -> dict[str, str]:
    return {"caller": verdict.name if verdict and verdict.code == "VALID" else "unverified"}
