"""The table of permissions, by role and by team."""

from itertools import groupby

from litestar import get
from litestar.response.base import Response

from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.people import roles as role_names
from web.pages.words.settings.permissions import RIGHTS
from web.tickets.settings import roles


@get("/desk/settings/permissions", name="permissions")
async def show(request: PageRequest) -> Response[str]:
    members = await roles.members()
    context = {
        "roles": role_names(),
        "rights": RIGHTS,
        "mine": [right for right in RIGHTS if right.address and right.is_of(person_of(request).role)],
        "teams": [(team, list(some)) for team, some in groupby(members, key=lambda each: each.team)],
    }
    return render.page(request, "settings/permissions.html", context)
