// Where the window is led to from outside: by a notification, the tray, a link. Navigation only.

import { host, type Place } from "../host";
import { attempt } from "./attempt";
import { outbox } from "./outbox.svelte";
import { palette } from "./palette";
import { people } from "./people.svelte";
import { router } from "./router.svelte";
import { schedule } from "./schedule.svelte";
import { showCall } from "./showCall";
import { showMeeting } from "./showMeeting";
import { webinars } from "./webinars.svelte";

/** Goes where the window was opened for, and wherever it is led while it is open; returns the way to stop. */
export function followPlaces(): () => void {
  void goThere();
  return host().onPlaceAsked(() => void goThere());
}

async function goThere(): Promise<void> {
  await attempt(async () => {
    const place = await host().takePlace();
    if (place) await lead(place);
  });
}

/** Goes to a place that the user chose. */
export async function goTo(place: Place): Promise<void> {
  await attempt(() => lead(place));
}

async function lead(place: Place): Promise<void> {
  router.sheet = null;
  switch (place.kind) {
    case "today":
      router.go("today");
      break;
    case "meeting": {
      const { row } = await host().getMeeting(place.id);
      await showMeeting(row);
      router.inspect(true);
      break;
    }
    case "calls":
      router.go("calls");
      break;
    case "call":
      // Asked first: a link may stand for something that is not there.
      await host().getCall(place.id);
      showCall(place.id);
      router.inspect(true);
      break;
    case "person":
      await host().getPerson(place.id);
      router.go("people");
      people.show(place.id);
      break;
    case "webinar": {
      const { row } = await host().getWebinar(place.id);
      router.go("webinars");
      webinars.show(row);
      break;
    }
    case "outbox":
      router.go("outbox");
      break;
    case "outboxItem":
      router.go("outbox");
      outbox.selected = place.id;
      router.inspect(true);
      break;
    case "schedule":
      await schedule.open();
      break;
    case "settings":
      router.openSettings();
      break;
    case "palette":
      palette.open();
      break;
    case "reminderSettings":
      router.openSettings("reminders");
      break;
  }
}
