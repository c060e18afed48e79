//! The two pages that a person sees: consent, and an error that must not be redirected.

/// Text made safe for HTML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;background:#f3f3f3;color:#181818;margin:0}\
main{max-width:26rem;margin:10vh auto;background:#fff;padding:2rem;border-radius:.5rem;border:1px solid #c9c9c9}\
h1{font-size:1.25rem;margin:0 0 1rem}button{font:inherit;padding:.5rem 1.25rem;border-radius:.25rem;\
border:1px solid #0176d3;cursor:pointer;margin-inline-end:.5rem}#allow{background:#0176d3;color:#fff}\
#deny{background:#fff;color:#0b5cab}";

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>"
    )
}

/// Allow or Deny.
pub fn consent(action: &str, request: &str, username: &str, org: &str, scopes: &[String]) -> String {
    let list = scopes.iter().fold(String::new(), |list, scope| list + "<li>" + &escaped(meaning(scope)) + "</li>");
    let body = format!(
        "<h1>Allow Access?</h1><p>Liaison is asking to:</p><ul>{list}</ul>\
         <p>Do you want to allow access for <strong id=\"username\">{}</strong> in {}?</p>\
         <form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"request\" value=\"{}\">\
         <button id=\"allow\" name=\"decision\" value=\"allow\">Allow</button>\
         <button id=\"deny\" name=\"decision\" value=\"deny\">Deny</button></form>",
        escaped(username),
        escaped(org),
        escaped(action),
        escaped(request),
    );
    document("Salesforce sandbox: allow access?", &body)
}

fn meaning(scope: &str) -> &str {
    match scope {
        "api" => "Manage user data via APIs",
        "refresh_token" | "offline_access" => "Perform requests at any time",
        "openid" => "Access unique user identifiers",
        "id" | "profile" | "email" => "Access the identity URL service",
        other => other,
    }
}

/// What went wrong, for the person; the app learns nothing.
pub fn error(code: &str, description: &str) -> String {
    let body = format!(
        "<h1>We can't authorize you because of an OAuth error.</h1><p id=\"error\">{} : {}</p>",
        escaped(code),
        escaped(description)
    );
    document("Salesforce sandbox: OAuth error", &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_becomes_markup() {
        let page = error("<script>", "\"'&");
        assert!(!page.contains("<script>"));
        assert!(page.contains("&lt;script&gt; : &quot;&#39;&amp;"));
    }
}
