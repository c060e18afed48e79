//! The org's key, and what it signs: `id_token`, and access tokens where the app has JWTs.
//! The key is made when it is first needed and dies with the run.

use std::sync::OnceLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Name of the key in `/id/keys`.
const KEY_ID: &str = "244";

/// The key; nothing in the rare case that the system has no random numbers.
#[derive(Default)]
pub struct SigningKey {
    pair: OnceLock<Option<RsaKeyPair>>,
}

impl SigningKey {
    fn pair(&self) -> Option<&RsaKeyPair> {
        self.pair.get_or_init(|| RsaKeyPair::generate(KeySize::Rsa2048).ok()).as_ref()
    }

    /// A compact JWT with these claims.
    pub fn signed(&self, claims: &Value) -> Option<String> {
        let pair = self.pair()?;
        let header = json!({ "kid": KEY_ID, "typ": "JWT", "alg": "RS256" });
        let encoded = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let text = format!("{}.{}", encoded(&header), encoded(claims));
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).ok()?;
        Some(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Body of `GET /id/keys`.
    pub fn published(&self) -> Value {
        let key = self.pair().and_then(|pair| modulus(pair.public_key().as_ref()).map(|n| URL_SAFE_NO_PAD.encode(n)));
        let keys: Vec<Value> = key
            .map(|n| json!({ "kty": "RSA", "alg": "RS256", "use": "sig", "kid": KEY_ID, "e": "AQAB", "n": n }))
            .into_iter()
            .collect();
        json!({ "keys": keys })
    }
}

/// The modulus in the DER of a public key of 2048 bits: behind the heads of the sequence and of the
/// integer, and before the exponent 65537.
fn modulus(der: &[u8]) -> Option<&[u8]> {
    const HEAD: [u8; 9] = [0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00];
    der.strip_prefix(&HEAD)?.strip_suffix(&[0x02, 0x03, 0x01, 0x00, 0x01]).filter(|modulus| modulus.len() == 256)
}

/// The claim that ties an `id_token` to its access token.
pub fn at_hash(access: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(access)[..16])
}
