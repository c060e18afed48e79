//! Many people at once for a webinar, and what becomes of them in Salesforce.

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::sandbox::{Control, Sandbox};
use liaison_e2e::{Failure, Outcome, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{enter_accounts_after, enter_accounts_at, enter_demo};
use crate::webinars::{show, webinar_to_come};

#[tokio::test]
async fn a_pasted_list_registers_those_who_can_be_once_what_they_lack_is_filled_in() -> Outcome {
    play("registration-pasted", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        let automatic = |row: &Value| row.get("approval") == Some(&json!("automatic"));
        let webinar = webinar_to_come(&window, automatic).await?;
        let there = registered(&window, &webinar).await?;
        show(&window, &webinar).await?;
        window.click("webinar-add-people").await?;
        window.choose("pick-pasted").await?;
        let pasted = format!(
            "Eva New <eva.new@example.org>; {there}; nobody at home; solo@example.org; Eva Again <eva.new@example.org>"
        );
        window.fill("pick-text", &pasted).await?;
        let known = control.effects("webinar.registration_created").await?.len();
        window.click("register-to-check").await?;
        for sort in ["sameEmail", "alreadyRegistered", "emailInvalid", "noFirstName"] {
            window.see(&format!("check-{sort}")).await?;
        }
        // Which name an address that came twice is registered under, the user says.
        window.click("check-this-one").await?;
        window.see("check-ready").await?;
        // Who has no first name gets one from the user, and nobody else does.
        window.fill("check-field", "Sol").await?;
        window.click("check-give").await?;
        until("both to be ready", async || {
            let count = window.attribute("check-ready", "data-count").await?;
            ensure(count.as_deref() == Some("2"), || format!("{count:?} are"))
        })
        .await?;
        ensure(control.effects("webinar.registration_created").await?.len() == known, || {
            "a check registered somebody".to_owned()
        })?;
        window.click("register-go").await?;
        control.effect_after("webinar.registration_created", known + 1).await?;
        until("each to be registered once", async || {
            let new = control.effects("webinar.registration_created").await?.len() - known;
            let open = unsent(&window).await?;
            ensure(new == 2 && open == 0, || format!("{new} are, {open} rows are open"))
        })
        .await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn who_came_goes_to_the_campaign_as_the_dry_run_says() -> Outcome {
    play("registration-campaign", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        let webinar = attended(&window).await?;
        to_campaign(&window, &webinar).await?;
        window.choose("campaign-new").await?;
        window.fill("campaign-name", "Who came").await?;
        // What was shown before was the plan for another Campaign.
        window.see_css("[data-testid=campaign-run]:not([aria-busy])").await?;
        window.see("campaign-plan").await?;
        // A new Campaign has none of the statuses yet, so they are asked for.
        if !window.all("campaign-add-statuses").await?.is_empty() {
            window.click("campaign-add-statuses").await?;
        }
        let made = control.effects("Campaign.created").await?.len();
        let members = control.effects("CampaignMember.created").await?.len();
        window.click("campaign-run").await?;
        let campaign = control.effect_after("Campaign.created", made).await?;
        ensure(campaign.detail.to_string().contains("Who came"), || format!("it is {}", campaign.detail))?;
        control.effect_after("CampaignMember.created", members).await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn without_the_marketing_right_the_sentence_for_the_administrator_is_there() -> Outcome {
    play("registration-no-right", async |stage| {
        let sandbox = Sandbox::start_as("no-marketing", stage.folder())?;
        let (window, _sandbox, control) = enter_accounts_at(stage, sandbox, async |_| Ok(())).await?;
        let webinar = attended(&window).await?;
        to_campaign(&window, &webinar).await?;
        window.choose("campaign-new").await?;
        window.see("campaign-copy-ask").await?;
        let reason = window.attribute("campaign-run", "aria-disabled").await?;
        ensure(reason.as_deref() == Some("true"), || "it can be pressed".to_owned())?;
        ensure(control.effects("Campaign.created").await?.is_empty(), || "a campaign was made".to_owned())?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn without_campaigns_the_sheet_says_so_and_the_rest_works() -> Outcome {
    play("registration-no-campaigns", async |stage| {
        let body = json!([{ "errorCode": "NOT_FOUND", "message": "The requested resource does not exist" }]);
        let hidden = |object: &str| {
            json!({
                "service": "salesforce", "method": "GET", "path": format!("/services/data/*/sobjects/{object}/describe"),
                "before": { "kind": "answer", "status": 404, "body": body },
            })
        };
        let rules = json!([hidden("Campaign"), hidden("CampaignMember"), hidden("CampaignMemberStatus")]);
        let without = async |control: &Control| control.add_faults(&rules).await;
        let (window, _sandbox, control) = enter_accounts_after(stage, without).await?;
        let webinar = attended(&window).await?;
        to_campaign(&window, &webinar).await?;
        let words = window.text("campaign-none-here").await?;
        ensure(words.contains("Your Salesforce has no campaigns for you"), || format!("it says {words:?}"))?;
        window.see("campaign-copy-ask").await?;
        let blocked = window.attribute("campaign-run", "aria-disabled").await?;
        ensure(blocked.as_deref() == Some("true"), || "it can be pressed".to_owned())?;
        window.press(Key::Escape).await?;
        window.see_no_more("campaign-sheet").await?;
        window.click("nav-people").await?;
        window.see("person-row").await?;
        window.click("nav-today").await?;
        window.see("meeting-row").await?;
        ensure(control.effects("Campaign.created").await?.is_empty(), || "a campaign was made".to_owned())?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn without_a_webinar_licence_the_room_says_so_and_the_rest_works() -> Outcome {
    play("registration-no-licence", async |stage| {
        let answer = json!({ "kind": "answer", "status": 400, "body": { "code": 200, "message":
            "Webinar plan is missing. You must subscribe to the webinar plan and enable webinars for this user in order to perform this action." } });
        let rules = json!([{ "service": "zoom", "method": "GET", "path": "/v2/users/me/webinars", "before": answer }]);
        let unlicensed = async |control: &Control| control.add_faults(&rules).await;
        let (window, _sandbox, _control) = enter_accounts_after(stage, unlicensed).await?;
        window.click("nav-webinars").await?;
        window.see_css("[data-testid=webinars-access][data-access=noLicence]").await?;
        window.see("webinars-access-copy").await?;
        window.click("nav-people").await?;
        window.see("person-row").await?;
        window.click("nav-today").await?;
        window.see("meeting-row").await?;
        window.close().await
    })
    .await
}

/// The address of somebody who is registered.
async fn registered(window: &Window, webinar: &str) -> Outcome<String> {
    until("somebody to be registered", async || {
        let asked =
            json!({ "webinar": webinar, "filter": { "standing": "approved", "query": "" }, "offset": 0, "limit": 5 });
        let list = window.command("list_registrants", asked).await?;
        let email = list.pointer("/rows/0/email").and_then(Value::as_str).map(str::to_owned);
        email.ok_or_else(|| Failure::new(format!("there is {list}")))
    })
    .await
}

/// A webinar that is over and whose attendance is known.
async fn attended(window: &Window) -> Outcome<String> {
    until("attendance", async || {
        let asked = json!({ "filter": { "when": "past", "query": "" }, "offset": 0, "limit": 50 });
        let list = window.command("list_webinars", asked).await?;
        let rows = list.get("rows").and_then(Value::as_array).cloned().unwrap_or_default();
        let came = |row: &&Value| row.get("attended").and_then(Value::as_u64).is_some_and(|count| count > 0);
        let found = rows.iter().find(came).and_then(|row| row.get("id")?.as_str()).map(str::to_owned);
        found.ok_or_else(|| Failure::new(format!("nobody came to {rows:?}")))
    })
    .await
}

async fn to_campaign(window: &Window, webinar: &str) -> Outcome {
    window.click("nav-webinars").await?;
    window.choose("webinars-view-past").await?;
    show(window, webinar).await?;
    // The menu is drawn anew when news of the webinar come; a press at that moment falls between the two.
    until("the sheet to be open", async || {
        if window.all("campaign-sheet").await?.is_empty() {
            if window.all("menu-webinar-campaign").await?.is_empty() {
                window.click("webinar-more").await?;
            }
            window.click("menu-webinar-campaign").await?;
        }
        ensure(!window.all("campaign-sheet").await?.is_empty(), || "it is not".to_owned())
    })
    .await
}

/// Rows of the outbox that are not over.
async fn unsent(window: &Window) -> Outcome<usize> {
    let outbox = window.command("list_outbox", json!({ "query": null })).await?;
    let rows = outbox.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let over = |row: &&Value| matches!(row.pointer("/state/kind").and_then(Value::as_str), Some("done" | "discarded"));
    Ok(rows.len() - rows.iter().filter(over).count())
}
