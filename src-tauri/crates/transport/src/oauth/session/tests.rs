//! The refresh protocol against a scripted endpoint and a vault in memory, with
//! a timer that stands still until everyone waits.

mod rig;

use std::time::Duration;

use futures::future::join_all;

use super::*;
use rig::*;

#[tokio::test(start_paused = true)]
async fn a_hundred_callers_make_one_refresh() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([Ok(granted(1, None)), Ok(granted(2, None))]));
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    let results = join_all((0..100).map(|_| refreshed(&session, 0))).await;
    assert!(results.iter().all(|result| result.as_deref().is_ok_and(|token| token == "access-1")));
    assert_eq!(endpoint.seen(), ["refresh-0"]);
    // A straggler whose call was answered late does not start another.
    assert_eq!(refreshed(&session, 0).await.unwrap(), "access-1");
    assert_eq!(access(&session).await.unwrap(), "access-1");
    assert_eq!(endpoint.seen().len(), 1);
    assert_eq!(vault.now().history, ["started", "saved"]);
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_goes_away_does_not_cut_the_refresh() {
    let clock = clock();
    let endpoint = Endpoint::scripted([Ok(granted(1, None))]).gated();
    let endpoint = Arc::new(endpoint);
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    let impatient = tokio::time::timeout(Duration::from_secs(1), refreshed(&session, 0)).await;
    assert!(impatient.is_err());
    assert!(vault.now().unresolved);
    endpoint.gate.as_ref().unwrap().notify_one();
    session.settle().await;
    assert_eq!(vault.refresh_token(), "refresh-1");
    assert!(!vault.now().unresolved);
    assert_eq!(access(&session).await.unwrap(), "access-1");
}

#[tokio::test(start_paused = true)]
async fn a_token_is_not_used_before_it_is_stored() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([Ok(granted(1, None))]));
    let vault = signed_in(&clock, None);
    vault.content.lock().unwrap().full = true;
    let session = session(&endpoint, &vault, &clock);
    for _ in 0..3 {
        let error = refreshed(&session, 0).await.unwrap_err();
        assert!(matches!(error, AuthError::Vault(VaultError::Full)), "{error:?}");
        assert!(matches!(access(&session).await.unwrap_err(), AuthError::Vault(VaultError::Full)));
    }
    vault.content.lock().unwrap().full = false;
    assert_eq!(access(&session).await.unwrap(), "access-1");
    // The refresh token was spent once, whatever the disk did.
    assert_eq!(endpoint.seen(), ["refresh-0"]);
    assert_eq!(vault.refresh_token(), "refresh-1");
}

#[tokio::test(start_paused = true)]
async fn after_a_kill_between_answer_and_store_the_old_token_is_tried_once() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([Ok(granted(1, None))]));
    let vault = signed_in(&clock, None);
    vault.content.lock().unwrap().full = true;
    assert!(refreshed(&session(&endpoint, &vault, &clock), 0).await.is_err());
    vault.content.lock().unwrap().full = false;

    // The program starts again: the vault knows that a refresh had left.
    let second = session(&endpoint, &vault, &clock);
    assert_eq!(access(&second).await.unwrap(), "access-0");
    assert_eq!(endpoint.seen().len(), 1);
    for _ in 0..20 {
        assert!(matches!(refreshed(&second, 0).await, Err(AuthError::SignInExpired)));
        assert!(matches!(access(&second).await, Err(AuthError::SignInExpired)));
        pass(3600).await;
    }
    assert_eq!(endpoint.seen(), ["refresh-0", "refresh-0"]);
    assert_eq!(vault.now().ended, [SignedOut::Expired]);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_leaves_the_old_token_alone_while_it_works() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([lost(), Ok(granted(1, Some(HOUR)))]));
    let vault = signed_in(&clock, Some(HOUR));
    let session = session(&endpoint, &vault, &clock);
    pass(2900).await;
    assert_eq!(access(&session).await.unwrap(), "access-0");
    session.settle().await;
    assert_eq!(endpoint.seen().len(), 1);
    for _ in 0..60 {
        pass(10).await;
        assert_eq!(access(&session).await.unwrap(), "access-0");
        session.settle().await;
    }
    assert_eq!(endpoint.seen().len(), 1);
    pass(200).await;
    // Run out: now there is nothing left to lose.
    assert_eq!(access(&session).await.unwrap(), "access-1");
    assert_eq!(endpoint.seen(), ["refresh-0", "refresh-0"]);
    assert!(!vault.now().unresolved);
}

#[tokio::test(start_paused = true)]
async fn answers_that_stay_lost_do_not_become_a_storm() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted((0..1000).map(|_| lost())));
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    for _ in 0..24 * 60 {
        let error = refreshed(&session, 0).await.unwrap_err();
        assert!(matches!(error, AuthError::Unreachable(_)), "{error:?}");
        assert!(access(&session).await.is_err());
        pass(60).await;
    }
    // 30 s, 1, 2, 4, 8 and then every 15 min for a day, each at least half of it.
    let tries = endpoint.seen().len();
    assert!((90..=190).contains(&tries), "{tries}");
    assert!(vault.now().unresolved);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_set_back_does_not_prolong_the_rest() {
    let back = Arc::new(std::sync::atomic::AtomicI64::new(0));
    let (running, skew) = (clock(), Arc::clone(&back));
    let clock =
        Clock::from_fn(move || running.now() - TimeDelta::seconds(skew.load(std::sync::atomic::Ordering::SeqCst)));
    let endpoint = Arc::new(Endpoint::scripted([lost(), Ok(granted(1, None))]));
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    assert!(refreshed(&session, 0).await.is_err());
    assert!(refreshed(&session, 0).await.is_err());
    assert_eq!(endpoint.seen().len(), 1);
    back.store(86_400, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(refreshed(&session, 0).await.unwrap(), "access-1");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_never_left_is_taken_back_and_may_be_repeated_at_once() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([unsent(), unsent(), Ok(granted(1, None))]));
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    for _ in 0..2 {
        let error = refreshed(&session, 0).await.unwrap_err();
        assert!(matches!(TransportError::from(error), TransportError::Offline));
        assert!(!vault.now().unresolved);
        assert_eq!(vault.refresh_token(), "refresh-0");
    }
    assert_eq!(access(&session).await.unwrap(), "access-1");
}

#[tokio::test(start_paused = true)]
async fn an_unsent_refresh_does_not_clear_an_earlier_lost_one() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([lost(), unsent()]));
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    assert!(refreshed(&session, 0).await.is_err());
    pass(60).await;
    assert!(refreshed(&session, 0).await.is_err());
    assert_eq!(endpoint.seen().len(), 2);
    assert!(vault.now().unresolved);
}

#[tokio::test(start_paused = true)]
async fn a_refused_sign_in_is_over_for_good() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([refused_grant()]));
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    for result in join_all((0..50).map(|_| refreshed(&session, 0))).await {
        assert!(result.unwrap_err().is_final());
    }
    pass(24 * 3600).await;
    assert!(access(&session).await.unwrap_err().is_final());
    assert_eq!(endpoint.seen().len(), 1);
    assert_eq!(vault.now().ended, [SignedOut::Expired]);
}

#[tokio::test(start_paused = true)]
async fn what_an_administrator_can_lift_ends_no_sign_in() {
    for by in [Bar::Network, Bar::Account, Bar::App] {
        let clock = clock();
        let barred = || Err(TokenFault::Barred { by, code: "x".to_owned() });
        let endpoint = Arc::new(Endpoint::scripted([barred(), barred(), Ok(granted(1, None))]));
        let vault = signed_in(&clock, None);
        let session = session(&endpoint, &vault, &clock);
        for _ in 0..2 {
            for result in join_all((0..50).map(|_| refreshed(&session, 0))).await {
                assert!(!result.unwrap_err().is_final());
            }
            assert_eq!((vault.refresh_token().as_str(), vault.now().unresolved), ("refresh-0", false));
            pass(60).await;
        }
        assert_eq!(access(&session).await.unwrap(), "access-1", "{by:?}");
        assert_eq!(endpoint.seen(), ["refresh-0"; 3]);
        assert_eq!(vault.now().ended, []);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_ends_after_the_sign_out_is_forgotten() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([Ok(granted(1, None))]).gated());
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    let signed_out = async {
        while endpoint.seen().is_empty() {
            tokio::task::yield_now().await;
        }
        vault.content.lock().unwrap().gone = true;
        endpoint.gate.as_ref().unwrap().notify_one();
    };
    let (result, ()) = tokio::join!(refreshed(&session, 0), signed_out);
    assert!(matches!(result, Err(AuthError::NotSignedIn)), "{result:?}");
    assert!(matches!(access(&session).await, Err(AuthError::NotSignedIn)));
    assert_eq!(vault.now().history, ["started", "gone"]);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_begins_after_the_sign_out_asks_nobody() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([Ok(granted(1, None))]));
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    assert_eq!(access(&session).await.unwrap(), "access-0");
    vault.content.lock().unwrap().gone = true;
    let result = refreshed(&session, 0).await;
    assert!(matches!(result, Err(AuthError::NotSignedIn)), "{result:?}");
    assert!(matches!(access(&session).await, Err(AuthError::NotSignedIn)));
    assert_eq!(vault.now().history, ["gone"]);
    assert_eq!(endpoint.seen(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_newer_sign_in_in_the_vault_wins_over_a_refusal() {
    let clock = clock();
    let endpoint = Endpoint::scripted([refused_grant()]).gated();
    let endpoint = Arc::new(endpoint);
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    let waiting = refreshed(&session, 0);
    let meanwhile = async {
        while endpoint.seen().is_empty() {
            tokio::task::yield_now().await;
        }
        vault.save(&granted(7, None).into_tokens(clock.now())).unwrap();
        endpoint.gate.as_ref().unwrap().notify_one();
    };
    let (result, ()) = tokio::join!(waiting, meanwhile);
    assert_eq!(result.unwrap(), "access-7");
    assert_eq!(vault.now().ended, []);
}

#[tokio::test(start_paused = true)]
async fn another_instance_is_refused_and_gets_no_token() {
    for named in [
        "https://other.my.salesforce.com",
        "https://n.my.salesforce.com.evil.example",
        "http://n.my.salesforce.com",
        "gibberish",
    ] {
        let clock = clock();
        let mut foreign = granted(1, None);
        foreign.instance_url = Some(named.to_owned());
        let endpoint = Arc::new(Endpoint::scripted([Ok(foreign)]));
        let vault = signed_in(&clock, None);
        let session = session(&endpoint, &vault, &clock);
        assert!(matches!(refreshed(&session, 0).await, Err(AuthError::ForeignInstance)), "{named}");
        assert!(matches!(access(&session).await, Err(AuthError::ForeignInstance)));
        assert_eq!(vault.refresh_token(), "refresh-0");
        assert_eq!(vault.now().ended, [SignedOut::ForeignInstance]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_successor_is_fetched_at_four_fifths_while_the_old_one_is_used() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([Ok(granted(1, Some(HOUR)))]));
    let vault = signed_in(&clock, Some(HOUR));
    let session = session(&endpoint, &vault, &clock);
    pass(2879).await;
    assert_eq!(access(&session).await.unwrap(), "access-0");
    session.settle().await;
    assert_eq!(endpoint.seen().len(), 0);
    pass(1).await;
    assert_eq!(access(&session).await.unwrap(), "access-0");
    session.settle().await;
    assert_eq!(endpoint.seen(), ["refresh-0"]);
    assert_eq!(access(&session).await.unwrap(), "access-1");
}

#[tokio::test(start_paused = true)]
async fn an_expired_token_is_never_handed_out() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::scripted([unsent(), Ok(granted(1, Some(HOUR)))]));
    let vault = signed_in(&clock, Some(HOUR));
    let session = session(&endpoint, &vault, &clock);
    pass(3600).await;
    assert!(matches!(access(&session).await, Err(AuthError::Unreachable(_))));
    assert_eq!(access(&session).await.unwrap(), "access-1");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_the_service_names_is_kept() {
    let clock = clock();
    let until = clock.now() + TimeDelta::minutes(10);
    let error = TransportError::RateLimited { until, daily: false };
    let busy = Err(TokenFault::NotDone { error, until: Some(until) });
    let endpoint = Arc::new(Endpoint::scripted([busy, Ok(granted(1, None))]));
    let vault = signed_in(&clock, None);
    let session = session(&endpoint, &vault, &clock);
    for _ in 0..10 {
        let error = TransportError::from(refreshed(&session, 0).await.unwrap_err());
        assert!(matches!(error, TransportError::RateLimited { until: told, .. } if told == until));
        pass(59).await;
    }
    assert_eq!(endpoint.seen().len(), 1);
    pass(11).await;
    assert_eq!(refreshed(&session, 0).await.unwrap(), "access-1");
}

#[tokio::test(start_paused = true)]
async fn without_a_refresh_token_a_rejection_ends_the_sign_in() {
    let clock = clock();
    let vault = signed_in(&clock, None);
    vault.content.lock().unwrap().tokens.as_mut().unwrap().refresh = None;
    let endpoint = Arc::new(Endpoint::default());
    let session = session(&endpoint, &vault, &clock);
    assert_eq!(access(&session).await.unwrap(), "access-0");
    assert!(matches!(refreshed(&session, 0).await, Err(AuthError::SignInExpired)));
    assert_eq!(endpoint.seen().len(), 0);
    assert_eq!(vault.now().ended, [SignedOut::Expired]);
}

#[tokio::test(start_paused = true)]
async fn a_new_sign_in_is_taken_up_after_the_old_one_ended() {
    let clock = clock();
    let endpoint = Arc::new(Endpoint::default());
    let vault = Arc::new(Vault::default());
    let session = session(&endpoint, &vault, &clock);
    assert!(matches!(access(&session).await, Err(AuthError::NotSignedIn)));
    vault.save(&granted(0, None).into_tokens(clock.now())).unwrap();
    assert!(refreshed(&session, 0).await.unwrap_err().is_final());
    vault.save(&granted(5, None).into_tokens(clock.now())).unwrap();
    assert!(access(&session).await.is_err());
    session.reload().await;
    assert_eq!(access(&session).await.unwrap(), "access-5");
}
