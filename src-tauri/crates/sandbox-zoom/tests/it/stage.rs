//! Zoom and its controls on loopback, each behind a listener of its own.

use std::sync::Arc;

use liaison_sandbox_kernel::server::{self, Gate, Watched};
use liaison_sandbox_kernel::world::zone::zone_of;
use liaison_sandbox_kernel::{SandboxConfig, SandboxUrls, Service, Shared, SharedRef, casing};
use liaison_sandbox_zoom::Zoom;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Ends when it is dropped.
pub struct Stage {
    urls: SandboxUrls,
    shared: SharedRef,
    zoom: Zoom,
    _listeners: JoinSet<()>,
}

impl Stage {
    pub async fn start(config: SandboxConfig) -> Self {
        let zone = zone_of(&config).unwrap();
        let (listener, port) = server::bind(0).await.unwrap();
        let (controls, control_port) = server::bind(0).await.unwrap();
        let urls = SandboxUrls {
            zoom: format!("http://127.0.0.1:{port}"),
            salesforce: String::new(),
            control: format!("http://127.0.0.1:{control_port}"),
        };
        let shared = Shared::new(config);
        let zoom = Zoom::new(shared.clone(), urls.clone(), zone);
        let casing = casing::learn().await;
        let (faults, requests) = (Arc::default(), Arc::default());
        let watched = Watched { service: Service::Zoom, faults, requests, shared: shared.clone() };
        let gate = Gate { router: zoom.router(), watched: Some(watched), casing: casing.clone() };
        let control_gate = Gate { router: zoom.control_router(), watched: None, casing };
        let always = || watch::Sender::new(true).subscribe();
        let mut listeners = JoinSet::new();
        listeners.spawn(server::serve(listener, gate, always()));
        listeners.spawn(server::serve(controls, control_gate, always()));
        Self { urls, shared, zoom, _listeners: listeners }
    }

    pub fn urls(&self) -> &SandboxUrls {
        &self.urls
    }

    pub fn shared(&self) -> &SharedRef {
        &self.shared
    }

    pub fn zoom(&self) -> &Zoom {
        &self.zoom
    }
}
