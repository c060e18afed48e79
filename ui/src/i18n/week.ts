// The weekday on which a week begins where the reader lives: 1 is Monday, 7 Sunday. WebKitGTK's `Intl.Locale` doesn't
// tell, so this is the table of Unicode's CLDR; week.test.ts holds it against the one that Node has.

import { catalogue } from "./messages.svelte";

const MONDAY = 1;
const OTHERS: readonly (readonly [weekday: number, regions: string])[] = [
  [5, "MV"],
  [6, "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"],
  [
    7,
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW",
  ],
];
const byRegion = new Map(OTHERS.flatMap(([weekday, regions]) => regions.split(" ").map((region) => [region, weekday] as const)));

/** Of a language tag such as en-US. */
export function weekBegins(tag: string): number {
  const region = /-(?<region>[A-Z]{2})(?:-|$)/iu.exec(tag)?.groups?.["region"]?.toUpperCase();
  return (region && byRegion.get(region)) || MONDAY;
}

/** Of the reader. */
export const firstWeekday = (): number => weekBegins(catalogue.region);

/** The seven, in the reader's order. */
export const weekdaysInOrder = (): number[] => Array.from({ length: 7 }, (_, index) => ((firstWeekday() - 1 + index) % 7) + 1);

/** How many days of its week lie before a weekday. */
export const daysIntoWeek = (weekday: number): number => (weekday - firstWeekday() + 7) % 7;
