//! What is done in the page and measured there, by its own clock: from the event to the frame after the one that finds
//! everything there, for a frame begins when the one before it is painted.

use liaison_e2e::patience::LIMIT;
use liaison_e2e::{Failure, Outcome, Window};
use serde_json::{Value, json};

/// What every script begins with. The first that is given to it is how long it may wait.
const BEGINNING: &str = r"
    const [limit, ...asked] = given;
    const frame = () => new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error('the page draws no frames')), limit);
      requestAnimationFrame(() => { clearTimeout(late); done(); });
    });
    const measured = async (what, act, there) => {
      const begun = performance.now();
      act();
      do {
        await frame();
        if (performance.now() - begun > limit) throw new Error(`${what} never showed`);
      } while (!there());
      await frame();
      return performance.now() - begun;
    };
    const type = (field, text) => {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
    };";

/// The floor: a field that nobody listens to.
const BARE: &str = r"
    const [text] = asked;
    const field = document.body.appendChild(document.createElement('input'));
    field.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 99';
    try {
      await frame();
      return await measured('a frame', () => type(field, text), () => true);
    } finally {
      field.remove();
    }";

/// The list may be drawn anew or stay and change its rows.
const SEARCHED: &str = r"
    const [search, list, text] = asked;
    const field = document.querySelector(`[data-testid=${search}]`);
    const grid = () => document.querySelector(`[data-testid=${list}]`);
    const rows = () => [...(grid()?.querySelectorAll('[data-row]') ?? [])];
    const showing = () => [grid()?.getAttribute('aria-rowcount'), ...rows().map((row) => row.dataset.id)].join();
    field.focus();
    const [was, before] = [grid(), showing()];
    const there = () => rows().length > 0 && rows().every((row) => !row.hasAttribute('aria-busy'))
      && (grid() !== was || showing() !== before);
    const ms = await measured(`a row for ${text}`, () => type(field, text), there);
    return { ms, first: rows().find((row) => row.dataset.index === '0')?.dataset.id ?? null };";

const PALETTE_OPENED: &str = r"
    const options = () => document.querySelectorAll('[data-testid=palette-option]').length;
    if (options() > 0) throw new Error('the palette is open already');
    const key = new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true });
    const press = () => (document.activeElement ?? document.body).dispatchEvent(key);
    return await measured('what the palette offers', press, () => options() > 0);";

const PALETTE_ASKED: &str = r"
    const [text] = asked;
    const field = document.querySelector('[data-testid=palette-query]');
    const options = () => [...document.querySelectorAll('[data-testid=palette-option]')];
    const showing = () => options().map((option) => option.dataset.id).join();
    const before = showing();
    const there = () => options().length > 0 && showing() !== before;
    return await measured(`what the palette finds for ${text}`, () => type(field, text), there);";

/// Milliseconds from an input event in an empty field of the page, of which nothing follows.
pub async fn bare(window: &Window, text: &str) -> Outcome<f64> {
    number(&run(window, BARE, vec![json!(text)]).await?)
}

/// Milliseconds from a letter in a room's field until the list shows the rows of it, and which of them is the first.
pub async fn searched(window: &Window, field: &str, list: &str, text: &str) -> Outcome<(f64, String)> {
    let told = run(window, SEARCHED, vec![json!(field), json!(list), json!(text)]).await?;
    let first = told.get("first").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok((number(told.get("ms").unwrap_or(&Value::Null))?, first))
}

/// Milliseconds from the palette's key until it offers something.
pub async fn palette_opened(window: &Window) -> Outcome<f64> {
    number(&run(window, PALETTE_OPENED, Vec::new()).await?)
}

/// Milliseconds from a letter in the open palette until it shows something else than before.
pub async fn palette_asked(window: &Window, text: &str) -> Outcome<f64> {
    number(&run(window, PALETTE_ASKED, vec![json!(text)]).await?)
}

async fn run(window: &Window, script: &str, asked: Vec<Value>) -> Outcome<Value> {
    let given = std::iter::once(json!(LIMIT.as_secs() * 1_000)).chain(asked).collect();
    let told = window.promise(&format!("{BEGINNING}\n{script}"), given).await?;
    told.map_err(|error| Failure::new(error.as_str().map_or_else(|| error.to_string(), str::to_owned)))
}

fn number(told: &Value) -> Outcome<f64> {
    told.as_f64().ok_or_else(|| Failure::new(format!("the page told no time: {told}")))
}
