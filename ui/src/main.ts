import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { rooms } from "./features/rooms";
import { openHost } from "./host";
import { restoreRooms } from "./state/leftAs.svelte";
import { reminders } from "./state/reminders.svelte";
import { session } from "./state/session.svelte";
import { router } from "./state/router.svelte";

const target = document.getElementById("app");

await openHost();
await session.open();
// Whether titles are hidden is known before the first of them is drawn.
await Promise.all([router.restore(rooms.map(({ id }) => id)), restoreRooms(), reminders.refresh()]);
if (target) mount(App, { target });
