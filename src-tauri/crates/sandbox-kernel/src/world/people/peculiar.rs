//! The people who make matching hard, planted at fixed places of every world that is large enough.

use super::{People, Person, PersonKind};

/// The first person who may be changed; those before stay ordinary, for the meetings of today.
const FIRST: usize = 10;

const LONG_NAME: &str = "Wolkenstein-Hohenberg-Rautenstrauch-Lindenfels-Ammerschwihr-Krautergersheim-Zell";

/// Changes the people from [`FIRST`] on, as far as there are enough of them.
pub(super) fn plant(world: &mut People) {
    let plants: [fn(&mut People, usize); 12] = [
        switchboard,
        one_address_on_lead_and_contact,
        namesakes,
        hard_to_reach,
        one_mobile_in_two_spellings,
        converted_lead,
        markup_and_formula,
        bidi_and_emoji,
        longest_name,
        quotes,
        opted_out,
        one_address_on_two_contacts,
    ];
    for (number, plant) in plants.iter().enumerate() {
        let place = FIRST + number * 2;
        if place + 1 < world.people.len() {
            plant(world, place);
        }
    }
}

fn person(world: &mut People, place: usize) -> &mut Person {
    &mut world.people[place]
}

fn switchboard(world: &mut People, place: usize) {
    let company = world.people[place].company;
    let phone = world.companies[company].phone.clone();
    for one in [place, place + 1] {
        let person = person(world, one);
        person.company = company;
        person.kind = PersonKind::Contact;
        person.phone = Some(phone.clone());
    }
}

fn one_address_on_lead_and_contact(world: &mut People, place: usize) {
    let mut twin = world.people[place].clone();
    let company = &world.companies[twin.company].domain;
    twin.email = Some(format!("purchasing@{company}"));
    twin.kind = PersonKind::Lead;
    world.people[place] = twin.clone();
    twin.kind = PersonKind::Contact;
    world.people[place + 1] = twin;
}

fn namesakes(world: &mut People, place: usize) {
    for one in [place, place + 1] {
        let person = person(world, one);
        "Anna".clone_into(&mut person.first_name);
        "de Vries".clone_into(&mut person.last_name);
        person.kind = PersonKind::Contact;
    }
}

fn hard_to_reach(world: &mut People, place: usize) {
    let first = person(world, place);
    first.email = None;
    let second = person(world, place + 1);
    second.email = None;
    second.phone = None;
    second.mobile = None;
    second.first_name.clear();
}

fn one_mobile_in_two_spellings(world: &mut People, place: usize) {
    person(world, place).mobile = Some("+31 6 1234 5678".to_owned());
    person(world, place + 1).mobile = Some("06-12345678".to_owned());
}

fn converted_lead(world: &mut People, place: usize) {
    let mut contact = world.people[place].clone();
    let domain = &world.companies[contact.company].domain;
    contact.email = Some(format!("new.customer@{domain}"));
    contact.kind = PersonKind::Contact;
    let lead = Person { kind: PersonKind::Lead, converted_to: Some(place), ..contact.clone() };
    world.people[place] = contact;
    world.people[place + 1] = lead;
}

fn markup_and_formula(world: &mut People, place: usize) {
    "<img src=x onerror=alert(1)>".clone_into(&mut person(world, place).last_name);
    "=HYPERLINK(\"https://phish.example.net\";\"Open\")".clone_into(&mut person(world, place + 1).last_name);
}

fn bidi_and_emoji(world: &mut People, place: usize) {
    "\u{202e}gpj.rotceriD\u{202c} Levi".clone_into(&mut person(world, place).last_name);
    "Zoë 🦊".clone_into(&mut person(world, place + 1).first_name);
}

fn longest_name(world: &mut People, place: usize) {
    LONG_NAME.clone_into(&mut person(world, place).last_name);
    "山田".clone_into(&mut person(world, place + 1).last_name);
}

fn quotes(world: &mut People, place: usize) {
    "O'Brien \\ \"Bob\"".clone_into(&mut person(world, place).last_name);
    "{{7*7}} %s ${x}".clone_into(&mut person(world, place + 1).last_name);
}

fn opted_out(world: &mut People, place: usize) {
    person(world, place).email_opt_out = true;
    person(world, place + 1).do_not_call = true;
}

fn one_address_on_two_contacts(world: &mut People, place: usize) {
    let company = world.people[place].company;
    let address = format!("info@{}", world.companies[company].domain);
    for one in [place, place + 1] {
        let person = person(world, one);
        person.company = company;
        person.kind = PersonKind::Contact;
        person.email = Some(address.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SandboxConfig;

    fn world() -> People {
        People::generate(&SandboxConfig::default())
    }

    #[test]
    fn the_ties_are_there() {
        let world = world();
        let people = &world.people;
        assert_eq!(people[10].phone, people[11].phone);
        assert_eq!(people[12].email, people[13].email);
        assert_ne!(people[12].kind, people[13].kind);
        assert_eq!(people[14].last_name, people[15].last_name);
        assert_ne!(people[14].company, people[15].company);
        assert_eq!(people[21].converted_to, Some(20));
        assert_eq!(people[32].email, people[33].email);
    }

    #[test]
    fn the_longest_name_is_as_long_as_the_field() {
        assert_eq!(LONG_NAME.chars().count(), 80);
    }

    #[test]
    fn the_first_ten_are_ordinary() {
        for person in &world().people[..FIRST] {
            assert!(person.converted_to.is_none());
            assert!(!person.last_name.contains('<'));
        }
    }
}
