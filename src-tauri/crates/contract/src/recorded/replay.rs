//! Sends recorded requests to the sandbox, with its own records in the place of the recorded ones.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Interaction;
use crate::failure::Failure;

/// Objects whose records may be named in a request, by the prefix of their ids.
const OBJECTS: [(&str, &str); 5] =
    [("001", "Account"), ("003", "Contact"), ("006", "Opportunity"), ("00D", "Organization"), ("00Q", "Lead")];
const VERSION: &str = "v62.0";

/// The sandbox's end of the exchange.
#[derive(Debug)]
pub struct Replay {
    client: reqwest::Client,
    instance: String,
    token: String,
    /// Ids of the sandbox by prefix, not given away yet.
    spare: BTreeMap<&'static str, Vec<String>>,
    /// Recorded id to the sandbox's.
    known: BTreeMap<String, String>,
}

impl Replay {
    /// Looks up records to stand in for the recorded ones.
    ///
    /// # Errors
    /// The sandbox does not answer.
    pub async fn new(instance: &str, token: &str) -> Result<Self, Failure> {
        let mut replay = Self {
            client: reqwest::Client::new(),
            instance: instance.to_owned(),
            token: token.to_owned(),
            spare: BTreeMap::new(),
            known: BTreeMap::new(),
        };
        for (prefix, object) in OBJECTS {
            let (_, answer) = replay.ask("GET", &format!("/query?q=SELECT+Id+FROM+{object}+LIMIT+200"), None).await?;
            let rows = answer.as_ref().and_then(|answer| answer["records"].as_array()).into_iter().flatten();
            let ids = rows.filter_map(|row| row["Id"].as_str().map(str::to_owned)).collect();
            replay.spare.insert(prefix, ids);
        }
        Ok(replay)
    }

    /// Sends one request; the sandbox's status and its answer, if that is JSON.
    ///
    /// # Errors
    /// The sandbox does not answer.
    pub async fn send(&mut self, interaction: &Interaction) -> Result<(u16, Option<Value>), Failure> {
        let target = self.own(interaction.target());
        let body = interaction.body.as_deref().map(|body| self.own(body));
        self.ask(&interaction.method, &target, body).await
    }

    async fn ask(&self, method: &str, target: &str, body: Option<String>) -> Result<(u16, Option<Value>), Failure> {
        let method = method.parse().map_err(|_| Failure::new(format!("{method} is no method")))?;
        let address = format!("{}/services/data/{VERSION}{target}", self.instance);
        let mut request = self.client.request(method, address).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        let failed = |error: reqwest::Error| Failure::new(format!("the sandbox does not answer: {error}"));
        let answer = request.send().await.map_err(failed)?;
        let status = answer.status().as_u16();
        let text = answer.bytes().await.map_err(failed)?;
        Ok((status, serde_json::from_slice(&text).ok()))
    }

    /// A text of the record in the sandbox's terms: its version, its ids.
    fn own(&mut self, text: &str) -> String {
        let mut made = String::with_capacity(text.len());
        let mut word = String::new();
        for character in text.chars().chain(['\0']) {
            if character.is_ascii_alphanumeric() {
                word.push(character);
                continue;
            }
            made.push_str(&if looks_like_id(&word) { self.counterpart(&word) } else { word.clone() });
            word.clear();
            if character != '\0' {
                made.push(character);
            }
        }
        made.replace("/vxx.0/", &format!("/{VERSION}/"))
    }

    fn counterpart(&mut self, id: &str) -> String {
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        let spare = id.get(..3).and_then(|prefix| self.spare.get_mut(prefix)).and_then(Vec::pop);
        match spare {
            Some(own) => {
                self.known.insert(id.to_owned(), own.clone());
                own
            }
            None => id.to_owned(),
        }
    }
}

/// Whether a word is an id of a record: 15 to 18 letters and digits with the prefix of an object. Elided ids in the
/// records are not always 15 or 18 long.
pub fn looks_like_id(word: &str) -> bool {
    (15..=18).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && word.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_ids_become_the_sandboxs_own_and_stay_the_same() {
        let mut replay = Replay {
            client: reqwest::Client::new(),
            instance: String::new(),
            token: String::new(),
            spare: [("001", vec!["001AAAAAAAAAAAAAAA".to_owned()])].into(),
            known: BTreeMap::new(),
        };
        let recorded = r#"{"url": "/services/data/vxx.0/sobjects/Account/0010xACCOUNTID0000"}"#;
        let own = r#"{"url": "/services/data/v62.0/sobjects/Account/001AAAAAAAAAAAAAAA"}"#;
        assert_eq!(replay.own(recorded), own);
        assert_eq!(replay.own(recorded), own);
        assert_eq!(replay.own("0030xCONTACTID000 stays"), "0030xCONTACTID000 stays");
    }
}
