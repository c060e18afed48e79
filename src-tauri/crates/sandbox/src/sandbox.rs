//! One run of the sandbox: a listener for each service and the state behind them.

use std::sync::{Arc, Mutex, PoisonError};

use liaison_sandbox_kernel::faults::{Faults, Service};
use liaison_sandbox_kernel::requests::Requests;
use liaison_sandbox_kernel::server::{self, Gate, Watched};
use liaison_sandbox_kernel::world::zone;
use liaison_sandbox_kernel::{IssuedTokens, SandboxConfig, SandboxUrls, Shared, SharedRef, casing};
use liaison_sandbox_salesforce::Salesforce;
use liaison_sandbox_zoom::Zoom;
use serde_json::{Map, Value, json};
use thiserror::Error;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::Trouble;
#[cfg(feature = "control")]
use crate::control;
#[cfg(feature = "control")]
use crate::{RowError, SalesforceRows, ZoomRows};

/// Why the sandbox could not start.
#[derive(Debug, Error)]
pub enum SandboxError {
    #[error("cannot listen on 127.0.0.1 port {port} for {service}")]
    Bind {
        service: &'static str,
        port: u16,
        #[source]
        source: std::io::Error,
    },
    #[error(transparent)]
    Zone(#[from] zone::UnknownZone),
}

/// A running sandbox. It stops when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    urls: SandboxUrls,
    shared: SharedRef,
    faults: Arc<Faults>,
    requests: Arc<Requests>,
    zoom: Zoom,
    salesforce: Salesforce,
    /// Whether the two services can be reached.
    reachable: watch::Sender<bool>,
    /// What a demo shows now.
    trouble: Mutex<Option<Trouble>>,
    /// Aborted by dropping.
    listeners: JoinSet<()>,
}

impl Sandbox {
    /// Builds the world of `config` relative to now and listens.
    pub async fn start(config: SandboxConfig) -> Result<Self, SandboxError> {
        let zone = zone::zone_of(&config)?;
        let (zoom_listener, zoom_port) = bind("zoom", config.zoom_port).await?;
        let (salesforce_listener, salesforce_port) = bind("salesforce", config.salesforce_port).await?;
        #[cfg(feature = "control")]
        let (control_listener, control_port) = bind("control", config.control_port).await?;
        let urls = SandboxUrls {
            zoom: format!("http://127.0.0.1:{zoom_port}"),
            salesforce: format!("http://127.0.0.1:{salesforce_port}"),
            #[cfg(feature = "control")]
            control: format!("http://127.0.0.1:{control_port}"),
        };
        let shared = Shared::new(config);
        let zoom = Zoom::new(shared.clone(), urls.clone(), zone);
        let salesforce = Salesforce::new(shared.clone(), urls.clone());
        let casing = casing::learn().await;
        let mut sandbox = Self {
            urls,
            shared,
            faults: Arc::default(),
            requests: Arc::default(),
            zoom,
            salesforce,
            reachable: watch::Sender::new(true),
            trouble: Mutex::default(),
            listeners: JoinSet::new(),
        };
        let zoom_gate = sandbox.gate(Service::Zoom, sandbox.zoom.router(), &casing);
        sandbox.listeners.spawn(server::serve(zoom_listener, zoom_gate, sandbox.reachable.subscribe()));
        let salesforce_gate = sandbox.gate(Service::Salesforce, sandbox.salesforce.router(), &casing);
        sandbox.listeners.spawn(server::serve(salesforce_listener, salesforce_gate, sandbox.reachable.subscribe()));
        #[cfg(feature = "control")]
        sandbox.listen_to_controls(control_listener, casing);
        Ok(sandbox)
    }

    fn gate(&self, service: Service, router: axum::Router, casing: &axum::http::Extensions) -> Gate {
        let (faults, requests, shared) = (self.faults.clone(), self.requests.clone(), self.shared.clone());
        let watched = Watched { service, faults, requests, shared };
        Gate { router, watched: Some(watched), casing: casing.clone() }
    }

    #[cfg(feature = "control")]
    fn listen_to_controls(&mut self, listener: tokio::net::TcpListener, casing: axum::http::Extensions) {
        let controlled = control::Controlled {
            shared: self.shared.clone(),
            faults: self.faults.clone(),
            requests: self.requests.clone(),
            zoom: self.zoom.clone(),
            salesforce: self.salesforce.clone(),
        };
        let gate = Gate { router: control::router(controlled), watched: None, casing };
        let always = watch::Sender::new(true).subscribe();
        self.listeners.spawn(server::serve(listener, gate, always));
    }

    /// Base URLs of the three services.
    pub fn urls(&self) -> &SandboxUrls {
        &self.urls
    }

    /// The clock, the journal of effects and the settings.
    pub fn shared(&self) -> &SharedRef {
        &self.shared
    }

    /// The fault script of this run.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Without a network: both services refuse connections, and those there are end with a reset.
    pub fn set_reachable(&self, reachable: bool) {
        self.reachable.send_replace(reachable);
    }

    /// Notes what a demo shows now; answers what it showed before.
    pub(crate) fn note_trouble(&self, trouble: Option<Trouble>) -> Option<Trouble> {
        std::mem::replace(&mut *self.trouble.lock().unwrap_or_else(PoisonError::into_inner), trouble)
    }

    /// How many requests came in, by route.
    pub fn requests(&self) -> &Requests {
        &self.requests
    }

    pub fn zoom(&self) -> &Zoom {
        &self.zoom
    }

    pub fn salesforce(&self) -> &Salesforce {
        &self.salesforce
    }

    /// Puts raw rows into the Zoom account: all of them or, where one is wrong, none. See [`crate::script`].
    #[cfg(feature = "control")]
    pub fn load_zoom(&self, rows: &ZoomRows) -> Result<(), RowError> {
        self.zoom.load(rows)
    }

    /// Puts raw rows into the org: all of them or, where one is wrong, none. Answers with their ids, by object in the
    /// order of the rows. See [`crate::script`].
    #[cfg(feature = "control")]
    pub fn load_salesforce(
        &self,
        rows: &SalesforceRows,
    ) -> Result<std::collections::BTreeMap<String, Vec<String>>, RowError> {
        self.salesforce.load(rows)
    }

    /// What a client needs to know, as the stand-alone program prints it, and where the controls are if there are any. With `issue_tokens` both
    /// services sign the rep in without a browser and the tokens are part of the answer.
    pub fn info(&self, issue_tokens: bool) -> Value {
        let zoom = json!({
            "api": format!("{}/v2", self.urls.zoom),
            "oauth": self.urls.zoom,
            "client_id": self.zoom.client_id(),
            "redirect_uri": self.zoom.redirect_uri(),
        });
        let salesforce = json!({
            "login": self.urls.salesforce,
            "instance": self.urls.salesforce,
            "client_id": self.salesforce.client_id(),
            "redirect_uri": self.salesforce.redirect_uri(),
        });
        let zoom = with_tokens(zoom, issue_tokens.then(|| self.zoom.issue_tokens()));
        let salesforce = with_tokens(salesforce, issue_tokens.then(|| self.salesforce.issue_tokens()));
        #[cfg(feature = "control")]
        let control = Some(self.urls.control.as_str());
        #[cfg(not(feature = "control"))]
        let control: Option<&str> = None;
        let control = control.map(|address| ("control", address.into()));
        let info = [("zoom", zoom), ("salesforce", salesforce)].into_iter().chain(control);
        Value::Object(info.map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Stops listening and ends all connections.
    pub async fn shutdown(mut self) {
        self.listeners.shutdown().await;
    }
}

async fn bind(service: &'static str, port: u16) -> Result<(tokio::net::TcpListener, u16), SandboxError> {
    server::bind(port).await.map_err(|source| SandboxError::Bind { service, port, source })
}

fn with_tokens(service: Value, tokens: Option<IssuedTokens>) -> Value {
    let mut fields = match service {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    if let Some(tokens) = tokens {
        fields.insert("access_token".to_owned(), tokens.access_token.into());
        fields.insert("refresh_token".to_owned(), tokens.refresh_token.into());
    }
    Value::Object(fields)
}
