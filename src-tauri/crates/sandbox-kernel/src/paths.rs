//! Paths as clients really send them: slashes doubled where a base address that ends in one was put
//! in front, and slashes at the end. Which of them a service forgives is the service's affair.

use std::borrow::Cow;

/// The path with every run of slashes as one.
pub fn collapsed(path: &str) -> Cow<'_, str> {
    if !path.contains("//") {
        return Cow::Borrowed(path);
    }
    let mut plain = String::with_capacity(path.len());
    for letter in path.chars() {
        if !(letter == '/' && plain.ends_with('/')) {
            plain.push(letter);
        }
    }
    Cow::Owned(plain)
}

/// The path without one slash at its end; the root stays.
pub fn without_last_slash(path: &str) -> &str {
    path.strip_suffix('/').filter(|rest| !rest.is_empty()).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_slashes_is_one() {
        assert_eq!(collapsed("//services///data/v68.0//"), "/services/data/v68.0/");
        assert_eq!(collapsed("/services/data/a%2F%2Fb"), "/services/data/a%2F%2Fb");
        assert_eq!(collapsed("//"), "/");
    }

    #[test]
    fn the_root_keeps_its_slash() {
        assert_eq!(without_last_slash("/v2/users/me/meetings/"), "/v2/users/me/meetings");
        assert_eq!(without_last_slash("/v2/past_meetings//"), "/v2/past_meetings/");
        assert_eq!(without_last_slash("/"), "/");
    }
}
