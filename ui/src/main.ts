import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { rooms } from "./features/rooms";
import { openHost } from "./host";
import { session } from "./state/session.svelte";
import { router } from "./state/router.svelte";

const target = document.getElementById("app");

await openHost();
await Promise.all([session.open(), router.restore(rooms.map(({ id }) => id))]);
if (target) mount(App, { target });
