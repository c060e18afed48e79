//! Texts that are said outside the window, from the same Fluent files as the window's.

use chrono::NaiveTime;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use liaison_domain::written::Writing;
use liaison_engine::view::Language;
use liaison_engine::{AfterwardsLabels, CampaignWords, CopyLabels, InvitationWords, MailWords, Notice, Said};
use liaison_transport::DonePage;

use crate::start::StartProblem;

const ENGLISH: &str = include_str!("../../ui/locales/en/native.ftl");
const DUTCH: &str = include_str!("../../ui/locales/nl/native.ftl");

/// The page that the browser shows after a sign-in.
pub fn done_page(language: Language) -> DonePage {
    let tag = tag(language);
    let text = |key| message(tag, key);
    DonePage { language: tag.to_owned(), title: text("sign-in-done-title"), text: text("sign-in-done-text") }
}

/// Words that leave the window: beside what is pasted, and in records.
pub fn copy_labels(language: Language) -> CopyLabels {
    let text = |key| message(tag(language), key);
    CopyLabels {
        meeting_id: text("copy-meeting-id"),
        passcode: text("copy-passcode"),
        call_subject: text("task-subject"),
        mail: MailWords {
            subject: text("mail-subject"),
            registrant: text("mail-registrant"),
            panelist: text("mail-panelist"),
        },
        invitation: InvitationWords {
            subject: text("invitation-subject"),
            text: text("invitation-text"),
            now: text("meeting-now"),
        },
        afterwards: AfterwardsLabels {
            held: text("block-held"),
            came: text("block-came"),
            of: text("block-of"),
            minutes: text("block-minutes"),
            missed: text("block-missed"),
            guest: text("block-guest"),
            recording: text("block-recording"),
            deleted_on: text("block-deleted-on"),
            video: text("block-video"),
            audio: text("block-audio"),
            transcript: text("block-transcript"),
            captions: text("block-captions"),
            chat: text("block-chat"),
            file: text("block-file"),
            more: text("block-more"),
        },
        campaign: CampaignWords {
            topic: text("campaign-part-topic"),
            agenda: text("campaign-part-agenda"),
            planned: text("campaign-part-planned"),
            join: text("campaign-part-join"),
            registration: text("campaign-part-registration"),
            open: text("campaign-part-open"),
            approved: text("campaign-part-approved"),
            without: text("campaign-part-without"),
            settings: text("campaign-part-settings"),
            devices: text("campaign-part-devices"),
            closes: text("campaign-part-closes"),
            host_video: text("campaign-part-host-video"),
            panelists_video: text("campaign-part-panelists-video"),
            practice: text("campaign-part-practice"),
            passcode: text("campaign-part-passcode"),
            on_demand: text("campaign-part-on-demand"),
            registered: text("campaign-part-registered"),
            held: text("campaign-part-held"),
            came: text("campaign-part-came"),
            recording: text("campaign-part-recording"),
        },
        writing: writing(tag(language), locale().as_deref()),
    }
}

/// The last entry of the program's own menu on macOS.
pub fn quit(language: Language) -> String {
    message(tag(language), "menu-quit")
}

/// Why the program can't start, in the system's language: there is no profile yet that could say another.
pub fn start_problem(problem: StartProblem) -> (String, String) {
    let text = |key| message(tag(Language::System), key);
    (text("start-problem-title"), text(problem.key()))
}

/// The country that the system is set to, as an ISO code.
pub fn region() -> Option<String> {
    country_of(&sys_locale::get_locale()?)
}

/// Of `nl-NL`, `zh-Hant-TW` and `nl_NL.UTF-8` the part of two capital letters.
fn country_of(locale: &str) -> Option<String> {
    let parts = locale.split(|letter: char| !letter.is_ascii_alphanumeric()).skip(1);
    let is_country = |part: &&str| part.len() == 2 && part.bytes().all(|letter| letter.is_ascii_uppercase());
    parts.into_iter().find(is_country).map(ToOwned::to_owned)
}

#[cfg(not(test))]
fn locale() -> Option<String> {
    sys_locale::get_locale()
}

/// Tests say the same on every computer.
#[cfg(test)]
fn locale() -> Option<String> {
    None
}

/// The region counts where the system speaks the language, else the language's own form is taken: as the window does.
fn writing(tag: &str, locale: Option<&str>) -> Writing {
    let speaks = |locale: &&str| locale.to_lowercase().starts_with(tag);
    Writing::of(tag, locale.filter(speaks).and_then(country_of).as_deref())
}

/// `HH:MM` as the window writes it; what is no time stays.
fn spoken_time(tag: &str, locale: Option<&str>, time: &str) -> String {
    NaiveTime::parse_from_str(time, "%H:%M").map_or_else(|_| time.to_owned(), |time| writing(tag, locale).time(time))
}

/// The words of a notification.
pub struct NoticeWords {
    pub title: String,
    pub body: String,
    pub join: String,
    pub snooze: Option<String>,
}

/// What a notification says, in its language.
pub fn notice(notice: &Notice) -> NoticeWords {
    let say = |key: &str, given: &[(&'static str, Value<'_>)]| said(notice.language, key, given);
    let (title, body) = match &notice.said {
        Said::Meeting { title, people, minutes } => {
            let when = match minutes {
                1.. => say("notice-meeting-in", &[("minutes", Value::Number(*minutes))]),
                0 => say("notice-meeting-now", &[]),
                _ => say("notice-meeting-began", &[("minutes", Value::Number(-minutes))]),
            };
            let parts: Vec<&str> = std::iter::once(when.as_str()).chain(people.iter().map(String::as_str)).collect();
            (title.clone().unwrap_or_else(|| say("notice-meeting-hidden", &[])), parts.join(" · "))
        }
        Said::Meetings { count, at, titles } => {
            let given = [("count", Value::Number((*count).into())), ("at", Value::Time(at))];
            (say("notice-meetings", &given), titles.join(" · "))
        }
        Said::Missed { count, titles } => {
            let body = if titles.is_empty() { say("notice-missed-hidden", &[]) } else { titles.join(" · ") };
            (say("notice-missed", &[("count", Value::Number((*count).into()))]), body)
        }
        Said::Recordings { count, days, titles } => {
            let when = say("notice-recordings-when", &[("days", Value::Number(*days))]);
            let parts: Vec<&str> = std::iter::once(when.as_str()).chain(titles.iter().map(String::as_str)).collect();
            (say("notice-recordings", &[("count", Value::Number((*count).into()))]), parts.join(" · "))
        }
        Said::Trial => (say("notice-trial", &[]), say("notice-trial-text", &[])),
    };
    NoticeWords {
        title,
        body,
        join: say("notice-join", &[]),
        snooze: notice.snooze.map(|minutes| say("notice-snooze", &[("minutes", Value::Number(minutes.into()))])),
    }
}

/// What stands in a text.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    Number(i64),
    Text(&'a str),
    /// `HH:MM`, which is said as people in the system's region say it.
    Time(&'a str),
}

/// A text of the system's own places, in a language.
pub fn said(language: Language, key: &str, given: &[(&'static str, Value<'_>)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in given {
        match value {
            Value::Number(number) => args.set(*name, *number),
            Value::Text(text) => args.set(*name, *text),
            Value::Time(time) => args.set(*name, spoken_time(tag(language), locale().as_deref(), time)),
        }
    }
    formatted(tag(language), key, Some(&args))
}

fn tag(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Nl => "nl",
        Language::System => {
            let dutch = sys_locale::get_locale().is_some_and(|locale| locale.to_lowercase().starts_with("nl"));
            if dutch { "nl" } else { "en" }
        }
    }
}

/// The message, or its key when a file lacks it; a test keeps that from happening.
fn message(tag: &str, key: &str) -> String {
    formatted(tag, key, None)
}

fn formatted(tag: &str, key: &str, args: Option<&FluentArgs<'_>>) -> String {
    let source = if tag == "nl" { DUTCH } else { ENGLISH };
    let mut bundle = FluentBundle::new(tag.parse().into_iter().collect());
    let resource = match FluentResource::try_new(source.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    // Menus and notifications of some systems show the marks of isolation as boxes.
    bundle.set_use_isolating(false);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
    bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_tells_its_country() {
        let told: Vec<_> = ["nl-NL", "zh-Hant-TW", "nl_BE.UTF-8", "en", "es-419", ""].map(country_of).into();
        let told: Vec<_> = told.iter().map(|country| country.as_deref()).collect();
        assert_eq!(told, [Some("NL"), Some("TW"), Some("BE"), None, None, None]);
    }

    #[test]
    fn a_time_is_said_as_the_region_says_it() {
        let american = |time| spoken_time("en", Some("en-US"), time);
        assert_eq!(["00:05", "09:00", "12:00", "23:59"].map(american), ["12:05 AM", "9:00 AM", "12:00 PM", "11:59 PM"]);
        assert_eq!(spoken_time("en", Some("en-AU"), "13:30"), "1:30 pm");
        // A Dutch word beside an American system, an English one in the Netherlands, no region, and what is no time.
        for (tag, locale) in [("nl", Some("en-US")), ("en", Some("nl-NL")), ("en", Some("en-GB")), ("en", None)] {
            assert_eq!(spoken_time(tag, locale, "09:00"), "09:00");
        }
        assert_eq!(american("soon"), "soon");
    }

    #[test]
    fn notifications_speak_both_languages() {
        let meeting = |minutes| Said::Meeting { title: None, people: vec!["Anna".to_owned()], minutes };
        let say = |language, said| {
            let words = notice(&Notice { id: String::new(), language, said, can_join: true, snooze: Some(5) });
            (words.title, words.body)
        };
        assert_eq!(say(Language::En, meeting(1)).1, "Starts in 1 minute · Anna");
        assert_eq!(say(Language::En, meeting(10)), ("Meeting".to_owned(), "Starts in 10 minutes · Anna".to_owned()));
        assert_eq!(say(Language::Nl, meeting(0)).1, "Begint nu · Anna");
        assert_eq!(say(Language::Nl, meeting(-2)).1, "2 minuten geleden begonnen · Anna");
        let two = Said::Meetings { count: 2, at: "11:00".to_owned(), titles: Vec::new() };
        assert_eq!(say(Language::Nl, two), ("2 meetings om 11:00".to_owned(), String::new()));
        let missed = Said::Missed { count: 1, titles: Vec::new() };
        assert_eq!(say(Language::En, missed).0, "You missed a meeting");
        let going = |days| Said::Recordings { count: 1, days, titles: vec!["Demo".to_owned()] };
        assert_eq!(
            say(Language::En, going(3)),
            ("Zoom will delete a recording".to_owned(), "In 3 days · Demo".to_owned())
        );
        assert_eq!(say(Language::Nl, going(0)).1, "Vandaag · Demo");
        assert_eq!(say(Language::En, going(1)).1, "Tomorrow · Demo");
        for language in [Language::En, Language::Nl] {
            assert!(!say(language, Said::Trial).1.starts_with("notice-"));
        }
    }

    #[test]
    fn both_languages_have_every_text() {
        for language in [Language::En, Language::Nl, Language::System] {
            let page = done_page(language);
            let labels = copy_labels(language);
            assert!(!labels.meeting_id.starts_with("copy-") && !labels.passcode.starts_with("copy-"), "{labels:?}");
            assert!(labels.call_subject.contains("{name}"), "{labels:?}");
            assert!(labels.mail.subject.contains("{topic}"), "{labels:?}");
            for mail in [&labels.mail.registrant, &labels.mail.panelist] {
                for word in ["{name},\n\n", "{topic}", "\n{when}\n\n", "\n{link}\n"] {
                    assert!(mail.contains(word), "{word:?} in {mail:?}");
                }
            }
            assert!(labels.invitation.subject.contains("{topic}"), "{labels:?}");
            assert!(labels.invitation.now.contains("{name}"), "{labels:?}");
            for word in ["{topic}\n{when}\n\n", "\n{link}\n\n", "\n{id}\n"] {
                assert!(labels.invitation.text.contains(word), "{word:?} in {labels:?}");
            }
            let AfterwardsLabels { held, came, of, minutes, missed, guest, recording, deleted_on, more, .. } =
                labels.afterwards.clone();
            assert!(more.contains("{count}"), "{more}");
            let AfterwardsLabels { video, audio, transcript, captions, chat, file, .. } = labels.afterwards;
            let of_files = [video, audio, transcript, captions, chat, file];
            for word in [held, came, of, minutes, missed, guest, recording, deleted_on].into_iter().chain(of_files) {
                assert!(!word.starts_with("block-"), "{word}");
            }
            let campaign = labels.campaign;
            for word in ["{approved}", "{waiting}", "{denied}"] {
                assert!(campaign.registered.contains(word), "{}", campaign.registered);
            }
            for word in ["{came}", "{stayed}", "{absent}"] {
                assert!(campaign.came.contains(word), "{}", campaign.came);
            }
            let CampaignWords { topic, agenda, planned, join, registration, open, approved, without, .. } = campaign;
            for word in [topic, agenda, planned, join, registration, open, approved, without, campaign.settings] {
                assert!(!word.starts_with("campaign-part-"), "{word}");
            }
            let CampaignWords { devices, closes, host_video, panelists_video, practice, .. } = campaign;
            for word in [devices, closes, host_video, panelists_video, practice, campaign.passcode] {
                assert!(!word.starts_with("campaign-part-"), "{word}");
            }
            for word in [campaign.on_demand, campaign.held, campaign.recording] {
                assert!(!word.starts_with("campaign-part-"), "{word}");
            }
            assert!(quit(language).contains("Liaison"), "{}", quit(language));
            assert!(page.title.contains(' ') && page.text.contains(' '), "{}: {}", page.language, page.title);
        }
        for problem in StartProblem::ALL {
            for tag in ["en", "nl"] {
                assert!(message(tag, problem.key()).contains(' '), "{tag}: {problem:?}");
            }
        }
        assert_ne!(done_page(Language::En).text, done_page(Language::Nl).text);
    }
}
