// What Zoom says of the user: their plan, telephone and own room. Asked once a day by the engine.

import { Reading } from "./resource.svelte";

export const zoomUser = new Reading("getZoomUser", () => []);
