"""Why something that was pasted is not kept, in the words of a page."""

from __future__ import annotations

from typing import Any

from optout.services.intake import Why
from optout.web.i18n import lazy as _

WHY: dict[Why, Any] = {
    Why.ENGINE: _("a page of the search engine itself"),
    Why.ADVERT: _("an advertisement"),
    Why.FILE: _("a picture or another part of a page"),
    Why.NOT_WEB: _("no link to a web page"),
    Why.NO_SITE: _("names no web site, only a machine"),
    Why.DISGUISED: _("written so that it seems to lead elsewhere than it does"),
    Why.TOO_LONG: _("too long to be a listing’s link"),
    Why.HOME: _("the first page of a site, which shows nobody"),
    Why.SERVICE_PAGE: _("a page of the company about itself, such as its opt-out or its search"),
}
