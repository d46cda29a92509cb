"""The index of the settings, each with its state; for administrators, the steps a new installation still needs."""

from litestar import get
from litestar.response.base import Response

from web.brand.brand import known
from web.mail.incoming import quarantine
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.settings.first_steps import steps
from web.pages.words.settings.index import (
    brand_section,
    chat_section,
    embedding_section,
    in_order,
    kiosks_section,
    privacy_section,
    sections,
    webhooks_section,
)
from web.pages.words.settings.mail import mail_section
from web.people.privacy import requests
from web.tickets.settings.counts import setting_counts
from web.tickets.settings.first_steps import first_steps

ADDRESS = "/desk/settings"


@get(ADDRESS, name="settings")
async def show(request: PageRequest) -> Response[str]:
    return await page(request, Form())


async def page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    counts, is_admin = await setting_counts(), person_of(request).is_admin
    shown = list(sections(counts))
    if is_admin:
        privacy, mail = privacy_section(await requests.waiting()), mail_section(counts, await quarantine.waiting())
        shown += [brand_section(known()), privacy, mail, chat_section(known())]
        shown += [webhooks_section(counts), kiosks_section(counts), embedding_section(known())]
    context = {
        "sections": in_order(shown),
        "form": form,
        "done": confirmations.FIRST_STEPS.get(request.query_params.get("done", ""), ""),
        "steps": [],
        "passed": 0,
        "may_use_example": False,
    }
    if is_admin:
        left = await first_steps()
        context |= {"steps": list(steps(left)), "passed": len(left.done), "may_use_example": left.is_empty}
    return render.page(request, "settings/index.html", context, status=status)
