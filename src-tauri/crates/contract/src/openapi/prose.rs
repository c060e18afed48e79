//! What the documents say of an operation in words alone: its rate label and its granular scopes.

/// The rate label, in capitals.
pub fn rate_label(description: &str) -> Option<String> {
    let (_, rest) = description.split_once("[Rate Limit Label]")?;
    let (_, rest) = rest.split_once(')')?;
    let label = rest.trim_start_matches([':', '*', ' ', '`']);
    let end = label.find(|letter: char| !letter.is_ascii_alphabetic() && letter != '-').unwrap_or(label.len());
    (end > 0).then(|| label[..end].to_uppercase())
}

/// The granular scopes, any of which is enough.
pub fn granular_scopes(description: &str) -> Vec<String> {
    let Some((_, rest)) = description.split_once("[Granular Scopes]") else { return Vec::new() };
    let line = rest.lines().next().unwrap_or_default();
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESCRIPTION: &str = "Text.\n\n**[Granular Scopes](https://example.com/):** `phone:read:user`,`phone:read:user:admin`\n\
                               \n**[Rate Limit Label](https://example.com/#a):** `Resource-intensive`\n";

    #[test]
    fn label_and_scopes_are_read() {
        assert_eq!(rate_label(DESCRIPTION).as_deref(), Some("RESOURCE-INTENSIVE"));
        assert_eq!(granular_scopes(DESCRIPTION), ["phone:read:user", "phone:read:user:admin"]);
        assert_eq!((rate_label("Text."), granular_scopes("Text.").len()), (None, 0));
    }
}
