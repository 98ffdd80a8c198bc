"""The form sheet: the right values in the right order, and a page that calls nowhere."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from optout.documents.form_sheet_html import form_sheet_page
from optout.documents.order import LetterOrder
from optout.documents.words import compose_form_sheet
from optout.domain.broker import Procedure
from optout.domain.document import FormSheet
from optout.domain.errors import InvalidInput, MissingFact
from optout.domain.plan import Need
from optout.domain.words import NEVER_BY_DEFAULT, Channel, Fact, Verification
from tests.documents.orders import FORMS, changed

WEB = FORMS["web_form"]
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7*7 }}"


def with_procedure(**changes: object) -> LetterOrder:
    return changed(WEB, procedure=replace(WEB.procedure, **changes))  # type: ignore[arg-type]  # fields by name


def test_values_stand_in_the_forms_order_with_what_else_is_carried_after_them() -> None:
    given = [v.fact for v in compose_form_sheet(WEB).values if v.value]
    assert given == [Fact.LISTING_URL, Fact.FULL_NAME, Fact.EMAIL, Fact.STATE_OF_RESIDENCE]


@pytest.mark.parametrize("fact", sorted(NEVER_BY_DEFAULT))
@pytest.mark.parametrize("order", FORMS.values(), ids=FORMS)
def test_no_sheet_ever_carries_what_must_never_go_out(order: LetterOrder, fact: Fact) -> None:
    carrying = changed(order, procedure=replace(order.procedure, needs=(fact,)),
                       facts={fact: ("1985-04-12",)})
    sheet = compose_form_sheet(carrying)
    [value] = [v for v in sheet.values if v.fact is fact]
    assert (value.value, bool(value.leave_empty_because)) == ("", True)
    assert b"1985-04-12" not in form_sheet_page(sheet)


def test_what_is_optional_stays_empty_and_what_was_withheld_says_why() -> None:
    order = changed(with_procedure(needs=(Fact.FULL_NAME, Fact.EMPLOYER)),
                    facts_withheld=(Need(Fact.EMPLOYER, "They would learn it from you."),))
    by_fact = {v.fact: v for v in compose_form_sheet(order).values}
    assert by_fact[Fact.EMPLOYER].leave_empty_because == "They would learn it from you."
    assert "works without it" in by_fact[Fact.PHONE].leave_empty_because


def test_a_need_without_value_is_refused_by_name() -> None:
    with pytest.raises(MissingFact) as caught:
        compose_form_sheet(with_procedure(needs=(Fact.LICENSE_PLATE,)))
    assert caught.value.names == ("license_plate",)


def test_an_e_mail_field_gets_the_reply_mailbox_when_no_other_is_carried() -> None:
    order = changed(WEB, facts={Fact.FULL_NAME: ("Avery Sample",)}, procedure=replace(
        WEB.procedure, needs=(Fact.FULL_NAME, Fact.EMAIL, Fact.RECORD_SELECTION)))
    values = {v.fact: v.value for v in compose_form_sheet(order).values}
    assert values[Fact.EMAIL] == "optout.sample@example.com"
    assert Fact.RECORD_SELECTION not in values


@pytest.mark.parametrize("check", [c for c in Verification if c is not Verification.NONE])
def test_every_way_of_checking_has_its_step(check: Verification) -> None:
    plain = compose_form_sheet(with_procedure(verification=(Verification.NONE,)))
    sheet = compose_form_sheet(with_procedure(verification=(check,)))
    assert len(sheet.steps) == len(plain.steps) + 1
    assert not any("{" in step for step in sheet.steps)


def test_the_brokers_own_steps_come_in_their_order() -> None:
    sheet = compose_form_sheet(with_procedure(steps=("First this.", "Then that.")))
    assert sheet.steps[1:3] == ("First this.", "Then that.")
    assert sheet.steps[-1].endswith("mark OPT-7K3M9Q as sent.")


def test_the_platform_gets_values_but_no_statement() -> None:
    sheet = compose_form_sheet(FORMS["platform"])
    assert sheet.statement == ""
    assert any(value.value for value in sheet.values)


def test_a_phone_sheet_needs_a_number() -> None:
    order = changed(WEB, procedure=Procedure(Channel.PHONE))
    with pytest.raises(MissingFact) as caught:
        compose_form_sheet(order)
    assert caught.value.names == ("phone",)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/hostname", "data:text/html,x",
                                 "//example.com", "example.com"])
def test_only_web_addresses_become_links(url: str) -> None:
    sheet = compose_form_sheet(with_procedure(url=url))
    assert sheet.link == ""
    assert b"<a " not in form_sheet_page(sheet)
    if ":" in url:
        with pytest.raises(InvalidInput):
            form_sheet_page(replace(sheet, link=url))


def page_of(sheet: FormSheet) -> str:
    page = form_sheet_page(sheet).decode()
    html5lib.HTMLParser(strict=True).parse(page)
    return page


@pytest.mark.parametrize("order", FORMS.values(), ids=FORMS)
def test_the_page_is_valid_and_loads_nothing(order: LetterOrder) -> None:
    page = page_of(compose_form_sheet(order))
    assert page.count("<h1>") == 1
    assert re.findall(r'(?:src|href|action)="([^"]*)"', page) == ["https://www.example.com/optout"]
    assert 'rel="noreferrer noopener"' in page
    assert "default-src 'none'" in page
    assert "unsafe-inline" not in page
    assert not re.search(r"\sstyle=|\son\w+=|@import|url\(", page)


@pytest.mark.parametrize("order", FORMS.values(), ids=FORMS)
def test_the_page_ends_with_what_to_do_once_it_is_sent(order: LetterOrder) -> None:
    sheet = compose_form_sheet(order)
    page = page_of(sheet)
    parts = re.findall(r'<h2 id="([a-z]+)"', page)
    assert parts == ["steps", "values", "empty",
                     *(["statement"] if sheet.statement else []), "after"]
    after = page.partition('<h2 id="after"')[2]
    assert f"open {sheet.reference}" in after
    assert "confirmation number" in after
    assert "Sent does not mean done" in after


def test_every_value_is_escaped() -> None:
    sheet = compose_form_sheet(changed(
        with_procedure(steps=(HOSTILE,)), broker_name=HOSTILE,
        facts=dict(WEB.facts) | {Fact.FULL_NAME: (HOSTILE,)}))
    page = page_of(sheet)
    assert page.count("<script>") == page.count("</script>") == 1
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(2)&gt;" in page


@pytest.mark.browser
def test_copy_buttons_appear_under_the_pages_own_policy(chromium: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    path.write_bytes(form_sheet_page(compose_form_sheet(WEB)))
    done = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         f"--user-data-dir={tmp_path}/profile", "--dump-dom", path.as_uri()],
        capture_output=True, text=True, check=True, timeout=60)
    given = [v for v in compose_form_sheet(WEB).values if v.value]
    assert done.stdout.count(">Copy</button>") == len(given) + 1
    assert "Content Security Policy" not in done.stderr
    assert "CONSOLE" not in done.stderr
