"""Sites that serve many companies: an opt-out may lie there without the company owning the site."""

from __future__ import annotations

import re

_PORTAL = "runs privacy portals for other companies"
_FORMS = "hosts forms of other companies"
_OFFICER = "acts as data protection officer for other companies"
_HELP = "hosts help desks of other companies"

PROVIDERS = {
    "onetrust.com": _PORTAL,
    "cookiepro.com": _PORTAL,
    "trustarc.com": _PORTAL,
    "truste.com": _PORTAL,
    "transcend.io": _PORTAL,
    "osano.com": _PORTAL,
    "termly.io": _PORTAL,
    "securiti.ai": _PORTAL,
    "ketch.com": _PORTAL,
    "wirewheel.io": _PORTAL,
    "datagrail.io": _PORTAL,
    "clarip.com": _PORTAL,
    "cookiebot.com": _PORTAL,
    "usercentrics.eu": _PORTAL,
    "iubenda.com": _PORTAL,
    "enzuzo.com": _PORTAL,
    "mineos.ai": _PORTAL,
    "saymine.io": _PORTAL,
    "ethyca.com": _PORTAL,
    "sourcepoint.com": _PORTAL,
    "didomi.io": _PORTAL,
    "captaincompliance.com": _PORTAL,
    "relyance.ai": _PORTAL,
    "exterro.net": _PORTAL,
    "privacycentral.com": _PORTAL,
    "privacycompliance.biz": _PORTAL,
    "privacypillar.com": _PORTAL,
    "clym.io": _PORTAL,
    "cookielaw.org": _PORTAL,
    "dataships.io": _PORTAL,
    "ethicspointvp.com": _HELP,
    "ketchjs.com": _PORTAL,
    "navexone.com": _HELP,
    "privacyportal.com": _PORTAL,
    "saymine.com": _PORTAL,
    "trustsuperset.com": _PORTAL,
    "usepylon.com": _HELP,
    "google.com": _FORMS,
    "forms.gle": _FORMS,
    "office.com": _FORMS,
    "microsoft.com": _FORMS,
    "jotform.com": _FORMS,
    "typeform.com": _FORMS,
    "wufoo.com": _FORMS,
    "formstack.com": _FORMS,
    "cognitoforms.com": _FORMS,
    "smartsheet.com": _FORMS,
    "surveymonkey.com": _FORMS,
    "airtable.com": _FORMS,
    "hsforms.com": _FORMS,
    "hubspot.com": _FORMS,
    "hubspotpagebuilder.com": _FORMS,
    "zohopublic.com": _FORMS,
    "monday.com": _FORMS,
    "datenschutzexperte.de": _OFFICER,
    "iitr.de": _OFFICER,
    "zendesk.com": _HELP,
    "freshdesk.com": _HELP,
    "atlassian.net": _HELP,
    "intercom.help": _HELP,
    "salesforce-sites.com": _HELP,
    "force.com": _HELP,
    "optoutprescreen.com": "is the joint opt-out of the credit bureaus",
    "annualcreditreport.com": "is the joint report of the credit bureaus",
}
"""By registrable domain: why an opt-out of somebody else may lie there."""

_GOVERNMENT = re.compile(r"(?:[a-z0-9-]+\.)?(?:gov|mil|gov\.uk|europa\.eu|[a-z]{2}\.us)")


def serves_others(site: str) -> bool:
    """Whether a site is known to serve many companies or offices.

    Args:
        site: a registrable domain; `app.onetrust.com` is none, `onetrust.com` is.
    """
    return site in PROVIDERS or bool(_GOVERNMENT.fullmatch(site))
