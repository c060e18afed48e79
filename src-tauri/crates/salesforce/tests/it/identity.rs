//! Who is signed in, what the org offers, what this user may do.

use liaison_salesforce::{ApiVersion, Described, KeyField, LoginHost, ObjectName, SCOPES, provider, redirect_uris};
use liaison_sandbox::SandboxConfig;
use liaison_transport::{SignIn, follow_authorize_url, validate_instance_url};

use crate::support::{bare, client, empty, sandbox, signed_in};

#[tokio::test]
async fn the_sandbox_lets_this_provider_in() {
    let config = SandboxConfig { auto_consent: true, salesforce_redirect_uris: redirect_uris(), ..empty() };
    let sandbox = sandbox(config).await;
    let host = LoginHost::parse(&sandbox.urls().salesforce, true).unwrap();
    let sign_in = SignIn::begin(provider(&host, sandbox.salesforce().client_id(), true)).await.unwrap();
    let authorize_url = sign_in.authorize_url().clone();
    let (followed, tokens) =
        tokio::join!(follow_authorize_url(&authorize_url), sign_in.finish(std::future::pending::<()>()));
    followed.unwrap();
    let tokens = tokens.unwrap();
    for scope in SCOPES {
        assert!(tokens.scopes.iter().any(|granted| granted == scope), "{scope}");
    }
    let instance = validate_instance_url(tokens.instance_url.as_deref().unwrap(), true).unwrap();
    let user = client(instance.as_str(), tokens.access.expose()).user_info().await.unwrap();
    assert_eq!(user.user_id.key_prefix(), "005");
    assert_eq!(user.organization_id.key_prefix(), "00D");
    assert!(user.name.is_some() && user.preferred_username.is_some());
}

#[tokio::test]
async fn the_newest_known_version_works() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let version = ApiVersion::choose(&salesforce.versions().await.unwrap()).unwrap();
    assert_eq!(version, ApiVersion::NEWEST);
    let salesforce = salesforce.with_version(version);
    let global = salesforce.describe_global(None).await.unwrap().changed().unwrap();
    assert!(global.object("event").is_some_and(|object| object.createable));
    assert!(salesforce.usage().is_some());
}

#[tokio::test]
async fn an_unchanged_description_is_not_sent_again() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let lead = ObjectName::new("Lead").unwrap();
    let Described::Changed { description, last_modified_utc } = salesforce.describe(&lead, None).await.unwrap() else {
        panic!("the first answer is a description")
    };
    assert_eq!(description.key_prefix.as_deref(), Some("00Q"));
    let required: Vec<_> = description.required().map(|field| field.name.as_str()).collect();
    assert_eq!(required, ["LastName", "Company"]);
    assert_eq!(description.field("lastname").unwrap().length, 80);
    let again = salesforce.describe(&lead, last_modified_utc).await.unwrap();
    assert_eq!(again, Described::NotModified);
}

#[tokio::test]
async fn an_unknown_object_is_not_found() {
    let sandbox = sandbox(empty()).await;
    let nothing = ObjectName::new("Nothing__c").unwrap();
    let error = signed_in(&sandbox).describe(&nothing, None).await.unwrap_err();
    assert!(error.refusal().unwrap().has_code("NOT_FOUND"), "{error}");
}

#[tokio::test]
async fn the_key_field_is_there_or_not() {
    let (with, without) = (sandbox(empty()).await, sandbox(bare()).await);
    let deployed = signed_in(&with).capabilities().await.unwrap();
    assert_eq!(deployed.event.key, KeyField::Usable);
    assert_eq!(deployed.task.key, KeyField::Usable);
    assert!(deployed.event.createable && deployed.event.updateable);
    assert!(deployed.event.required.is_empty(), "{:?}", deployed.event.required);
    let bare = signed_in(&without).capabilities().await.unwrap();
    assert_eq!(bare.event.key, KeyField::Absent);
    assert!(bare.event.createable);
}
