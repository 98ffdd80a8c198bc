"""The form about a person: rows without scripts, messages at their fields, nothing lost."""

from __future__ import annotations

from optout.domain.words import NameKind, Sensitivity
from optout.services import people
from tests.everyone import every_person
from tests.page_checks import elements
from tests.web.conftest import AVERY, World
from tests.web.visitor import Page, Visitor


def value_of(page: Page, name: str) -> str:
    """What a control shows."""
    control = next(e for e in elements(page.root, "input", "select") if e.get("name") == name)
    if control.tag == "select":
        return next(o.get("value") or "" for o in elements(control, "option")
                    if o.get("selected") is not None)
    return control.get("value") or ""


def test_a_person_without_name_and_residence_gets_both_sentences(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.set_up(), "/people/new")
    assert page.status == 422
    assert page.errors == {
        "names-0-given": "Enter one name that requests may carry.",
        "residences-0-code": "Choose the state or country where the person lives: it decides "
                             "which law applies."}
    assert not every_person(world.instance.desk)


def test_an_address_without_a_country_gets_its_sentence_and_keeps_what_was_typed(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.set_up(), "/people/new", {**AVERY, "addresses-0-country": ""})
    assert page.status == 422
    assert page.errors == {"addresses-0-country": "Choose the country of this address."}
    for name, value in AVERY.items():
        if name != "addresses-0-country":
            assert value_of(page, name) == value, name


def test_the_rules_of_the_domain_speak_at_their_fields(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.set_up(), "/people/new", {
        **AVERY, "addresses-0-street": "", "addresses-0-city": "", "emails-0-value": "avery@",
        "phones-0-value": "12", "reply_email": "nobody", "reply_address-city": ""})
    assert set(page.errors) == {
        "addresses-0-street", "emails-0-value", "phones-0-value", "reply_email",
        "reply_address-city"}
    assert "name@example.com" in page.errors["emails-0-value"]
    assert "+1 415 555 0142" in page.errors["phones-0-value"]


def test_a_phone_s_advertising_id_is_kept_in_small_letters(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.set_up(), "/people/new", {
        **AVERY, "advertising_ids-0-value": "38400000-8CF0-11BD-B23E-10B96E40000D"})
    assert page.status in {200, 303}
    person, = every_person(world.instance.desk)
    assert [d.value for d in person.advertising_ids] == ["38400000-8cf0-11bd-b23e-10b96e40000d"]


def test_an_advertising_id_that_is_none_is_explained(world: World, visitor: Visitor) -> None:
    for typed, why in (("12", "five groups"),
                       ("00000000-0000-0000-0000-000000000000", "nothing to find")):
        page = visitor.submit(visitor.get("/people/new") if typed != "12" else world.set_up(),
                              "/people/new", {**AVERY, "advertising_ids-0-value": typed})
        assert page.status == 422
        assert why in page.errors["advertising_ids-0-value"]
        assert value_of(page, "advertising_ids-0-value") == typed


def test_rows_are_added_without_losing_what_was_typed(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.set_up(), "/people/new", {"names-0-given": "Avery"},
                          button=("add", "names"))
    assert page.status == 200
    assert page.errors == {}
    assert value_of(page, "names-0-given") == "Avery"
    assert value_of(page, "names-1-kind") == "alias"
    for which in ("residences", "emails", "phones", "addresses", "nonsense"):
        page = visitor.submit(page, "/people/new", button=("add", which))
    assert value_of(page, "addresses-1-when") == "earlier"


def test_everything_typed_is_kept_in_the_domain(world: World, visitor: Visitor) -> None:
    page = world.set_up()
    for which in ("names", "names", "emails", "addresses", "residences"):
        page = visitor.submit(page, "/people/new", button=("add", which))
    visitor.submit(page, "/people/new", {
        **AVERY, "names-1-given": "Ave", "names-2-given": "Old", "names-2-kind": "do_not_use",
        "emails-1-value": "Second@Example.com", "emails-1-sensitivity": "never_send",
        "phones-0-value": "(415) 555-0142", "residences-1-code": "DE",
        "residences-1-until": "2020-05-31", "date_of_birth": "1985-04-12",
        "addresses-1-street": "1 Old Road", "addresses-1-city": "Bonn",
        "addresses-1-country": "DE", "addresses-1-substitute": "y"})
    person = every_person(world.instance.desk)[0]
    assert [n.full for n in person.names] == ["Avery Quillfeather Zanzibarson", "Ave", "Old"]
    assert person.names[2].kind is NameKind.DO_NOT_USE
    assert person.emails[1].sensitivity is Sensitivity.NEVER_SEND
    assert person.phones[0].value == "+14155550142"
    assert [r.code for r in person.residences] == ["US-CA", "DE"]
    assert person.residences[1].valid_to is not None
    assert person.addresses[0].current
    assert not person.addresses[1].current
    assert person.addresses[1].substitute
    assert person.reply_address is not None
    assert person.reply_address.one_line() == "PO Box 8812, Oakland, CA 94601, US"
    assert person.date_of_birth is not None


def test_saving_the_form_unchanged_changes_nothing(world: World, visitor: Visitor) -> None:
    world.with_person()
    before = every_person(world.instance.desk)[0]
    page = visitor.get(f"/people/{before.id}/edit")
    visitor.submit(page, "/edit")
    assert people.get_person(world.instance.desk, before.id) == before


def test_a_change_is_kept(world: World, visitor: Visitor) -> None:
    world.with_person()
    page = visitor.get(f"/people/{world.person_id}/edit")
    wrong = visitor.submit(page, "/edit", {"names-0-given": "", "names-0-middle": "",
                                           "names-0-family": ""})
    assert wrong.status == 422
    shown = visitor.submit(page, "/edit", {"names-0-family": "Renamed"})
    assert "Renamed" in shown.text


def test_a_quebecker_names_the_province_whose_law_holds(world: World, visitor: Visitor) -> None:
    world.with_person()
    page = visitor.get(f"/people/{world.person_id}/edit")
    assert "Quebec" in page.text
    visitor.submit(page, "/edit", {"residences-0-code": "CA-QC"})
    person = people.get_person(world.instance.desk, world.person_id)
    assert [r.code for r in person.residences] == ["CA-QC"]
    rights = visitor.get(f"/people/{world.person_id}/rights")
    assert "CQLR c. P-39.1" in rights.text
    assert "California Consumer Privacy Act" not in rights.text


def test_markup_in_a_name_is_text(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.set_up(), "/people/new",
                          {**AVERY, "names-0-given": "<script>alert(1)</script>"})
    page = visitor.get(f"/people/{world.person_id}")
    assert "<script>alert(1)" in page.text
    assert "<script>alert(1)" not in page.html


def test_an_unknown_person_is_not_found(world: World, visitor: Visitor) -> None:
    world.with_person()
    for path in ("/people/P-222222", "/people/P-222222/edit", "/people/P-222222/companies",
                 "/people/P-222222/plan", "/people/P-222222/documents.zip",
                 "/requests?person=P-222222", "/requests/OPT-222222", "/documents/D-222222"):
        page = visitor.get(path)
        assert (page.status, page.heading) == (404, "Not found"), path


def test_the_number_of_a_paper_is_refused_at_its_field(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.set_up(), "/people/new", {
        **AVERY, "names-0-family": "A123456789", "addresses-0-street": "SSN 123456789",
        "reply_address-city": "900-70-0000"})
    assert page.status == 422
    assert set(page.errors) == {"names-0-family", "addresses-0-street", "reply_address-city"}
    assert not any(digit in words for words in page.errors.values() for digit in "0123456789")
    assert not every_person(world.instance.desk)
