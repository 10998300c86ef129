"""Who is here: the one name of a desk on one machine, signing in and out, accounts, openings."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from harmledger.web.access import RIGHT_WORDS, RIGHTS, ROLES
from harmledger.web.decide import go_back
from harmledger.web.frame import render
from harmledger.web.guard import (
    COOKIE,
    RefusedError,
    desk_of,
    field,
    set_cookie,
    visitor_of,
)
from harmledger.web.people import fold_name
from harmledger.web.ways import get, post


def show_name(request: Request) -> Response:
    """Asked once, for signing decisions."""
    back = request.query_params.get("back", "/")[:300]
    if not visitor_of(request).alone:
        return RedirectResponse("/", 303)
    return render(request, "desk-name.html.j2", back=back)


def post_name(request: Request) -> Response:
    desk = desk_of(request)
    name = " ".join(field(request, "name").split())
    if not visitor_of(request).alone:
        raise RefusedError(403, "this desk has accounts; your account's name signs.")
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise RefusedError(422, "give a name of 1 to 80 letters; it stays in the record.")
    desk.people.keep_setting("alone", name)
    return go_back(request)


def show_sign_in(request: Request) -> Response:
    if visitor_of(request).session:
        return RedirectResponse("/", 303)
    return render(request, "desk-sign-in.html.j2", failed=False)


def post_sign_in(request: Request) -> Response:
    desk, name = desk_of(request), field(request, "name")
    pace = request.app.state.sign_in_pace
    address = request.client.host if request.client else "?"
    if not (pace.allows(f"name {fold_name(name)}") and pace.allows(f"from {address}")):
        raise RefusedError(429, "too many tries in a minute; wait a little.")
    secret = desk.people.sign_in(name, str(field(request, "password")))
    if secret is None:
        return render(request, "desk-sign-in.html.j2", failed=True, status_code=401)
    response = RedirectResponse("/", 303)
    set_cookie(response, desk, secret)
    return response


def show_sign_out(request: Request) -> Response:
    return render(request, "desk-sign-out.html.j2")


def post_sign_out(request: Request) -> Response:
    desk_of(request).people.end_session(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE)
    return response


def post_password(request: Request) -> Response:
    """Anyone may change their own password, with the present one."""
    desk, visitor = desk_of(request), visitor_of(request)
    if visitor.alone:
        raise RefusedError(409, "this desk has no accounts.")
    if not request.app.state.sign_in_pace.allows(f"name {fold_name(visitor.name)}"):
        raise RefusedError(429, "too many tries in a minute; wait a little.")
    if desk.people.sign_in(visitor.name, field(request, "password")) is None:
        raise RefusedError(403, "that is not your present password.")
    desk.people.change_password(visitor.name, field(request, "fresh"))
    return RedirectResponse("/sign-in", 303)


def show_people(request: Request) -> Response:
    people = desk_of(request).people
    return render(
        request,
        "desk-people.html.j2",
        people=people.list_people(),
        openings=people.list_openings(),
        roles=ROLES,
        role_words={
            role: "; ".join(words for right, words in RIGHT_WORDS.items() if right in RIGHTS[role])
            for role in ROLES
        },
    )


def post_person(request: Request) -> Response:
    """A new account. The first one ends the time of one person alone: everyone signs in."""
    desk, visitor = desk_of(request), visitor_of(request)
    desk.people.add_person(
        field(request, "name"),
        field(request, "role"),
        field(request, "password"),
        visitor.name or "alone",
    )
    return RedirectResponse("/sign-in" if visitor.alone else "/people", 303)


def post_change(request: Request) -> Response:
    desk = desk_of(request)
    desk.people.change_person(
        field(request, "name"),
        role=field(request, "role"),
        active=field(request, "active") == "yes",
    )
    return RedirectResponse("/people", 303)


WAYS = (
    get("/name", "read", show_name),
    post("/name", "read", post_name),
    get("/sign-in", "anyone", show_sign_in),
    post("/sign-in", "anyone", post_sign_in),
    get("/sign-out", "read", show_sign_out),
    post("/sign-out", "read", post_sign_out),
    post("/password", "read", post_password),
    get("/people", "keep", show_people),
    post("/people", "keep", post_person),
    post("/people/change", "keep", post_change),
)
