// The kit, each part in each of its states. Only the development server serves this page: `npm run dev`, then
// /gallery.html?theme=dark&language=nl.

import "../styles/tokens.css";
import "../styles/base.css";
import { mount } from "svelte";
import { useHost } from "../host";
import { fakeHost } from "../host/fake";
import { session } from "../state/session.svelte";
import Gallery from "./Gallery.svelte";

useHost(fakeHost(location.search));
await session.open();
const target = document.getElementById("app");
if (target) mount(Gallery, { target });
