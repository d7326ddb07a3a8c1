"""What the API answers where no view does: an unknown address, a request Django refuses itself, a fault."""

import sys

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from core.api.problems import FaultOfOurs, MalformedRequest, as_domain_error, problem_json
from core.errors import NotFound

ANSWERED_BY_PROBLEMS = ("/api/", "/tiles/", "/media/", "/health")
"""Programs read these; a person's pages (the admin) keep Django's own."""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(ANSWERED_BY_PROBLEMS):
        return defaults.page_not_found(request, exception)
    return problem_json(NotFound(), request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(ANSWERED_BY_PROBLEMS):
        return defaults.bad_request(request, exception)
    return problem_json(MalformedRequest(), request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Also where middleware fails, for example because the database that holds the sessions is away."""
    if not request.path.startswith(ANSWERED_BY_PROBLEMS):
        return defaults.server_error(request)
    fault = sys.exc_info()[1]
    known = as_domain_error(fault) if isinstance(fault, Exception) else None
    return problem_json(known or FaultOfOurs(), request)
