//! What holds for every operation: its scope, its user, its token in the header.

use liaison_sandbox_kernel::{SandboxConfig, WorldKind};
use liaison_sandbox_zoom::operations::{self, Operation, Scope};
use serde_json::{Value, json};

use super::rep::{Rep, answered};

/// The operation's path with `user` for the user and a number for everything else.
fn path(operation: &Operation, user: &str) -> String {
    let segments = operation.pattern.split('/').map(|segment| match segment {
        "{userId}" => user,
        place if place.starts_with('{') => "81234567890",
        fixed => fixed,
    });
    segments.collect::<Vec<_>>().join("/")
}

async fn ask(rep: &Rep, operation: &Operation, user: &str) -> (u16, Value) {
    answered(rep.send(operation.method.clone(), &path(operation, user), Some(&json!({}))).await).await
}

#[tokio::test]
async fn every_operation_asks_for_its_own_scope() {
    let mut rep = Rep::signed_in().await;
    let with_all: Vec<&Operation> = operations::all().collect();
    let scopes: Vec<&str> = with_all
        .iter()
        .filter_map(|operation| match operation.scope {
            Scope::User(scope) => Some(scope),
            Scope::Admin(_) => None,
        })
        .collect();
    for operation in with_all {
        let (Scope::User(scope) | Scope::Admin(scope)) = operation.scope;
        // Every scope but this one, the administrator's own among them.
        let mut others: Vec<&str> = scopes.iter().copied().filter(|other| *other != scope).collect();
        others.push("user:read:list_users:admin");
        rep.stage.zoom().set_app_scopes(&others.join(" "));
        rep.access_token = rep.stage.zoom().issue_tokens().access_token;
        let (status, body) = ask(&rep, operation, "me").await;
        assert_eq!((status, &body["code"]), (400, &json!(4711)), "{operation:?}");
        assert_eq!(body["message"], format!("Invalid access token, does not contain scopes:[{scope}]."));
        rep.stage.zoom().set_app_scopes(&format!("{} {scope}", others.join(" ")));
        rep.access_token = rep.stage.zoom().issue_tokens().access_token;
        let (_, body) = ask(&rep, operation, "me").await;
        let granted = matches!(operation.scope, Scope::User(_));
        assert_eq!(body["code"] != json!(4711), granted, "{operation:?}");
    }
}

#[tokio::test]
async fn nobody_but_me_is_known_to_any_operation() {
    let rep = Rep::signed_in().await;
    let (_, me) = rep.get("/users/me").await;
    let id = me["id"].as_str().unwrap();
    let mut asked = 0;
    for operation in operations::all().filter(|operation| operation.pattern.contains("{userId}")) {
        if matches!(operation.scope, Scope::User(_)) {
            let (status, body) = ask(&rep, operation, id).await;
            assert_eq!((status, &body["code"]), (404, &json!(1001)), "{operation:?}");
            asked += 1;
        }
    }
    assert!(asked > 15, "{asked}");
}

#[tokio::test]
async fn no_operation_takes_a_token_from_the_query() {
    let rep = Rep::signed_in_to(SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() }).await;
    for operation in operations::all() {
        let url = rep.url(&format!("/v2{}?access_token={}", path(operation, "me"), rep.access_token));
        let request = rep.http.request(operation.method.clone(), url).json(&json!({}));
        let (status, body) = answered(request.send().await.unwrap()).await;
        assert_eq!((status, &body["code"]), (401, &json!(124)), "{operation:?}");
    }
}
