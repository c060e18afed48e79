//! The app's window under WebDriver: find by test id, act as a person does, wait for what shows.

use std::path::Path;
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use xtask::failure::{Failure, Outcome, Tried};

use crate::patience::until;

/// An answer that comes between pressing and letting go may move a button away from the mouse: that is no click. What is
/// gone when it was pressed has taken it; so has a page that is another one afterwards. What is half hidden below the head
/// of its list is brought into view, as a person would.
const WAIT_FOR_CLICK: &str = "const element = arguments[0]; window.clicked = { element, taken: false }; \
     element.addEventListener('click', () => { window.clicked.taken = true; }, { once: true, capture: true }); \
     const { left, top, width, height } = element.getBoundingClientRect(); \
     const hit = document.elementFromPoint(left + width / 2, top + height / 2); \
     if (!element.contains(hit)) element.scrollIntoView({ block: 'center' });";
const TOOK_CLICK: &str = "return window.clicked ? window.clicked.taken || !window.clicked.element.isConnected : true;";

/// The window of a running app. Closing it ends the app at once, as a crash would.
#[derive(Debug)]
pub struct Window {
    client: Client,
}

/// The selector of a test id; more may follow it, as in `meeting-row"][data-id="7`.
fn selector(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

impl Window {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// The WebDriver client, for what has no words of its own here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Ends the session and with it the app, without a chance to tidy up.
    pub async fn close(self) -> Outcome {
        self.client.close().await.tried(|| "the window did not close".to_owned())
    }

    /// The first element with a test id, once it can be seen.
    pub async fn see(&self, id: &str) -> Outcome<Element> {
        self.see_css(&selector(id)).await
    }

    /// The first visible element that a CSS selector finds.
    pub async fn see_css(&self, css: &str) -> Outcome<Element> {
        until(&format!("{css} to be seen"), async || {
            for element in self.client.find_all(Locator::Css(css)).await.tried(|| css.to_owned())? {
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element);
                }
            }
            Err(Failure::new("it is not there"))
        })
        .await
    }

    /// Waits until nothing with this test id can be seen.
    pub async fn see_no_more(&self, id: &str) -> Outcome {
        until(&format!("{id} to be gone"), async || {
            for element in self.all(id).await? {
                if element.is_displayed().await.unwrap_or(false) {
                    let says = element.text().await.unwrap_or_default();
                    return Err(Failure::new(format!("it is still there and says {says:?}")));
                }
            }
            Ok(())
        })
        .await
    }

    /// Every element with a test id, seen or not, now.
    pub async fn all(&self, id: &str) -> Outcome<Vec<Element>> {
        self.client.find_all(Locator::Css(&selector(id))).await.tried(|| format!("no list of {id}"))
    }

    /// Clicks with the mouse, once the element is there and takes it.
    pub async fn click(&self, id: &str) -> Outcome {
        self.click_css(&selector(id)).await
    }

    /// The same by CSS selector.
    pub async fn click_css(&self, css: &str) -> Outcome {
        until(&format!("{css} to take a click"), async || {
            let element = self.see_css(css).await?;
            // What can't be pressed now stays reachable, so that its reason can be read, and takes no click.
            let blocked = element.attr("aria-disabled").await.unwrap_or_default().as_deref() == Some("true");
            if blocked || !element.is_enabled().await.unwrap_or(false) {
                return Err(Failure::new("it is disabled"));
            }
            let given = serde_json::to_value(&element).tried(|| "an element has no reference".to_owned())?;
            self.script(WAIT_FOR_CLICK, vec![given]).await?;
            // The page may replace the element between the two; then the next attempt finds the new one.
            element.click().await.map_err(|error| Failure::new(format!("it takes none: {error:?}")))?;
            match self.script(TOOK_CLICK, Vec::new()).await?.as_bool() {
                Some(false) => Err(Failure::new("the click went elsewhere")),
                _ => Ok(()),
            }
        })
        .await
    }

    /// Chooses one of several: clicks the words around a hidden radio button, as a person does.
    pub async fn choose(&self, id: &str) -> Outcome {
        self.click(id).await?;
        let checked = format!("{} :checked", selector(id));
        until(&format!("{id} to be chosen"), async || {
            self.client.find(Locator::Css(&checked)).await.map(drop).tried(|| "it is not".to_owned())
        })
        .await
    }

    /// The text of an element, as seen.
    pub async fn text(&self, id: &str) -> Outcome<String> {
        self.see(id).await?.text().await.tried(|| format!("{id} has no text"))
    }

    /// An attribute of an element.
    pub async fn attribute(&self, id: &str, name: &str) -> Outcome<Option<String>> {
        self.see(id).await?.attr(name).await.tried(|| format!("{id} has no attributes"))
    }

    /// Puts text in a field in place of what is there, key by key. A field of a sheet that is still opening takes none yet.
    pub async fn fill(&self, id: &str, text: &str) -> Outcome {
        until(&format!("{id} to take text"), async || {
            let field = self.see(id).await?;
            field.clear().await.map_err(|error| Failure::new(format!("it can't be emptied: {error:?}")))?;
            field.send_keys(text).await.map_err(|error| Failure::new(format!("it takes none: {error:?}")))
        })
        .await
    }

    /// Chooses a file, without the system's dialog: the field of it may be hidden behind a button.
    pub async fn choose_file(&self, id: &str, file: &Path) -> Outcome {
        let path = file.to_str().ok_or_else(|| Failure::new(format!("{} can't be typed", file.display())))?;
        let css = selector(id);
        until(&format!("{id} to take a file"), async || {
            let field = self.client.find(Locator::Css(&css)).await.tried(|| format!("there is no {id}"))?;
            field.send_keys(path).await.map_err(|error| Failure::new(format!("{id} takes no file: {error:?}")))
        })
        .await
    }

    /// Presses and releases one key, whatever has the focus.
    pub async fn press(&self, key: Key) -> Outcome {
        self.keys(&[], &[char::from(key)]).await
    }

    /// Types text to whatever has the focus.
    pub async fn type_text(&self, text: &str) -> Outcome {
        self.keys(&[], &text.chars().collect::<Vec<_>>()).await
    }

    /// Presses a key while others are held.
    pub async fn chord(&self, held: &[Key], key: char) -> Outcome {
        self.keys(held, &[key]).await
    }

    async fn keys(&self, held: &[Key], pressed: &[char]) -> Outcome {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in held {
            actions = actions.then(KeyAction::Down { value: char::from(*key) });
        }
        for value in pressed {
            actions = actions.then(KeyAction::Down { value: *value }).then(KeyAction::Up { value: *value });
        }
        for key in held.iter().rev() {
            actions = actions.then(KeyAction::Up { value: char::from(*key) });
        }
        self.client.perform_actions(actions).await.tried(|| "the keyboard does not work".to_owned())
    }

    /// Moves the focus with Tab until it is on the element, as a person without a mouse would.
    pub async fn tab_to(&self, id: &str) -> Outcome {
        const MOST: usize = 80;
        for _ in 0..MOST {
            if self.focused().await? == id {
                return Ok(());
            }
            self.press(Key::Tab).await?;
        }
        Err(Failure::new(format!("{MOST} times Tab never reached {id}")))
    }

    /// The test id of what has the focus, or of the nearest element around it; empty when there is none.
    pub async fn focused(&self) -> Outcome<String> {
        let id = self
            .script("return document.activeElement?.closest('[data-testid]')?.dataset.testid ?? ''", Vec::new())
            .await?;
        Ok(id.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a function body in the page.
    pub async fn script(&self, body: &str, arguments: Vec<Value>) -> Outcome<Value> {
        self.client.execute(body, arguments).await.tried(|| "a script failed".to_owned())
    }

    /// Runs an async function body in the page and waits for its promise; a rejection comes as the error.
    pub async fn promise(&self, body: &str, arguments: Vec<Value>) -> Outcome<Result<Value, Value>> {
        let script = format!(
            "const done = arguments[arguments.length - 1];\n\
             (async (...given) => {{ {body} }})(...Array.from(arguments).slice(0, -1)).then(\n\
               (value) => done({{ value: value ?? null }}),\n\
               (error) => done({{ error: error instanceof Error ? `${{error.name}}: ${{error.message}}` : error ?? null }}));"
        );
        let mut answer = self.client.execute_async(&script, arguments).await.tried(|| "a script failed".to_owned())?;
        match answer.get_mut("error") {
            Some(error) => Ok(Err(error.take())),
            None => Ok(Ok(answer.get_mut("value").map_or(Value::Null, Value::take))),
        }
    }

    /// Calls a command over the same bridge as the page does.
    pub async fn invoke(&self, command: &str, arguments: Value) -> Outcome<Result<Value, Value>> {
        self.promise(
            "return await window.__TAURI_INTERNALS__.invoke(given[0], given[1])",
            vec![json!(command), arguments],
        )
        .await
    }

    /// The same, where a refusal fails the journey.
    pub async fn command(&self, command: &str, arguments: Value) -> Outcome<Value> {
        self.invoke(command, arguments).await?.map_err(|error| Failure::new(format!("{command} was refused: {error}")))
    }

    /// The page as markup, as it is now.
    pub async fn source(&self) -> Outcome<String> {
        self.client.source().await.tried(|| "the page has no source".to_owned())
    }

    /// All text that can be seen.
    pub async fn visible_text(&self) -> Outcome<String> {
        Ok(self.script("return document.body.innerText", Vec::new()).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until some text can be seen anywhere.
    pub async fn see_text(&self, wanted: &str) -> Outcome {
        until(&format!("\u{201c}{wanted}\u{201d} to be seen"), async || {
            let text = self.visible_text().await?;
            if text.contains(wanted) { Ok(()) } else { Err(Failure::new(text)) }
        })
        .await
    }

    /// Waits until what is shown is painted and nothing moves: no animation and no transition runs.
    pub async fn settle(&self) -> Outcome {
        const MOVING: &str = "return document.getAnimations().filter((animation) => animation.playState === 'running' \
             && animation.effect?.getComputedTiming().iterations !== Infinity).length";
        // The second frame begins when the first one is painted. A hidden window has no frames, hence the way out.
        const PAINTED: &str = "await new Promise((done) => { \
             requestAnimationFrame(() => requestAnimationFrame(done)); setTimeout(done, 1000); })";
        until("everything to come to rest", async || match self.script(MOVING, Vec::new()).await?.as_u64() {
            Some(0) => Ok(()),
            moving => Err(Failure::new(format!("{moving:?} still move"))),
        })
        .await?;
        self.promise(PAINTED, Vec::new()).await?.map(drop).map_err(|error| Failure::new(error.to_string()))
    }

    /// Gives the window another size, in CSS pixels of its content.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        self.client.set_window_size(width, height).await.tried(|| "the window keeps its size".to_owned())?;
        until(&format!("the window to be {width}\u{d7}{height}"), async || {
            let size = self.script("return [innerWidth, innerHeight]", Vec::new()).await?;
            if size == json!([width, height]) { Ok(()) } else { Err(Failure::new(size.to_string())) }
        })
        .await?;
        // On a display without a window manager the web view keeps the old picture until something is painted anew.
        self.script("document.documentElement.style.opacity = '0.999'", Vec::new()).await?;
        self.settle().await?;
        self.script("document.documentElement.style.opacity = ''", Vec::new()).await?;
        self.settle().await
    }

    /// The window's content as PNG, once it is at rest.
    pub async fn picture(&self) -> Outcome<Vec<u8>> {
        self.settle().await?;
        self.client.screenshot().await.tried(|| "no picture of the window".to_owned())
    }

    /// How long scripts may take; the default of the driver is half a minute.
    pub async fn allow_scripts(&self, limit: Duration) -> Outcome {
        let limits = fantoccini::wd::TimeoutConfiguration::new(Some(limit), None, None);
        self.client.update_timeouts(limits).await.tried(|| "no other time limit".to_owned())
    }
}
