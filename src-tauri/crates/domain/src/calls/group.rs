//! Which legs are one call.

use std::collections::BTreeMap;

use super::Leg;

/// Puts legs together that share the history's id or the telephone system's number; tellings of the same leg become
/// one. The groups stand in the order of their keys, the legs of each in that of their ids.
pub fn group(legs: impl IntoIterator<Item = Leg>) -> Vec<Vec<Leg>> {
    let mut told: BTreeMap<String, Leg> = BTreeMap::new();
    for leg in legs {
        let leg = match told.remove(&leg.id) {
            Some(known) => known.join(leg),
            None => leg,
        };
        told.insert(leg.id.clone(), leg);
    }
    let mut groups: Vec<Vec<Leg>> = Vec::new();
    let mut place: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for leg in told.into_values() {
        let names = [leg.uuid.clone().map(|uuid| (true, uuid)), leg.call_id.clone().map(|id| (false, id))];
        let mut known: Vec<usize> = names.iter().flatten().filter_map(|name| place.get(name).copied()).collect();
        known.sort_unstable();
        known.dedup();
        let home = known.first().copied().unwrap_or(groups.len());
        if home == groups.len() {
            groups.push(Vec::new());
        }
        // The leg ties what seemed to be two calls.
        for other in known.into_iter().skip(1) {
            let moved = std::mem::take(&mut groups[other]);
            groups[home].extend(moved);
            place.values_mut().filter(|at| **at == other).for_each(|at| *at = home);
        }
        for name in names.into_iter().flatten() {
            place.insert(name, home);
        }
        groups[home].push(leg);
    }
    groups.retain(|legs| !legs.is_empty());
    for legs in &mut groups {
        legs.sort_by(|one, other| one.id.cmp(&other.id));
    }
    groups.sort_by_cached_key(|legs| key(legs));
    groups
}

/// What a call is named by: the telephone system's number, which all forms of the history tell; else the history's id;
/// else the leg's. Of several the least.
pub fn key(legs: &[Leg]) -> String {
    let least = |name: fn(&Leg) -> Option<&String>| legs.iter().filter_map(name).min().cloned();
    least(|leg| leg.call_id.as_ref())
        .or_else(|| least(|leg| leg.uuid.as_ref()))
        .or_else(|| least(|leg| Some(&leg.id)))
        .unwrap_or_default()
}
