//! What the areas keep in memory while a profile is open: one value of each type, and only the area that
//! declares the type knows what is in it.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The states of all areas, by their type.
#[derive(Default)]
pub(super) struct States(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl States {
    /// The state of this type, made at the first asking.
    pub fn get<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        match Arc::clone(kept).downcast() {
            Ok(state) => state,
            Err(_) => unreachable!("each state is kept under its own type"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn a_state_is_made_once() {
        let states = States::default();
        states.get::<AtomicU32>().store(7, Ordering::Relaxed);
        states.get::<Mutex<String>>().lock().unwrap().push('x');
        assert_eq!(states.get::<AtomicU32>().load(Ordering::Relaxed), 7);
        assert_eq!(*states.get::<Mutex<String>>().lock().unwrap(), "x");
    }
}
