"""Django in one file. Run it with `uvicorn django_app:app`, or with gunicorn as `django_app:wsgi`."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ.get("DJANGO_SECRET_KEY", "for this example only"),
    MIDDLEWARE=["latchkey.django.LatchkeyMiddleware"],
    LATCHKEY={
        "url": os.environ["LATCHKEY_VERIFIER_URL"],
        "token": os.environ["LATCHKEY_TOKEN"],
        "api": os.environ.get("LATCHKEY_API"),
        "exempt": ["/health"],
    },
)


def badges(request: HttpRequest) -> JsonResponse:
    verdict = request.latchkey  # type: ignore[attr-defined]
    return JsonResponse({"caller": verdict.name if verdict and verdict.code == "VALID" else "unverified"})


def health(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"healthy": True})


urlpatterns = [path("badges", badges), path("health", health)]
app = get_asgi_application()
wsgi = get_wsgi_application()
