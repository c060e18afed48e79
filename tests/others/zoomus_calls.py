"""Drives Zoom's side of the sandbox with `zoomus`, a client of Zoom's API that is not ours.

Reads the sandbox's line of JSON from standard input. Only the sign-in is left out: zoomus knows the flow of
server-to-server apps alone, so it is given the token that the sandbox issued. Exits with 1 when a call is not answered
as zoomus' users expect.
"""

import datetime
import json
import sys

import zoomus
from zoomus import util

failures = []
calls = 0


def call(what, answer, expected=200, keys=()):
    """Holds one answer against the status and the keys that it should have; its JSON."""
    global calls
    calls += 1
    try:
        body = answer.json() if answer.content else {}
    except ValueError:
        body = {}
    problem = None
    if answer.status_code != expected:
        problem = f"status {answer.status_code} instead of {expected}: {body.get('code')} {body.get('message')}"
    else:
        missing = [key for key in keys if key not in body]
        if missing:
            problem = f"without {', '.join(missing)}"
    print(f"  {'ok  ' if problem is None else 'FAIL'}  {what}" + (f": {problem}" if problem else ""))
    if problem:
        failures.append(what)
    return body


def signed_in(zoom):
    def issued(*_arguments):
        return zoom["access_token"]

    util.generate_token = issued
    return zoomus.ZoomClient(zoom["client_id"], "no secret", "no account", base_uri=zoom["api"])


def users(client):
    me = call("user.me", client.user.me(), keys=["id", "email", "type", "timezone"])
    call("user.get", client.user.get(id="me"), keys=["id"])
    call("user.get_settings", client.user.get_settings(id="me"), keys=["feature", "schedule_meeting"])
    return me


def meetings(client):
    tomorrow = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    made = call(
        "meeting.create",
        client.meeting.create(
            user_id="me", topic="From zoomus", type=2, start_time=tomorrow, duration=30,
            settings={"approval_type": 0, "registration_type": 1},
        ),
        201,
        ["id", "uuid", "join_url", "start_url", "start_time"],
    )
    number = made.get("id", 0)
    call("meeting.list", client.meeting.list(user_id="me", page_size=30), keys=["meetings", "page_size"])
    read = call("meeting.get", client.meeting.get(id=number), keys=["topic", "settings"])
    if read.get("topic") != "From zoomus":
        failures.append("meeting.get gives another topic")
    call("meeting.update", client.meeting.update(id=number, topic="Changed"), 204)
    changed = call("meeting.get after the update", client.meeting.get(id=number))
    if changed.get("topic") != "Changed":
        failures.append("the update is not in the next answer")
    registrants(client, number)
    call("meeting.update_status of one that never began", client.meeting.update_status(id=number, action="end"), 400)
    call("meeting.delete", client.meeting.delete(id=number), 204)
    call("meeting.get after the deletion", client.meeting.get(id=number), 404, ["code", "message"])


def registrants(client, number):
    added = call(
        "meeting.add_registrant",
        client.meeting.add_registrant(id=number, email="guest@example.com", first_name="Ada", last_name="Guest"),
        201,
        ["registrant_id", "join_url"],
    )
    listed = call("meeting.list_registrants", client.meeting.list_registrants(id=number), keys=["registrants"])
    if [row.get("email") for row in listed.get("registrants", [])] != ["guest@example.com"]:
        failures.append("the registrant is not in the list")
    call(
        "meeting.update_registrant_status",
        client.meeting.update_registrant_status(
            id=number, action="cancel", registrants=[{"id": added.get("registrant_id"), "email": "guest@example.com"}]
        ),
        204,
    )


def past(client):
    listed = call(
        "meeting.list (previous)",
        client.meeting.list(user_id="me", type="previous_meetings", page_size=300),
        keys=["meetings"],
    )
    for row in listed.get("meetings", [])[:12]:
        number = str(row["id"])
        instances = call(f"past_meeting.list {number}", client.past_meeting.list(meeting_id=number), keys=["meetings"])
        for uuid in [instance["uuid"] for instance in instances.get("meetings", [])][:2]:
            # zoomus encodes a UUID twice only where Zoom says one must; it leaves a single slash inside as it is.
            if "/" in uuid and not (uuid.startswith("/") or "//" in uuid):
                continue
            call(f"past_meeting.get {uuid}", client.past_meeting.get(meeting_id=uuid), keys=["uuid"])
            people = client.past_meeting.get_participants(meeting_id=uuid)
            call(f"past_meeting.get_participants {uuid}", people, keys=["participants"])
    if not listed.get("meetings"):
        failures.append("no past meeting to look at")
    # zoomus' own `start` writes a moment where Zoom documents a day.
    since = {"from": str(datetime.date.today() - datetime.timedelta(days=28))}
    recordings = call("recording.list", client.recording.list(user_id="me", **since), keys=["meetings"])
    for row in recordings.get("meetings", [])[:1]:
        call("recording.get", client.recording.get(meeting_id=str(row["id"])), keys=["recording_files"])


def webinars(client):
    in_a_week = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=7)
    made = call(
        "webinar.create",
        client.webinar.create(
            user_id="me", topic="Webinar from zoomus", type=5, start_time=util.date_to_str(in_a_week), duration=60,
            settings={"approval_type": 0},
        ),
        201,
        ["id", "uuid", "join_url"],
    )
    number = made.get("id", 0)
    call("webinar.list", client.webinar.list(user_id="me"), keys=["webinars"])
    call("webinar.get", client.webinar.get(id=number), keys=["topic", "settings"])
    call("webinar.update", client.webinar.update(id=number, topic="Changed"), 204)
    call(
        "webinar.register",
        client.webinar.register(id=number, email="guest@example.com", first_name="Ada", last_name="Guest"),
        201,
        ["registrant_id"],
    )
    call("webinar.get_registrants", client.webinar.get_registrants(id=number), keys=["registrants"])
    panelists = [{"name": "Bea Panel", "email": "bea@example.com"}]
    call("webinar.add_panelists", client.webinar.add_panelists(id=number, panelists=panelists), 201)
    call("webinar.list_panelists", client.webinar.list_panelists(id=number), keys=["panelists"])
    call("webinar.remove_panelists", client.webinar.remove_panelists(id=number), 204)
    call("webinar.delete", client.webinar.delete(id=number), 204)


def main():
    zoom = json.load(sys.stdin)["zoom"]
    client = signed_in(zoom)
    users(client)
    meetings(client)
    past(client)
    webinars(client)
    print(f"zoomus {zoomus.__version__}: {calls} calls, {len(failures)} failures")
    for failure in failures:
        print(f"  ! {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
