"""The list of what is due, without scripts: each task with its button, and ways to put it by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.domain.actor import OWNER
from optout.domain.person import Authorization, PersonName
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.lifecycle.next_step import Act
from optout.services import authority, followups, people, requests
from optout.services.desk import Desk
from optout.store import followups as rows
from optout.web.due_acts import url_of
from tests.everyone import every_request
from tests.factories import californian, new_yorker
from tests.web.conftest import PASSPHRASE, World
from tests.web.visitor import Visitor


@pytest.fixture
def desk(world: World) -> Desk:
    """The world's data, with Avery in it and one request that left long ago."""
    world.set_up()
    opened = world.instance.desk
    avery = people.add_person(opened, californian(), actor=OWNER)
    (file,) = requests.create_requests(opened, avery.id, ["sample-post"], actor=OWNER)
    requests.mark(opened, file.request.id, "mark_sent", actor=OWNER)
    world.clock.forward(days=120)  # by then the data is locked
    world.visitor.submit(world.visitor.get("/due"), "/unlock", {"passphrase": PASSPHRASE})
    return world.instance.desk


def avery(desk: Desk) -> str:
    (file,) = every_request(desk)
    return file.request.person_id


def the(desk: Desk, kind: FollowUpKind) -> FollowUp:
    (file,) = every_request(desk)
    return next(task for task in file.follow_ups if task.kind is kind)


@pytest.mark.usefixtures("desk")
def test_what_is_late_has_its_buttons_and_what_cannot_be_done_says_why(visitor: Visitor) -> None:
    page = visitor.get("/due")
    assert "Late (" in page.text
    assert "days late" in page.text
    assert visitor.get(page.link("Write the reminder")).heading.startswith("Reminder")
    assert visitor.get(page.link("Enter what came")).heading.startswith("Request OPT-")
    assert "Write the appeal – not offered. None of its laws" in page.text
    assert "Complain to an authority" in page.text


def test_tasks_of_one_request_lie_folded_under_the_most_urgent(
    visitor: Visitor, desk: Desk
) -> None:
    tasks = [item.follow_up for item in followups.due(desk)]
    page = visitor.get("/due")
    assert f"Late ({len(tasks)})" in page.text
    assert f"{len(tasks) - 1} more about this request" in page.text
    assert page.html.count("due-also") == 1
    place = page.html.index("due-also")
    for task in tasks:
        assert (page.html.index(f"{task.id}/done") < place) == (task is tasks[0])
    back = visitor.submit(page, f"/{tasks[-1].id}/done")
    assert f"Late ({len(tasks) - 1})" in back.text
    answers = [task for task in tasks if task.kind is FollowUpKind.RESPOND_DUE]
    only = visitor.get(f"/due?kind={FollowUpKind.RESPOND_DUE}")
    assert f"{len(answers) - 1} more about this request" in only.text


def test_done_and_undone(visitor: Visitor, desk: Desk) -> None:
    task = the(desk, FollowUpKind.RESPOND_DUE)
    page = visitor.submit(visitor.get("/due"), f"/{task.id}/done")
    assert "Done. It is off the list." in page.text
    back = visitor.submit(page, "/undo")
    assert "Taken back. It is on the list again." in back.text
    assert followups.find(desk, task.id).follow_up.state == "raised"
    again = visitor.submit(back, f"/{task.id}/done")
    followups.reopen(desk, task.id, actor=OWNER)
    assert "This task was not put off." in visitor.submit(again, "/undo").text


def test_put_off_and_set_aside(world: World, visitor: Visitor, desk: Desk) -> None:
    task, today = the(desk, FollowUpKind.RESPOND_DUE), world.clock.today()
    page = visitor.submit(visitor.get("/due"), f"/{task.id}/snooze",
                          button=("until", (today + timedelta(days=7)).isoformat()))
    assert "Put off. It comes back on" in page.text
    page = visitor.submit(page, "/undo")
    page = visitor.submit(page, f"/{task.id}/snooze", {"day": "soon"})
    assert "This is no day. Enter the day" in page.text
    page = visitor.submit(page, f"/{task.id}/snooze",
                          {"day": (today + timedelta(days=30)).isoformat()})
    later = visitor.get("/due")
    assert "put off by you" in later.text
    page = visitor.submit(later, f"/{task.id}/undo")
    page = visitor.submit(page, f"/{task.id}/not-needed", {"reason": " "})
    assert "There is no reason." in page.text
    page = visitor.submit(page, f"/{task.id}/not-needed", {"reason": "They called me."})
    assert "Set aside. Your reason is kept with it." in page.text
    assert followups.find(desk, task.id).follow_up.reason == "They called me."
    about = visitor.get(f"/requests/{task.request_id}")
    assert "They called me." in about.text
    assert visitor.submit(about, f"/{task.id}/undo").heading == about.heading
    assert followups.find(desk, task.id).follow_up.state == "raised"


def test_own_reminders_are_shown_with_their_words(
    world: World, visitor: Visitor, desk: Desk
) -> None:
    person = avery(desk)
    page = visitor.get(visitor.get("/due").link("Add a reminder of your own"))
    today = world.clock.today()
    wrong = visitor.submit(page, "/remind", {"on": (today - timedelta(days=1)).isoformat(),
                                      "words": "Ask Sky"})
    assert "This day is over." in wrong.text
    kept = visitor.submit(wrong, "/remind", {"on": today.isoformat(), "words": "Ask Sky"})
    assert "Kept." in kept.text
    assert "Ask Sky" in visitor.get("/due").text
    assert person in kept.link("Open it")
    (file,) = every_request(desk)
    about = visitor.get(f"/requests/{file.request.id}/remind")
    kept = visitor.submit(about, "/remind", {"on": today.isoformat(), "words": "Call them"})
    assert kept.heading.startswith("Request")


def test_many_tasks_come_a_page_at_a_time_and_by_person(
    world: World, visitor: Visitor, desk: Desk
) -> None:
    named = replace(new_yorker(), names=(PersonName("Abe", "Sample"),))
    blair, today = people.add_person(desk, named, actor=OWNER), world.clock.today()
    for number in range(52):
        followups.remind_me(desk, on=today, words=f"errand {number}", actor=OWNER,
                            person_id=blair.id if number % 2 else avery(desk))
    page = visitor.get("/due")
    assert "Due today (52)" in page.text
    assert page.text.count("errand ") == 20
    first = visitor.get(page.link("Show all of these"))
    second = visitor.get(first.link("The next ones"))
    assert (first.text.count("errand "), second.text.count("errand ")) == (50, 2)
    assert visitor.get(second.link("From the beginning")).text == first.text
    assert visitor.get(f"/people/{blair.id}").link("What is due") == f"/due?person={blair.id}"
    of_blair = visitor.get(f"/due?person={blair.id}&kind=own_reminder")
    assert "Due today (26)" in of_blair.text
    assert "errand 1 " in of_blair.text
    assert "errand 2 " not in of_blair.text
    assert "Nothing like this is waiting." in visitor.get("/due?kind=recheck").text
    task = next(item.follow_up for item in followups.due(desk) if item.follow_up.reason)
    kept = visitor.submit(page, f"/{task.id}/done")
    assert "Due today (51)" in kept.text
    choices = kept.html[kept.html.index('id="due-person"'):]
    assert choices.index(blair.id) < choices.index(avery(desk)), "by name, not by what is to do"
    for nowhere in ("/due?kind=nothing", "/due?person=P-222222", "/due/never",
                    "/due/late?after=x"):
        assert visitor.get(nowhere).response.status_code == 404


def test_tasks_without_a_request_lead_to_the_looks_the_plan_or_the_person(
    world: World, visitor: Visitor, desk: Desk
) -> None:
    person, today = avery(desk), world.clock.today()
    task = FollowUp(id="F-222222", request_id="", person_id=person, broker_id="sample-post",
                    kind=FollowUpKind.RECHECK, due_on=today, state=FollowUpState.RAISED, key="k")
    with desk.store.writing() as session:
        rows.add(session, task, at=world.clock.now())
    followups.remind_me(desk, on=today, words="x", person_id=person, broker_id="sample-post",
                        actor=OWNER)
    page = visitor.get("/due?kind=recheck")
    with world.app.test_request_context():
        assert url_of(task, Act.ASK_ANEW) == f"/people/{person}/plan/sample-post"
    assert "Sample Post" in visitor.get(page.link("Look now")).text
    assert visitor.get(page.link("Sample Post")).heading == "Sample Post"
    assert visitor.get(visitor.get("/due?kind=own_reminder").link("Open it")).path.endswith(person)


def test_a_permission_that_ends_leads_to_a_new_one(
    world: World, visitor: Visitor, desk: Desk
) -> None:
    today = world.clock.today()
    authority.add_authorization(desk, Authorization(
        "", avery(desk), "Sample Legal Clinic", today, today + timedelta(days=10)), actor=OWNER)
    page = visitor.get("/due")
    assert "ends on" in page.text
    assert visitor.get(page.link("Enter a new permission")).heading.startswith("Papers")


def test_what_came_back_is_not_called_unsent(visitor: Visitor, desk: Desk) -> None:
    (file,) = every_request(desk)
    requests.mark(desk, file.request.id, "bounce", actor=OWNER)
    page = visitor.get("/due/unsent")
    assert "Waiting to be sent (1)" in page.text
    assert "It came back. Choose another address or another way" in page.text
    assert "Send the first one" not in page.text
    assert visitor.get(page.link("Send it another way")).heading.startswith("Request OPT-")
