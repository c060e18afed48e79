// Whoever points at words that end in three dots is told the whole of them.

export function tellCut({ target }: Event): void {
  const words = target instanceof Element ? target.closest(".clip") : null;
  if (!(words instanceof HTMLElement)) return;
  const own = words.hasAttribute("data-whole");
  if (!own && words.closest("[title]")) return;
  if (words.scrollWidth > words.clientWidth) {
    words.dataset["whole"] = "";
    words.title = words.textContent.trim().replace(/\s+/gu, " ");
  } else if (own) {
    words.removeAttribute("title");
    delete words.dataset["whole"];
  }
}
