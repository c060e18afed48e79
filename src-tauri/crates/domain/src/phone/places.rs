//! Where a line is, as its area code tells: in countries whose clocks differ, and only where all of the code's numbers
//! are in one zone.
//!
//! The facts are those of libphonenumber (<https://github.com/google/libphonenumber/tree/master/resources/timezones>)
//! in a form of our own, under today's names of the zones. Where that file puts a state beside the clock of its
//! neighbour (Queensland has no summer time), or is behind a country's law (Saratov since 2016, Magallanes since 2017,
//! Chihuahua since 2022), the zone is the one that the place has today. Not here are codes whose numbers are in two
//! zones, the codes laid over the same area (Idaho's 208 and 986), and numbers of mobile telephones where they have no
//! area code.

use std::collections::HashMap;
use std::iter;
use std::sync::LazyLock;

use super::LineKey;
use crate::zones::{self, Zone};

/// A zone, a country code, and what a number in that zone begins with after it.
const CODES: &[(&str, u64, &[u64])] = &[
    // The United States and Canada.
    ("Pacific/Honolulu", 1, &[808]),
    (
        "America/Los_Angeles",
        1,
        &[
            206, 209, 213, 253, 279, 310, 323, 341, 350, 360, 369, 408, 415, 424, 425, 442, 503, 509, 510, 530, 559,
            562, 564, 619, 626, 628, 650, 657, 661, 669, 702, 707, 714, 725, 738, 747, 760, 805, 818, 820, 831, 840,
            858, 909, 916, 925, 949, 951, 971,
        ],
    ),
    ("America/Phoenix", 1, &[480, 520, 602, 623]),
    ("America/Denver", 1, &[303, 307, 385, 406, 435, 505, 575, 719, 720, 748, 801, 915, 970, 983]),
    (
        "America/Chicago",
        1,
        &[
            205, 210, 214, 217, 218, 224, 225, 228, 235, 251, 254, 256, 262, 274, 281, 309, 312, 314, 316, 318, 319,
            320, 325, 327, 331, 334, 337, 346, 353, 361, 402, 405, 409, 414, 417, 430, 432, 447, 464, 469, 479, 501,
            504, 507, 512, 515, 531, 534, 539, 557, 563, 572, 573, 580, 601, 608, 612, 615, 618, 629, 630, 636, 641,
            651, 659, 660, 662, 682, 708, 712, 713, 715, 726, 730, 731, 737, 763, 769, 773, 779, 806, 815, 816, 817,
            830, 832, 847, 870, 872, 901, 903, 913, 918, 920, 931, 936, 938, 940, 945, 952, 956, 972, 975, 979, 985,
        ],
    ),
    (
        "America/New_York",
        1,
        &[
            201, 202, 203, 207, 212, 215, 216, 220, 223, 227, 229, 231, 234, 239, 240, 248, 252, 260, 267, 269, 272,
            276, 283, 301, 302, 304, 305, 313, 315, 317, 321, 324, 326, 329, 330, 332, 336, 339, 347, 351, 352, 363,
            380, 386, 401, 404, 407, 410, 412, 413, 419, 434, 440, 443, 445, 463, 470, 472, 475, 478, 484, 502, 508,
            513, 516, 517, 518, 540, 551, 561, 567, 570, 571, 582, 585, 586, 603, 607, 609, 610, 614, 616, 617, 631,
            640, 645, 646, 656, 667, 678, 680, 681, 686, 689, 703, 704, 706, 716, 717, 718, 724, 727, 728, 732, 734,
            740, 743, 754, 757, 762, 765, 770, 771, 772, 774, 781, 786, 802, 803, 804, 810, 813, 814, 821, 826, 828,
            835, 838, 839, 843, 845, 848, 854, 856, 857, 859, 860, 862, 863, 864, 865, 878, 904, 908, 910, 912, 914,
            917, 919, 929, 934, 937, 941, 943, 947, 948, 954, 959, 973, 978, 980, 984, 989,
        ],
    ),
    ("America/Vancouver", 1, &[604]),
    ("America/Edmonton", 1, &[368, 403, 587, 780, 825]),
    ("America/Regina", 1, &[306, 474, 639]),
    ("America/Winnipeg", 1, &[204, 431, 584]),
    (
        "America/Toronto",
        1,
        &[
            226, 249, 263, 289, 343, 354, 365, 382, 416, 437, 438, 450, 468, 514, 519, 548, 579, 613, 647, 683, 705,
            742, 753, 819, 873, 905, 942,
        ],
    ),
    ("America/Halifax", 1, &[428, 506, 782, 902]),
    // Mexico.
    ("America/Mexico_City", 52, &[33, 4, 55, 56, 7, 951, 961, 993]),
    ("America/Monterrey", 52, &[618, 81, 844, 871]),
    ("America/Chihuahua", 52, &[614]),
    ("America/Ciudad_Juarez", 52, &[656]),
    ("America/Hermosillo", 52, &[662]),
    ("America/Mazatlan", 52, &[612, 624, 667, 668, 669]),
    ("America/Tijuana", 52, &[646, 661, 664, 665, 686]),
    ("America/Merida", 52, &[981, 999]),
    ("America/Cancun", 52, &[984, 987, 998]),
    // Brazil.
    ("America/Sao_Paulo", 55, &[1, 2, 3, 4, 51, 53, 54, 55, 61, 62, 64]),
    ("America/Araguaina", 55, &[63]),
    ("America/Bahia", 55, &[71, 73, 74, 75, 77]),
    ("America/Maceio", 55, &[79, 82]),
    ("America/Fortaleza", 55, &[83, 84, 85, 86, 88, 89, 98, 99]),
    ("America/Recife", 55, &[87]),
    ("America/Belem", 55, &[96]),
    ("America/Cuiaba", 55, &[65]),
    ("America/Manaus", 55, &[92]),
    ("America/Boa_Vista", 55, &[95]),
    ("America/Rio_Branco", 55, &[68]),
    // Chile.
    ("America/Santiago", 56, &[2, 33, 34, 35, 41, 42, 43, 45, 5, 63, 64, 65, 7]),
    ("America/Punta_Arenas", 56, &[61]),
    // Australia.
    ("Australia/Sydney", 61, &[24, 260, 261, 262, 263, 264, 266, 267, 268, 269, 27, 28, 29]),
    ("Australia/Melbourne", 61, &[3]),
    ("Australia/Hobart", 61, &[36]),
    ("Australia/Brisbane", 61, &[73, 740, 747, 749, 754]),
    ("Australia/Adelaide", 61, &[871, 872, 873, 881, 882, 883, 884]),
    ("Australia/Darwin", 61, &[8892, 8893, 8894, 8898]),
    ("Australia/Perth", 61, &[861, 862, 863, 864, 865, 892, 893, 894, 895, 896, 897, 898, 899]),
    // New Zealand.
    ("Pacific/Auckland", 64, &[3, 4, 6, 7, 9]),
    ("Pacific/Chatham", 64, &[3305]),
    // Indonesia.
    ("Asia/Jakarta", 62, &[2, 31, 32, 33, 34, 35, 6, 7]),
    ("Asia/Pontianak", 62, &[536, 561]),
    ("Asia/Makassar", 62, &[36, 370, 371, 372, 373, 374, 376, 38, 41, 42, 43, 451, 511, 54]),
    ("Asia/Jayapura", 62, &[911, 921, 951, 967]),
    // China.
    (
        "Asia/Shanghai",
        86,
        &[10, 2, 3, 41, 42, 43, 45, 46, 47, 48, 5, 6, 7, 81, 82, 83, 85, 87, 88, 89, 91, 93, 94, 95, 97],
    ),
    // Russia.
    ("Europe/Kaliningrad", 7, &[401]),
    (
        "Europe/Moscow",
        7,
        &[
            47, 48, 49, 811, 812, 813, 814, 815, 816, 817, 818, 82, 83, 841, 843, 847, 855, 861, 862, 863, 865, 866,
            867, 87,
        ],
    ),
    ("Europe/Volgograd", 7, &[844]),
    ("Europe/Samara", 7, &[341, 846, 848]),
    ("Europe/Saratov", 7, &[845]),
    ("Europe/Ulyanovsk", 7, &[842]),
    ("Europe/Astrakhan", 7, &[851]),
    ("Asia/Yekaterinburg", 7, &[342, 343, 345, 346, 347, 349, 35]),
    ("Asia/Omsk", 7, &[381]),
    ("Asia/Novosibirsk", 7, &[383]),
    ("Asia/Tomsk", 7, &[382]),
    ("Asia/Barnaul", 7, &[385, 388]),
    ("Asia/Novokuznetsk", 7, &[384]),
    ("Asia/Krasnoyarsk", 7, &[390, 391, 394]),
    ("Asia/Irkutsk", 7, &[301, 395]),
    ("Asia/Chita", 7, &[302]),
    ("Asia/Yakutsk", 7, &[416]),
    ("Asia/Vladivostok", 7, &[421, 423, 426]),
    ("Asia/Sakhalin", 7, &[424]),
    ("Asia/Magadan", 7, &[413]),
    ("Asia/Kamchatka", 7, &[415]),
    ("Asia/Anadyr", 7, &[427]),
    // Spain.
    ("Europe/Madrid", 34, &[81, 83, 84, 85, 86, 87, 88, 91, 920, 921, 923, 924, 925, 926, 927, 93, 94, 95, 96, 97, 98]),
    ("Atlantic/Canary", 34, &[822, 828, 922, 928]),
    // Portugal.
    ("Europe/Lisbon", 351, &[2]),
    ("Atlantic/Madeira", 351, &[291]),
    ("Atlantic/Azores", 351, &[292, 295, 296]),
];

static ZONES: LazyLock<HashMap<u64, &'static str>> = LazyLock::new(|| prefixes().collect());

/// What a number begins with, the country code included, and its zone.
fn prefixes() -> impl Iterator<Item = (u64, &'static str)> {
    CODES.iter().flat_map(|(zone, country, codes)| {
        codes.iter().map(move |code| (country * 10_u64.pow(code.ilog10() + 1) + code, *zone))
    })
}

/// The zone of the longest prefix that is known.
pub(super) fn zone(key: LineKey) -> Option<Zone> {
    let mut shorter = iter::successors(Some(key.digits()), |digits| Some(digits / 10)).take_while(|digits| *digits > 0);
    shorter.find_map(|digits| ZONES.get(&digits).copied()).and_then(zones::parse)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::phone::{Regions, numbers};

    fn told(text: &str) -> Option<&'static str> {
        let numbers = numbers(text, Regions::default());
        assert_eq!(numbers.len(), 1, "{text}");
        numbers[0].zone().map(Zone::name)
    }

    #[test]
    fn an_area_code_tells_the_zone_that_it_is_in() {
        for (text, zone) in [
            ("+1 212 555 0147", "America/New_York"),
            ("+1 917 555 0147", "America/New_York"),
            ("+1 689 555 0147", "America/New_York"),
            ("+1 312 555 0147", "America/Chicago"),
            ("+1 303 555 0147", "America/Denver"),
            ("+1 602 555 0147", "America/Phoenix"),
            ("+1 415 555 0147", "America/Los_Angeles"),
            ("+1 808 555 0147", "Pacific/Honolulu"),
            ("+1 416 555 0147", "America/Toronto"),
            ("+1 437 555 0147", "America/Toronto"),
            ("+1 604 555 0147", "America/Vancouver"),
            ("+1 204 555 0147", "America/Winnipeg"),
            ("+1 306 555 0147", "America/Regina"),
            ("+61 2 9374 4000", "Australia/Sydney"),
            ("+61 3 9658 9658", "Australia/Melbourne"),
            ("+61 7 3403 8888", "Australia/Brisbane"),
            ("+61 8 8203 7203", "Australia/Adelaide"),
            ("+61 8 8930 0300", "Australia/Darwin"),
            ("+61 8 9461 3333", "Australia/Perth"),
            ("+55 11 3091 0147", "America/Sao_Paulo"),
            ("+55 11 91234 5678", "America/Sao_Paulo"),
            ("+52 55 5555 0147", "America/Mexico_City"),
            ("+52 998 123 4567", "America/Cancun"),
            ("+7 495 123 45 67", "Europe/Moscow"),
            ("+7 383 123 45 67", "Asia/Novosibirsk"),
            ("+62 21 555 0147", "Asia/Jakarta"),
            ("+86 10 5550 0147", "Asia/Shanghai"),
            ("+34 91 555 01 47", "Europe/Madrid"),
            ("+56 2 2555 0147", "America/Santiago"),
            ("+64 9 555 0147", "Pacific/Auckland"),
        ] {
            assert_eq!(told(text), Some(zone), "{text}");
        }
    }

    #[test]
    fn the_longest_prefix_tells() {
        for (text, zone) in [
            ("+351 21 555 0147", "Europe/Lisbon"),
            ("+351 291 555 014", "Atlantic/Madeira"),
            ("+351 296 555 014", "Atlantic/Azores"),
            ("+61 3 6238 2711", "Australia/Hobart"),
            ("+64 3 305 0147", "Pacific/Chatham"),
        ] {
            assert_eq!(told(text), Some(zone), "{text}");
        }
    }

    #[test]
    fn a_code_of_two_zones_of_none_and_of_a_country_with_one_clock_tell_nothing() {
        for text in [
            "+1 208 555 0147",
            "+1 778 555 0147",
            "+1 800 555 0147",
            "+1 246 234 5678",
            "+31 20 555 0147",
            "+34 612 34 56 78",
            "+351 912 345 678",
            "+55 81 3091 0147",
            "+61 412 345 678",
            "+61 8 9162 4147",
            "+7 912 123 45 67",
            "+86 991 555 0147",
            "+86 138 0013 8000",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn every_zone_has_rules_under_this_name_and_no_prefix_stands_twice() {
        let mut known = HashSet::new();
        for (prefix, zone) in prefixes() {
            assert_eq!(zones::parse(zone).map(Zone::name), Some(zone), "{prefix}");
            assert!(known.insert(prefix), "{prefix}");
        }
        assert!(known.len() > 400, "{}", known.len());
    }
}
