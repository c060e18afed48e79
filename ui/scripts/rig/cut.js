// Finds text that can't be read: cut off by its own box, or by one around it. An ellipsis is meant where the whole text is
// in a title.

const SLACK = 1;

const visible = (element) => {
  const style = getComputedStyle(element);
  return style.visibility !== "hidden" && style.opacity !== "0" && element.getClientRects().length > 0;
};

/** Out of sight on purpose, for those who hear the page. */
const unseen = (element) => element.closest(".visually-hidden, [hidden], option, script, style, title") !== null;

/** Where a text stands, for whoever reads the report. */
function placeOf(element) {
  const named = element.closest("[data-testid]");
  const classes = [...element.classList].filter((name) => !name.startsWith("svelte-") && !name.startsWith("s-")).join(".");
  return `${named?.dataset.testid ?? "?"} ${element.localName}${classes ? `.${classes}` : ""}`;
}

const clips = (value) => value === "hidden" || value === "clip";

/** The words of an element itself, not those of its children. */
const ownText = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");

/** The whole of it is said where the pointer rests. */
function told(element) {
  element.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  return element.closest("[title]") !== null;
}

/** Why a text cannot be read, or nothing. A table that scrolls to the side on purpose says so with `data-sideways`, and what
 *  goes out of sight where there is no room for it with `data-spare`. */
function faultOf(element, texts) {
  const range = document.createRange();
  for (const text of texts) {
    range.selectNodeContents(text);
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    for (let box = element; box && box !== document.documentElement; box = box.parentElement) {
      const style = getComputedStyle(box);
      // An inline box has no width of its own.
      if (style.display === "inline" || style.display === "contents") continue;
      const { left, right, top, bottom } = box.getBoundingClientRect();
      const across = rects.some((rect) => rect.right > right + SLACK || rect.left < left - SLACK);
      const down = rects.some((rect) => rect.bottom > bottom + 2 * SLACK || rect.top < top - 2 * SLACK);
      const cut = across && clips(style.overflowX) ? "at the side" : down && clips(style.overflowY) ? "below" : null;
      if (cut !== null) {
        if (told(element) || element.closest("[data-spare]")) return null;
        return style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none" ? "an ellipsis without a title" : `cut ${cut}`;
      }
      // A text over the edge of what it stands on.
      if (across && box.matches("button, a, [role=button], [role=tab], [role=radio], .chip, th, td, label, legend")) return "over the edge";
      if (["auto", "scroll"].includes(style.overflowX) && ["auto", "scroll"].includes(style.overflowY)) {
        // The rest is a scroll away; sideways nobody looks for it.
        if (across && box.scrollWidth > box.clientWidth + SLACK && !box.matches("pre, [data-sideways], input, textarea")) return "a scroll to the side away";
        break;
      }
      if (style.position === "fixed") break;
    }
  }
  return null;
}

export function cutTexts() {
  const found = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg") || unseen(element) || !visible(element)) continue;
    const texts = ownText(element);
    if (texts.length === 0) continue;
    const fault = faultOf(element, texts);
    if (fault) found.set(`${placeOf(element)}: ${fault}`, element.textContent.trim().slice(0, 80));
  }
  // A field whose own words don't fit.
  for (const field of document.querySelectorAll("select")) {
    if (visible(field) && field.scrollWidth > field.clientWidth + SLACK) found.set(`${placeOf(field)}: cut at the side`, field.selectedOptions[0]?.textContent ?? "");
  }
  if (document.documentElement.scrollWidth > innerWidth + SLACK) found.set("the window: wider than it is", "");
  return [...found].map(([where, text]) => ({ where, text }));
}
